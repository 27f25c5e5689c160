package dev.segue.worker.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.worker.jukebox.ScriptFunctions;
import dev.segue.worker.weights.SafetensorsFile;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small operations of the sampler's script against the original's. */
class OperationParityTest {
    private static final String OPERATIONS = "misc/ops.safetensors";
    private static final String TOP_P = "misc/ops_top_p.safetensors";
    private static final float NO_TOP_P = 2;

    /** Nearer to a border than this, float32 sums do not tell two symbols apart. */
    private static final double BORDER = 2e-6;

    /** Names of results, with what was applied. */
    static Stream<String> topK() {
        return names(OPERATIONS).filter(name -> name.matches("filter\\.(ties\\.)?top_k\\d+"));
    }

    static Stream<String> topP() {
        return names(TOP_P);
    }

    static Stream<String> temperatures() {
        return names(OPERATIONS).filter(name -> name.startsWith("filter.temp"));
    }

    private static Stream<String> names(String file) {
        return Fixtures.has(file) ? Fixtures.tensors(file).tensors().keySet().stream() : Stream.of();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theActivationIsTheOriginals(boolean sampling) {
        SafetensorsFile file = Fixtures.tensors(OPERATIONS);
        assertClose(
                ScriptFunctions.activation(TensorData.floats(file, "act.x"), sampling),
                TensorData.floats(file, "act.quick_gelu"));
    }

    @ParameterizedTest
    @ValueSource(strings = "ln")
    void theLayerNormIsTheOriginals(String name) {
        SafetensorsFile file = Fixtures.tensors(OPERATIONS);
        float[] y = ScriptFunctions.norm(
                TensorData.floats(file, name + ".x"),
                TensorData.floats(file, name + ".weight"),
                TensorData.floats(file, name + ".bias"));
        assertClose(y, TensorData.floats(file, name + ".y"));
    }

    @ParameterizedTest
    @MethodSource("topK")
    void topKKeepsWhatTheOriginalKeeps(String name) {
        SafetensorsFile file = Fixtures.tensors(OPERATIONS);
        String logits = name.contains("ties") ? "filter.logits_ties" : "filter.logits";
        long k = Long.parseLong(name.substring(name.indexOf("top_k") + "top_k".length()));
        try (ScriptFunctions functions = new ScriptFunctions()) {
            assertThat(functions.restrict(rows(file, logits), k, NO_TOP_P)).isDeepEqualTo(rows(file, name));
        }
    }

    @ParameterizedTest
    @MethodSource("topP")
    void topPKeepsWhatItsDefinitionKeeps(String name) {
        float[][] logits = rows(Fixtures.tensors(OPERATIONS), "filter.logits");
        float p = Float.parseFloat(name.substring("top_p".length()));
        try (ScriptFunctions functions = new ScriptFunctions()) {
            assertThat(functions.restrict(logits, logits[0].length, p))
                    .isDeepEqualTo(rows(Fixtures.tensors(TOP_P), name));
        }
    }

    /** Each symbol takes the share of [0, 1) that the original's probabilities give it. */
    @ParameterizedTest
    @MethodSource("temperatures")
    void aDrawFollowsTheOriginalsProbabilities(String name) {
        SafetensorsFile file = Fixtures.tensors(OPERATIONS);
        float temperature = Float.parseFloat(name.replaceAll("filter\\.temp(.+)\\.probs", "$1"));
        float[][] logits = rows(file, "filter.logits");
        for (float[] row : logits) {
            for (int i = 0; i < row.length; i++) {
                row[i] /= temperature;
            }
        }
        float[][] probabilities = rows(file, name);
        double[] before = new double[logits.length];
        try (ScriptFunctions functions = new ScriptFunctions()) {
            for (int symbol = 0; symbol < logits[0].length; symbol++) {
                boolean[] told = new boolean[logits.length];
                float[] low = new float[logits.length];
                float[] high = new float[logits.length];
                for (int row = 0; row < logits.length; row++) {
                    low[row] = (float) (before[row] + BORDER);
                    before[row] += probabilities[row][symbol];
                    high[row] = (float) (before[row] - BORDER);
                    told[row] = high[row] > low[row];
                }
                long[] lowest = functions.draw(logits, low);
                long[] highest = functions.draw(logits, high);
                for (int row = 0; row < logits.length; row++) {
                    if (told[row]) {
                        assertThat(lowest[row]).isEqualTo(symbol);
                        assertThat(highest[row]).isEqualTo(symbol);
                    }
                }
            }
        }
    }

    private static float[][] rows(SafetensorsFile file, String name) {
        float[] flat = TensorData.floats(file, name);
        int columns = file.tensors().get(name).shape().get(2).intValue();
        float[][] rows = new float[flat.length / columns][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(flat, row * columns, (row + 1) * columns);
        }
        return rows;
    }

    private static void assertClose(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            Tolerance.assertClose("element " + i, actual[i], expected[i], Tolerance.TENSOR);
        }
    }
}
