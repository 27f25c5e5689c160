package dev.segue.standalone.evaluate;

import dev.segue.standalone.models.Home;
import dev.segue.standalone.terminal.ProgressLine;
import dev.segue.worker.figures.Evaluation;
import dev.segue.worker.figures.EvaluationPlan;
import dev.segue.worker.figures.Figures;
import dev.segue.worker.figures.Goal;
import dev.segue.worker.figures.Goals;
import dev.segue.worker.figures.Keeper;
import dev.segue.worker.figures.Part;
import dev.segue.worker.figures.Subject;
import dev.segue.worker.jukebox.ModelFolder;
import dev.segue.worker.manifest.Manifest;
import dev.segue.worker.manifest.Split;
import dev.segue.worker.torch.Torch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code segue evaluate}: measures a model on songs that it never learnt from and on songs that it makes. Longer than other
 * classes because of its options.
 */
@Command(
        name = "evaluate",
        description =
                "Measure a model on songs that it never learnt from, and on songs that it makes: a table, and JSON.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it was measured",
            "1:it failed, for the reason given",
            "2:the command line is wrong",
            "3:a goal is not met, and --require was given"
        })
public final class EvaluateCommand implements Callable<Integer> {
    private static final int NOT_MET = 3;
    private static final Set<Part> USUAL = EnumSet.complementOf(EnumSet.of(Part.ALIGNMENT_HEADS));

    @Parameters(paramLabel = "MODEL", description = "Folder of a model, or the name of one that segue models lists.")
    private String model;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Folder of songs with a manifest.jsonl.")
    private Path data;

    @Option(names = "--split", defaultValue = "test", description = "test or validation. Default: test.")
    private Split split;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = "reconstruction, likelihood, control, lyrics, collapse or alignment-heads, which tries every"
                    + " head on the validation split. Default: all but the last.")
    private List<String> only;

    @Option(
            names = "--songs-per-label",
            defaultValue = "40",
            description = "Songs to make of each genre and each artist. Default: 40.")
    private int songsPerLabel;

    @Option(names = "--seconds", defaultValue = "20", description = "Length of a song that is made. Default: 20.")
    private double seconds;

    @Option(names = "--seed", defaultValue = "1", description = "What everything is drawn with. Default: 1.")
    private long seed;

    @Option(
            names = "--train-songs",
            defaultValue = "96",
            description = "Songs of the train split, evenly spread, that codes are compared with. Default: 96.")
    private int trainSongs;

    @Option(
            names = "--windows",
            defaultValue = "16",
            description = "Windows of a song and level, evenly spread, that likelihood is measured of. Default: 16.")
    private int windows;

    @Option(
            names = "--head-songs",
            defaultValue = "8",
            description = "Songs that heads are tried on, for alignment-heads. Default: 8.")
    private int headSongs;

    @Option(
            names = "--slots",
            defaultValue = "16",
            description = "Songs that are made side by side. Default: 16; each takes memory.")
    private int slots;

    @Option(names = "--batch", defaultValue = "4", description = "Windows in one pass of likelihood. Default: 4.")
    private int batch;

    @Option(names = "--threads", defaultValue = "1", description = "Threads of one operation. Default: 1.")
    private int threads;

    @Option(names = "--device", defaultValue = "cpu", description = "cpu, gpu or gpu:NUMBER. Default: cpu.")
    private String device;

    @Option(names = "--json", paramLabel = "FILE", description = "Write everything to this file, too.")
    private Path json;

    @Option(names = "--keep", paramLabel = "DIR", description = "Keep the songs that are made here, as FLAC.")
    private Path keep;

    @Option(names = "--require", description = "End with 3 unless every goal of what is measured is met.")
    private boolean require;

    @Mixin
    private Home home;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        EvaluationPlan plan = plan();
        if (threads < 1) {
            throw wrong("threads is " + threads + " but must be at least 1");
        }
        Torch.setThreads(threads);
        ModelFolder folder = ModelArgument.open(model, home);
        Manifest manifest = Manifest.read(data);
        Subject subject = Subject.of(folder, Torch.device(device), seed);
        Stages stages = new Stages(ProgressLine.on(spec.commandLine().getErr()));
        Evaluation evaluation = new Evaluation(subject, manifest, plan, stages);
        if (only != null) {
            plan.parts().forEach(part -> requirePresent(evaluation, part));
        }
        Figures figures = evaluation.run(keep == null ? Keeper.NONE : new SongFolder(keep, folder.card()));
        stages.end();
        Outcome outcome = new Outcome(
                folder.card(), manifest, seed, plan, figures, Goals.of(figures, plan.parts()), stages.seconds());
        new OutcomeTable(spec.commandLine().getOut()).print(outcome);
        if (json != null) {
            Files.writeString(json, OutcomeJson.of(outcome), StandardCharsets.UTF_8);
        }
        return require && !outcome.goals().stream().allMatch(Goal::met) ? NOT_MET : 0;
    }

    private EvaluationPlan plan() {
        try {
            Set<Part> parts =
                    only == null ? USUAL : only.stream().map(this::part).collect(Collectors.toSet());
            return new EvaluationPlan(
                    parts, split, songsPerLabel, seconds, trainSongs, windows, headSongs, slots, batch);
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private Part part(String label) {
        return Arrays.stream(Part.values())
                .filter(part -> part.label().equals(label))
                .findFirst()
                .orElseThrow(() -> wrong("only has " + label + " but its parts are "
                        + Arrays.stream(Part.values()).map(Part::label).collect(Collectors.joining(", "))));
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), "--" + sentence);
    }

    /** Who asks for a part by name is not served by its absence. */
    private static void requirePresent(Evaluation evaluation, Part part) {
        String absent = evaluation.absent(part);
        if (absent != null) {
            throw new IllegalArgumentException("--only has " + part.label() + " but " + absent + "; leave it out");
        }
    }
}
