package dev.segue.worker.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.model.TimingShape;
import dev.segue.worker.jukebox.labels.TimeBins;
import dev.segue.worker.jukebox.labels.Timing;
import dev.segue.worker.weights.SafetensorsFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Timing bins at the released sizes and of the small priors. */
class TimingParityTest {

    static Stream<JsonNode> released() {
        return StreamSupport.stream(Fixtures.json("misc/time_bins.json").spliterator(), false);
    }

    static Stream<String> priorsWithTiming() {
        return Fixtures.foldersWith("priors", "io.safetensors")
                .filter(name -> ReferenceShapes.prior(name).timing() != null);
    }

    @ParameterizedTest
    @MethodSource("released")
    void binsAtReleasedSizesAreThoseOfTheOriginal(JsonNode given) {
        TimingShape shape = new TimingShape(
                given.get("t_bins").asInt(),
                given.get("min_duration").asDouble(),
                given.get("max_duration").asDouble());
        JsonNode y = given.get("y_first3");
        TimeBins bins = new Timing(
                        shape, given.get("sr").asInt(), given.get("n_ctx").asInt())
                .bins(y.get(0).asLong(), y.get(1).asLong(), y.get(2).asLong());
        assertThat(bins.totalLength()).isEqualTo(given.get("total_length_bin").asInt());
        assertThat(runs(bins.absolute())).isEqualTo(expectedRuns(given.get("absolute_pos_bins_rle")));
        assertThat(runs(bins.relative())).isEqualTo(expectedRuns(given.get("relative_pos_bins_rle")));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("priorsWithTiming")
    void binsOfASmallPriorAreThoseOfTheOriginal(String name) {
        PriorShape prior = ReferenceShapes.prior(name);
        SafetensorsFile io = Fixtures.tensors("priors/" + name + "/io.safetensors");
        int items = io.tensors().get("y").shape().get(0).intValue();
        for (int item = 0; item < items; item++) {
            long[] y = TensorData.row(io, "y", item);
            TimeBins bins = Timing.of(prior).bins(y[0], y[1], y[2]);
            assertThat(bins.totalLength()).isEqualTo((int) TensorData.row(io, "time_bins.total_length", item)[0]);
            assertThat(Arrays.stream(bins.absolute()).asLongStream().toArray())
                    .isEqualTo(TensorData.row(io, "time_bins.absolute_pos", item));
            assertThat(Arrays.stream(bins.relative()).asLongStream().toArray())
                    .isEqualTo(TensorData.row(io, "time_bins.relative_pos", item));
        }
    }

    private static List<List<Integer>> runs(int[] bins) {
        List<List<Integer>> runs = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= bins.length; i++) {
            if (i == bins.length || bins[i] != bins[from]) {
                runs.add(List.of(bins[from], i - from));
                from = i;
            }
        }
        return runs;
    }

    private static List<List<Integer>> expectedRuns(JsonNode node) {
        List<List<Integer>> runs = new ArrayList<>();
        node.forEach(run -> runs.add(StateDictParityTest.integers(run)));
        return runs;
    }
}
