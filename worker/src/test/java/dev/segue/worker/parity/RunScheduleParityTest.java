package dev.segue.worker.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.model.ModelFile;
import dev.segue.contracts.model.ModelShape;
import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.model.VqVaeShape;
import dev.segue.contracts.window.CodeRange;
import dev.segue.contracts.window.Level;
import dev.segue.contracts.window.Window;
import dev.segue.contracts.window.WindowSchedule;
import dev.segue.worker.jukebox.labels.Labeller;
import dev.segue.worker.jukebox.labels.Labels;
import dev.segue.worker.weights.SafetensorsFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What of the whole runs needs no model: which windows there are, and every label row and condition they get. */
class RunScheduleParityTest {

    static Stream<String> runs() {
        return Fixtures.folders("runs");
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("runs")
    void everyWindowOfARunLiesWhereTheOriginalPutIt(String name) {
        JsonNode run = Fixtures.json("runs/" + name + "/run.json");
        List<JsonNode> expected = list(run.get("windows"));
        for (int number = run.get("priors").size() - 1; number >= 0; number--) {
            int levelNumber = number;
            List<JsonNode> ofLevel = expected.stream()
                    .filter(w -> w.get("level").asInt() == levelNumber)
                    .toList();
            if (ofLevel.isEmpty()) {
                continue;
            }
            Level level = level(run, number);
            assertThat(level.windowHop())
                    .isEqualTo(run.get("hop_lengths").get(number).asInt());
            int total = level.codes(run.get("sample_length").asLong());
            assertThat(total)
                    .isEqualTo(run.get("total_length_per_level").get(number).asInt());
            List<Window> windows = WindowSchedule.windows(
                    level, total, ofLevel.get(0).get("tokens_before").asInt());
            assertThat(windows).hasSameSizeAs(ofLevel);
            for (int i = 0; i < windows.size(); i++) {
                assertWindow(
                        windows.get(i), ofLevel.get(i), run.get("n_samples").asInt());
            }
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("runs")
    void everyLabelRowOfARunIsTheOriginals(String name) {
        JsonNode run = Fixtures.json("runs/" + name + "/run.json");
        SafetensorsFile trace = Fixtures.tensors("runs/" + name + "/trace.safetensors");
        for (int number = 0; number < run.get("priors").size(); number++) {
            PriorShape prior = prior(run, number);
            if (prior.labels() == null) {
                continue;
            }
            Labeller labeller = Labeller.of(
                    prior,
                    vqVae(run).hop(number),
                    ReferenceLabels.set(prior.labels().version()));
            JsonNode expected = run.get("labels_y").get(number);
            for (int item = 0; item < expected.size(); item++) {
                Labels labels =
                        labeller.label(ReferenceLabels.song(run.get("metas").get(item)));
                assertThat(labels.y()).isEqualTo(ReferenceLabels.longs(expected.get(item)));
                for (JsonNode window : run.get("windows")) {
                    String y = String.format("w%03d.y", window.get("index").asInt());
                    if (window.get("level").asInt() == number && trace.tensors().containsKey(y)) {
                        assertThat(labeller.window(labels, window.get("start").asInt())
                                        .y())
                                .isEqualTo(TensorData.row(trace, y, item));
                    }
                }
            }
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("runs")
    void everyWindowIsGivenTheCodesThatTheOriginalGaveIt(String name) {
        JsonNode run = Fixtures.json("runs/" + name + "/run.json");
        SafetensorsFile trace = Fixtures.tensors("runs/" + name + "/trace.safetensors");
        for (int number = 0; number < run.get("priors").size(); number++) {
            Level level = level(run, number);
            List<JsonNode> expected = list(run.get("windows")).stream()
                    .filter(w -> w.get("level").asInt() == level.number())
                    .toList();
            if (expected.isEmpty()) {
                continue;
            }
            List<Window> windows = WindowSchedule.windows(
                    level,
                    level.codes(run.get("sample_length").asLong()),
                    expected.get(0).get("tokens_before").asInt());
            for (int i = 0; i < windows.size(); i++) {
                String prefix =
                        String.format("w%03d.", expected.get(i).get("index").asInt());
                Window window = windows.get(i);
                for (int item = 0; item < run.get("n_samples").asInt(); item++) {
                    assertCodes(trace, prefix + "prime", "final_z" + number, item, window.context());
                    assertCodes(trace, prefix + "z_cond", "final_z" + (number + 1), item, window.condition());
                    assertCodes(
                            trace,
                            prefix + "out",
                            "final_z" + number,
                            item,
                            new CodeRange(window.start(), window.added().end()));
                }
            }
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("runs")
    void theModelOfARunHasACardThatIsConsistent(String name) {
        JsonNode run = Fixtures.json("runs/" + name + "/run.json");
        ModelFile file = new ModelFile("file", "0123456789abcdef".repeat(4), 1);
        List<PriorShape> priors = new ArrayList<>();
        List<Double> hopFractions = new ArrayList<>();
        List<ModelFile> weights = new ArrayList<>();
        List<ModelCard.LabelFiles> labels = new ArrayList<>();
        for (int number = 0; number < run.get("priors").size(); number++) {
            priors.add(prior(run, number));
            hopFractions.add(run.get("hop_fraction").get(number).asDouble());
            weights.add(file);
            labels.add(prior(run, number).labels() == null ? null : new ModelCard.LabelFiles(file, file));
        }
        ModelCard card = ModelCard.of(
                "run",
                "The model of a run.",
                "none",
                new ModelShape(vqVae(run), priors),
                hopFractions,
                file,
                weights,
                labels);
        assertThat(ModelCard.parse(card.toJson())).isEqualTo(card);
        assertThat(card.schedule())
                .isEqualTo(IntStream.range(0, priors.size())
                        .mapToObj(number -> level(run, number))
                        .toList());
    }

    private static void assertCodes(SafetensorsFile trace, String given, String all, int item, CodeRange range) {
        if (trace.tensors().containsKey(given) && trace.tensors().containsKey(all)) {
            assertThat(TensorData.row(trace, given, item))
                    .isEqualTo(Arrays.copyOfRange(TensorData.row(trace, all, item), range.start(), range.end()));
        }
    }

    private static void assertWindow(Window window, JsonNode expected, int samples) {
        assertThat(window.start()).isEqualTo(expected.get("start").asInt());
        assertThat(window.span().end()).isEqualTo(expected.get("end").asInt());
        assertThat(window.context().length())
                .isEqualTo(expected.get("prime_tokens").asInt());
        int before = expected.get("tokens_before").asInt();
        assertThat(before + window.added().length())
                .isEqualTo(expected.get("tokens_after").asInt());
        assertThat(window.isDone()).isEqualTo(expected.get("skipped").asBoolean());
        if (!window.isDone()) {
            assertThat(window.context().length() + window.added().length())
                    .isEqualTo(expected.get("sample_tokens").asInt());
            JsonNode options = expected.get("sampling_kwargs");
            assertThat(WindowSchedule.batches(
                            samples, options.get("max_batch_size").asInt()))
                    .isEqualTo(StateDictParityTest.integers(expected.get("batches")));
        }
        if (expected.hasNonNull("z_cond_slice")) {
            JsonNode slice = expected.get("z_cond_slice");
            assertThat(window.condition())
                    .isEqualTo(new CodeRange(slice.get(0).asInt(), slice.get(1).asInt()));
        }
    }

    static Level level(JsonNode run, int number) {
        VqVaeShape vqVae = vqVae(run);
        return Level.of(
                number,
                vqVae.hop(number),
                prior(run, number).context(),
                run.get("hop_fraction").get(number).asDouble(),
                Optional.ofNullable(prior(run, number).conditioner())
                        .map(conditioner -> vqVae.blockFactor(number + 1))
                        .orElse(0));
    }

    static PriorShape prior(JsonNode run, int number) {
        String name = run.get("priors").get(number).asText();
        return ReferenceShapes.prior(Fixtures.json("priors/" + name + "/config.json"), vqVae(run));
    }

    static VqVaeShape vqVae(JsonNode run) {
        return ReferenceShapes.vqVae(run.get("vqvae").asText());
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> list = new ArrayList<>();
        StreamSupport.stream(array.spliterator(), false).forEach(list::add);
        return list;
    }
}
