package dev.segue.worker.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.window.Level;
import dev.segue.contracts.window.PartialWindow;
import dev.segue.worker.jukebox.Precision;
import dev.segue.worker.jukebox.Prior;
import dev.segue.worker.jukebox.VqVae;
import dev.segue.worker.jukebox.alignment.Alignment;
import dev.segue.worker.jukebox.labels.Labeller;
import dev.segue.worker.sampling.LevelSampler;
import dev.segue.worker.sampling.LyricAligner;
import dev.segue.worker.sampling.Sampling;
import dev.segue.worker.sampling.SlotEngine;
import dev.segue.worker.sampling.SongCodes;
import dev.segue.worker.sampling.SongSampler;
import dev.segue.worker.weights.SafetensorsFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole songs in all four modes against the original's, code by code. */
class RunParityTest {
    private static final int SLOTS = 2;

    static Stream<String> runs() {
        return Fixtures.folders("runs");
    }

    @ParameterizedTest
    @MethodSource("runs")
    void aWholeSongHasTheOriginalsCodesAndAlignment(String name) {
        JsonNode run = Fixtures.json("runs/" + name + "/run.json");
        SafetensorsFile trace = Fixtures.tensors("runs/" + name + "/trace.safetensors");
        List<LevelSampler> levels = new ArrayList<>();
        for (int number = 0; number < run.get("priors").size(); number++) {
            levels.add(sampler(run, number));
        }
        List<SongSampler.Song> songs = new ArrayList<>();
        for (int item = 0; item < run.get("n_samples").asInt(); item++) {
            songs.add(new SongSampler.Song(
                    ReferenceLabels.song(run.get("metas").get(item)), item, existing(run, trace, item)));
        }
        List<SongCodes> sampled = new SongSampler(levels, PartialWindow.APPEND_TOTAL)
                .sample(songs, run.get("sample_length").asLong(), numbers(run), (song, written) -> true);
        for (int item = 0; item < songs.size(); item++) {
            for (int number = 0; number < levels.size(); number++) {
                assertThat(longs(sampled.get(item).level(number)))
                        .as("level %d of item %d", number, item)
                        .isEqualTo(TensorData.row(trace, "final_z" + number, item));
            }
            checkAlignment(levels.get(levels.size() - 1), trace, sampled.get(item), songs.get(item), item);
        }
        levels.forEach(level -> level.engine().close());
    }

    private static void checkAlignment(
            LevelSampler top, SafetensorsFile trace, SongCodes codes, SongSampler.Song song, int item) {
        if (!trace.tensors().containsKey("alignment.item" + item)) {
            return;
        }
        float[][] expected = TensorData.matrix(trace, "alignment.item" + item);
        Alignment actual = new LyricAligner(top.engine().prior(), top.level(), top.labeller())
                .align(codes.level(top.level().number()), top.labeller().label(song.description()));
        assertThat(actual.codes()).isEqualTo(expected.length);
        for (int code = 0; code < expected.length; code++) {
            for (int character = 0; character < expected[code].length; character++) {
                Tolerance.assertClose(
                        "alignment of item " + item,
                        actual.weight(code, character),
                        expected[code][character],
                        Tolerance.TENSOR);
            }
        }
    }

    private static LevelSampler sampler(JsonNode run, int number) {
        PriorShape shape = RunScheduleParityTest.prior(run, number);
        Level level = RunScheduleParityTest.level(run, number);
        SafetensorsFile weights =
                Fixtures.tensors("priors/" + run.get("priors").get(number).asText() + "/weights.safetensors");
        Prior prior = Prior.forSampling(shape, weights, Fixtures.device(), Precision.FLOAT32);
        double temperature = run.at("/windows/0/sampling_kwargs/temp").asDouble();
        return new LevelSampler(
                level,
                new SlotEngine(prior, SLOTS),
                shape.labels() == null
                        ? null
                        : Labeller.of(
                                shape,
                                level.hop(),
                                ReferenceLabels.set(shape.labels().version())),
                new Sampling(temperature, 1, 0));
    }

    /** The levels that the run sampled, in its order. */
    private static List<Integer> numbers(JsonNode run) {
        List<Integer> numbers = new ArrayList<>();
        for (JsonNode window : run.get("windows")) {
            int level = window.get("level").asInt();
            if (!numbers.contains(level)) {
                numbers.add(level);
            }
        }
        return numbers;
    }

    /** What exists of the song before: codes of an earlier one, or those of a prompt. */
    private static SongCodes existing(JsonNode run, SafetensorsFile trace, int item) {
        int levels = run.get("priors").size();
        if (trace.tensors().containsKey("prompt_x")) {
            int length = trace.tensors().get("prompt_x").shape().get(1).intValue();
            float[] all = TensorData.floats(trace, "prompt_x");
            String vqVae = run.get("vqvae").asText();
            try (VqVae model = VqVae.load(
                    Fixtures.device(),
                    RunScheduleParityTest.vqVae(run),
                    Fixtures.tensors(vqVae + "/weights.safetensors"))) {
                return SongCodes.ofPrompt(model, Arrays.copyOfRange(all, item * length, (item + 1) * length));
            }
        }
        if (trace.tensors().containsKey("given_z0")) {
            List<int[]> given = new ArrayList<>();
            for (int level = 0; level < levels; level++) {
                given.add(Arrays.stream(TensorData.row(trace, "given_z" + level, item))
                        .mapToInt(Math::toIntExact)
                        .toArray());
            }
            return SongCodes.of(given);
        }
        return SongCodes.none(levels);
    }

    private static long[] longs(int[] codes) {
        return Arrays.stream(codes).asLongStream().toArray();
    }
}
