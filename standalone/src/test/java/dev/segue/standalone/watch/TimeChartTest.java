package dev.segue.standalone.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.client.Events;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was done when, as text. */
class TimeChartTest {
    private static final Instant ZERO = Events.START;

    @Test
    void eachRowIsDarkWhereItWasBusy() {
        List<String> lines = TimeChart.draw(
                ZERO,
                List.of(
                        new TimeChart.Row("top", List.of(span(0, 4000), span(4000, 5000))),
                        new TimeChart.Row("bottom", List.of(span(2500, 10_000))),
                        new TimeChart.Row("nothing", List.of())),
                10);

        assertThat(lines)
                .containsExactly(
                        "top    │█████     │   0.00 –   5.00 s, 2",
                        "bottom │  ▒███████│   2.50 –  10.00 s, 1",
                        "       0      10.0 s");
    }

    @Test
    void whatTookNoTimeIsStillSeen() {
        List<String> lines = TimeChart.draw(
                ZERO,
                List.of(
                        new TimeChart.Row("long", List.of(span(0, 10_000))),
                        new TimeChart.Row("short", List.of(span(10_000, 10_000)))),
                10);

        assertThat(lines.get(1)).startsWith("short │         ░│");
    }

    @Test
    void aSongOfWhichNothingWasDoneIsSaidSo() {
        assertThat(TimeChart.draw(ZERO, List.of(), 10)).containsExactly("nothing was done yet");
    }

    private static TimeChart.Span span(long from, long to) {
        return new TimeChart.Span(ZERO.plusMillis(from), ZERO.plusMillis(to));
    }
}
