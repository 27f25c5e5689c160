package dev.segue.worker.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.segue.contracts.window.CodeRange;
import dev.segue.contracts.window.Level;
import dev.segue.worker.jukebox.Conditions;
import dev.segue.worker.jukebox.Precision;
import dev.segue.worker.jukebox.Prior;
import dev.segue.worker.jukebox.StateDict;
import dev.segue.worker.jukebox.labels.SongDescription;
import dev.segue.worker.manifest.Annotations;
import dev.segue.worker.manifest.SongEntry;
import dev.segue.worker.manifest.Split;
import dev.segue.worker.sampling.SongCodes;
import dev.segue.worker.sampling.TinyPriors;
import dev.segue.worker.weights.RandomWeights;
import dev.segue.worker.weights.SafetensorsFile;
import dev.segue.worker.weights.TensorSpec;
import dev.segue.worker.weights.TensorType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bits of whole songs, by a prior without labels. */
class LikelihoodTest {
    private static final int CONTEXT = TinyPriors.CONTEXT;
    private static final Level LEVEL = new Level(0, 8, CONTEXT, CONTEXT / 2, 0);
    private static final SongDescription ANYTHING = new SongDescription("", "", "", 1, 0);

    @TempDir
    private Path folder;

    private static EncodedSong song(int codes) {
        int[] drawn = new Random(7).ints(codes, 0, TinyPriors.CODES).toArray();
        SongEntry entry = new SongEntry("a.flac", "", "a", "b", "", Split.TEST, Annotations.NONE);
        return new EncodedSong(entry, SongCodes.of(List.of(drawn)), codes * 8L);
    }

    private static Prior prior(SafetensorsFile weights) {
        return Prior.forSampling(TinyPriors.SHAPE, weights, Device.cpu(), Precision.FLOAT32);
    }

    @Test
    void aPriorThatTellsNoCodesApartTakesTheLogarithmOfTheirNumber() throws IOException {
        Path file = folder.resolve("even.safetensors");
        List<TensorSpec> tensors = StateDict.of(TinyPriors.SHAPE).entrySet().stream()
                .map(entry -> new TensorSpec(
                        entry.getKey(), TensorType.F32, entry.getValue().shape()))
                .toList();
        new RandomWeights(1, name -> new RandomWeights.Scale(0, name.endsWith("x_out.weight") ? 0 : 0.1f))
                .write(file, tensors);
        try (Prior even = prior(SafetensorsFile.open(file))) {
            Likelihood likelihood = new Likelihood(even, LEVEL, null, 100, 2);
            for (int codes : new int[] {CONTEXT, 2 * CONTEXT + 31, 17}) {
                Likelihood.Bits bits =
                        likelihood.of(song(codes), List.of(ANYTHING)).get(0);
                assertThat(bits.codes()).isEqualTo(codes);
                assertThat(bits.bits() / codes).isCloseTo(Math.log(24) / Math.log(2), within(1e-5));
            }
        }
    }

    @Test
    void theLastWindowEndsWithTheSongAndCountsWhatIsNewAlone() throws IOException {
        EncodedSong song = song(2 * CONTEXT + 31);
        int[] codes = song.codes().level(0);
        try (Prior prior = prior(TinyPriors.weights(folder))) {
            double expected = 0;
            for (int start : new int[] {0, CONTEXT, CONTEXT + 31}) {
                float[] bits = codeBits(prior, Arrays.copyOfRange(codes, start, start + CONTEXT));
                for (int i = start == CONTEXT + 31 ? CONTEXT - 31 : 0; i < CONTEXT; i++) {
                    expected += bits[i];
                }
            }

            List<Likelihood.Bits> bits =
                    new Likelihood(prior, LEVEL, null, 100, 2).of(song, List.of(ANYTHING, ANYTHING));

            assertThat(bits.get(0).bits()).isCloseTo(expected, within(1e-3));
            assertThat(bits.get(1).bits()).isCloseTo(bits.get(0).bits(), within(1e-3));
        }
    }

    @Test
    void bitsOfCodesHaveTheMeanThatTrainingMakesSmall() throws IOException {
        try (Prior prior = prior(TinyPriors.weights(folder));
                NDManager scratch = prior.newManager()) {
            int[] codes = song(CONTEXT).codes().level(0);
            NDArray symbols = symbols(scratch, codes);
            double music = prior.losses(
                            symbols, new Conditions(prior).of(scratch, null, null), scratch.zeros(new Shape(1, 0)))
                    .music();
            float[] each = codeBits(prior, codes);
            double mean = 0;
            for (float bits : each) {
                mean += bits / each.length;
            }
            assertThat(mean).isCloseTo(music, within(1e-4));
        }
    }

    @Test
    void windowsThatAreLeftOutAreSpreadEvenly() {
        List<CodeRange> all = Likelihood.counted(10 * CONTEXT, CONTEXT);
        assertThat(all).hasSize(10).endsWith(new CodeRange(9 * CONTEXT, 10 * CONTEXT));
        assertThat(Some.of(all, 3)).containsExactly(all.get(0), all.get(3), all.get(6));
        assertThat(Some.of(all, 50)).isEqualTo(all);
    }

    @Test
    void aSongThatIsShorterThanAWindowSuitsATopLevelAlone() throws IOException {
        Level upsampled = new Level(0, 8, CONTEXT, CONTEXT / 2, 4);
        try (Prior prior = prior(TinyPriors.weights(folder))) {
            assertThat(new Likelihood(prior, LEVEL, null, 1, 1).takes(song(17))).isTrue();
            assertThat(new Likelihood(prior, upsampled, null, 1, 1).takes(song(CONTEXT - 1)))
                    .isFalse();
        }
    }

    private static NDArray symbols(NDManager owner, int[] codes) {
        return owner.create(Arrays.stream(codes).asLongStream().toArray(), new Shape(1, codes.length));
    }

    private static float[] codeBits(Prior prior, int[] codes) {
        try (NDManager scratch = prior.newManager()) {
            return prior.codeBits(scratch, symbols(scratch, codes), new Conditions(prior).of(scratch, null, null))
                    .toFloatArray();
        }
    }
}
