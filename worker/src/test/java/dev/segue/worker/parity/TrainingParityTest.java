package dev.segue.worker.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.worker.training.DurationFilter;
import dev.segue.worker.training.LearningRateSchedule;
import dev.segue.worker.training.LossScale;
import dev.segue.worker.training.Songbook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arithmetic around training: items, filters, rates and scales. */
class TrainingParityTest {
    private static final double ROUNDING = 1e-15;

    static Stream<JsonNode> excerpts() {
        return stream(Fixtures.json("misc/dataset.json").get("index_offset"));
    }

    static Stream<JsonNode> filters() {
        return stream(Fixtures.json("misc/dataset.json").get("duration_filter"));
    }

    static Stream<JsonNode> schedules() {
        return stream(Fixtures.json("misc/training.json").get("lr_multiplier"));
    }

    @ParameterizedTest
    @MethodSource("excerpts")
    void anItemLiesWhereTheOriginalPutsIt(JsonNode given) {
        List<Long> durations = new ArrayList<>();
        given.get("durations").forEach(duration -> durations.add(duration.asLong()));
        Songbook songs = new Songbook(durations, given.get("sample_length").asInt());
        if (given.has("number_of_items")) {
            assertThat(songs.items()).isEqualTo(given.get("number_of_items").asInt());
            return;
        }
        int item = given.get("item").asInt();
        Songbook.Excerpt excerpt = given.get("shift").isNull()
                ? songs.excerpt(item)
                : songs.excerpt(item, given.get("shift").asInt());
        assertThat(excerpt)
                .isEqualTo(new Songbook.Excerpt(
                        given.get("song").asInt(), given.get("offset").asLong()));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void songsAreKeptThatTheOriginalKeeps(JsonNode given) {
        DurationFilter filter = DurationFilter.of(
                given.get("sr").asInt(),
                given.get("sample_length").asInt(),
                number(given.get("min_duration")),
                number(given.get("max_duration")));
        List<Double> durations = new ArrayList<>();
        given.get("durations_in_samples").forEach(duration -> durations.add(duration.asDouble()));
        List<DurationFilter.Kept> expected = new ArrayList<>();
        for (int i = 0; i < given.get("kept").size(); i++) {
            expected.add(new DurationFilter.Kept(
                    given.get("kept").get(i).asInt(),
                    given.get("kept_durations").get(i).asLong()));
        }
        assertThat(filter.keep(durations)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void theLearningRateFollowsTheOriginal(JsonNode given) {
        JsonNode hps = given.get("hps");
        double decay = hps.path("lr_decay").asDouble(1e10);
        LearningRateSchedule schedule = new LearningRateSchedule(
                hps.path("lr_scale").asDouble(1),
                hps.path("lr_warmup").asDouble(100),
                hps.path("lr_use_linear_decay").asBoolean(false)
                        ? new LearningRateSchedule.Linear(
                                hps.path("lr_start_linear_decay").asDouble(0), decay)
                        : new LearningRateSchedule.Stepwise(hps.path("lr_gamma").asDouble(1), decay));
        if (hps.isEmpty()) {
            assertThat(schedule).isEqualTo(LearningRateSchedule.standard());
        }
        for (Map.Entry<String, JsonNode> e : given.get("multiplier_at_step").properties()) {
            assertThat(schedule.multiplier(Long.parseLong(e.getKey())))
                    .isCloseTo(e.getValue().asDouble(), within(ROUNDING));
        }
    }

    @Test
    void theLossScaleFollowsTheOriginal() {
        Fixtures.json("misc/training.json").properties().stream()
                .filter(e -> e.getKey().startsWith("loss_scale_window_"))
                .forEach(e -> {
                    LossScale scale =
                            LossScale.initial(Double.parseDouble(e.getKey().substring("loss_scale_window_".length())));
                    assertThat(scale.value())
                            .isEqualTo(e.getValue().get("initial").asDouble());
                    for (JsonNode step : e.getValue().get("sequence")) {
                        scale = step.get("overflow").asBoolean() ? scale.afterOverflow() : scale.afterGoodStep();
                        double expected = step.get("scale_after").asDouble();
                        assertThat(scale.value()).isCloseTo(expected, within(expected * ROUNDING));
                    }
                });
    }

    private static Double number(JsonNode node) {
        return node.isNull() ? null : Double.valueOf(node.asDouble());
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
