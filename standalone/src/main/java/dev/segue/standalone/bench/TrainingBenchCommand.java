package dev.segue.standalone.bench;

import ai.djl.Device;
import dev.segue.worker.trainer.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code segue bench training}: seconds per training step of a recipe's parts on random data, beside another trainer that
 * does the same steps, and whether memory grows.
 *
 * <p>Ours and the peer take turns, so that a machine whose speed drifts treats them alike; medians are reported. A peer
 * that computes something else is refused. {@code ratio} is the peer's seconds over ours.
 */
@Command(
        name = "training",
        description = "Seconds per training step, beside another trainer, and whether memory grows over many.")
final class TrainingBenchCommand implements Callable<Integer> {
    private static final int COMPARED = 3;

    @Option(
            names = "--parts",
            split = ",",
            description = "Which of vqvae, prior_level_0, … Default: vqvae, the top-level prior, prior_level_0.")
    List<String> parts;

    @Option(
            names = "--recipe",
            defaultValue = Recipe.DEMO,
            description =
                    "File with the shapes, see segue train recipe. Default: that of the model that comes with Segue.")
    String recipe;

    @Option(names = "--steps", defaultValue = "20", description = "Steps in a turn, of either. Default: 20.")
    int steps;

    @Option(names = "--runs", defaultValue = "3", description = "Turns that ours and the peer take. Default: 3.")
    int runs;

    @Option(names = "--peer", split = " ", description = "Command of another trainer; see the class TrainingPeer.")
    List<String> peer;

    @Mixin
    BenchOptions options;

    @Override
    public Integer call() throws IOException {
        atLeastOne("--steps", steps);
        atLeastOne("--runs", runs);
        Recipe from = Recipe.named(recipe);
        Report report = options.report();
        Path folder = options.folder();
        for (String part : parts == null ? BenchTraining.usual(from) : parts) {
            Device device = options.device();
            try (BenchTraining training = BenchTraining.of(from, part, device, COMPARED);
                    TimedSteps ours = new TimedSteps(training, device)) {
                report.line("training", measure(part, training, ours, folder));
            }
        }
        return 0;
    }

    private static void atLeastOne(String option, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(option + " is " + value + " but must be at least 1");
        }
    }

    private Map<String, Object> measure(String part, BenchTraining training, TimedSteps ours, Path folder)
            throws IOException {
        TrainingPeer other = peer == null
                ? null
                : TrainingPeer.of(
                        new Peer(peer),
                        training,
                        ours.settings(),
                        folder.resolve("training-" + part + ".json"),
                        Map.of("compared", COMPARED, "steps", steps, "device", options.device),
                        options.threads);
        TrainingTrace trace = ours.trace(COMPARED);
        List<Double> theirs = new ArrayList<>();
        Map<String, Object> remarks = new LinkedHashMap<>();
        double difference = 0;
        for (int run = 0; run < runs; run++) {
            if (other != null) {
                TrainingPeer.Turn turn = other.run();
                difference = Math.max(difference, trace.requireSame(turn.trace()));
                theirs.addAll(turn.seconds());
                turn.remarks().forEach((name, value) -> remarks.put("peer_" + name, value));
            }
            ours.take(steps);
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("part", part);
        figures.put("batch", training.schedule().batch());
        figures.put("device", options.device);
        figures.put("steps", ours.steps());
        figures.put("seconds_per_step", Report.rounded(Statistics.median(ours.seconds())));
        figures.put("seconds_per_step_least", Report.rounded(Statistics.least(ours.seconds())));
        figures.put("loss", Report.rounded(trace.losses().get(0)));
        if (ours.settled().isPresent()) {
            ours.settled().get().report("_after_" + TimedSteps.SETTLED + "_steps", figures);
        }
        ResidentMemory.now().report("", figures);
        if (other != null) {
            double median = Statistics.median(theirs);
            figures.put("peer_seconds_per_step", Report.rounded(median));
            figures.put("peer_seconds_per_step_least", Report.rounded(Statistics.least(theirs)));
            figures.put("peer_loss_difference", Report.rounded(difference));
            figures.putAll(remarks);
            figures.put("ratio", Report.rounded(median / Statistics.median(ours.seconds())));
        }
        return figures;
    }
}
