package dev.segue.worker.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.contracts.window.Level;
import dev.segue.contracts.window.PartialWindow;
import dev.segue.contracts.window.Window;
import dev.segue.contracts.window.WindowSchedule;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Window starts, partial windows, prime chunks and batches of the original. */
class ScheduleParityTest {
    private static final String FILE = "schedule/window_starts.json";

    private static Stream<JsonNode> section(String name) {
        return StreamSupport.stream(Fixtures.json(FILE).get(name).spliterator(), false);
    }

    static Stream<JsonNode> starts() {
        return section("get_starts");
    }

    static Stream<JsonNode> releasedModels() {
        return section("released_models");
    }

    static Stream<JsonNode> partialWindows() {
        return section("partial_windows");
    }

    static Stream<JsonNode> primeChunks() {
        return section("prime_chunk_sizes");
    }

    static Stream<JsonNode> batches() {
        return section("batch_splits");
    }

    @ParameterizedTest
    @MethodSource("starts")
    void windowsStartWhereTheOriginalStartsThem(JsonNode given) {
        int total = given.get("total_length").asInt();
        int context = given.get("n_ctx").asInt();
        int hop = given.get("hop_length").asInt();
        if (given.has("hop_fraction")) {
            assertThat((int) (given.get("hop_fraction").asDouble() * context)).isEqualTo(hop);
        }
        if (given.get("starts").isNull()) {
            assertThatThrownBy(() -> WindowSchedule.starts(total, context, hop))
                    .isInstanceOf(IllegalArgumentException.class);
        } else {
            assertThat(WindowSchedule.starts(total, context, hop))
                    .isEqualTo(StateDictParityTest.integers(given.get("starts")));
        }
    }

    @ParameterizedTest
    @MethodSource("releasedModels")
    void aReleasedModelIsCutAsTheOriginalCutsIt(JsonNode given) {
        JsonNode levels = given.get("levels");
        long samples = given.get("sample_length").asLong();
        int topHop = (int) (samples / levels.get("2").get("total_length").asInt());
        assertThat(WindowSchedule.sampleLength(given.get("seconds").asDouble(), 44_100, topHop))
                .isEqualTo(samples);
        for (Map.Entry<String, JsonNode> entry : levels.properties()) {
            JsonNode expected = entry.getValue();
            int total = expected.get("total_length").asInt();
            int number = Integer.parseInt(entry.getKey());
            Level level = new Level(
                    number,
                    (int) (samples / total),
                    expected.get("n_ctx").asInt(),
                    expected.get("hop_length").asInt(),
                    number == levels.size() - 1 ? 0 : 4);
            List<Window> windows = WindowSchedule.windows(level, total, 0);
            if (expected.get("starts").isTextual()) {
                assertThat(windows).hasSize(1);
                assertThat(windows.get(0).added().length()).isEqualTo(total);
            } else {
                assertThat(windows)
                        .extracting(Window::start)
                        .isEqualTo(StateDictParityTest.integers(expected.get("starts")));
                assertThat(windows.stream().mapToInt(w -> w.added().length()).sum())
                        .isEqualTo(total);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("partialWindows")
    void aPartialWindowAppendsAsTheOriginalDoes(JsonNode given) {
        Level level = new Level(2, 128, given.get("n_ctx").asInt(), 1, 0);
        int existing = given.get("current_tokens").asInt();
        Window window = WindowSchedule.partial(
                level, given.get("tokens_to_sample").asInt(), existing, PartialWindow.APPEND_TOTAL);
        assertThat(window.start()).isEqualTo(given.get("start").asInt());
        assertThat(window.added().end() - window.start())
                .isEqualTo(given.get("sample_tokens").asInt());
    }

    @ParameterizedTest
    @MethodSource("primeChunks")
    void knownPositionsAreFedInTheChunksOfTheOriginal(JsonNode given) {
        assertThat(WindowSchedule.primeChunks(
                        given.get("length").asInt(), given.get("chunk_size").asInt()))
                .isEqualTo(StateDictParityTest.integers(given.get("sizes")));
    }

    @ParameterizedTest
    @MethodSource("batches")
    void samplesAreBatchedAsInTheOriginal(JsonNode given) {
        assertThat(WindowSchedule.batches(
                        given.get("n_samples").asInt(),
                        given.get("max_batch_size").asInt()))
                .isEqualTo(StateDictParityTest.integers(given.get("batches")));
    }
}
