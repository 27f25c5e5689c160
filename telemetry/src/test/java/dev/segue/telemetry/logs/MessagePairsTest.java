package dev.segue.telemetry.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class MessagePairsTest {
    @Test
    void argumentsFillPairsInTheirOrder() {
        assertThat(MessagePairs.of("event=e a={} b=\"{}\" c=x", new Object[] {1, "two words"}))
                .containsExactly(entry("event", "e"), entry("a", 1), entry("b", "two words"), entry("c", "x"));
    }

    @Test
    void whatAnArgumentHoldsMakesNoPairs() {
        assertThat(MessagePairs.of("event=e a={} b={}", new Object[] {"x=1 {}", "$1\\"}))
                .containsExactly(entry("event", "e"), entry("a", "x=1 {}"), entry("b", "$1\\"));
    }

    @Test
    void placesOutsideOfPairsTakeTheirArguments() {
        assertThat(MessagePairs.of("event=e {} and {} a={}", new Object[] {"p", "q", true}))
                .containsExactly(entry("event", "e"), entry("a", true));
    }

    @Test
    void aValueMayBeTextAroundArguments() {
        assertThat(MessagePairs.of("event=song_{}_{} a={}", new Object[] {"so", "on", 2.5}))
                .containsExactly(entry("event", "song_so_on"), entry("a", 2.5));
    }

    @Test
    void anArgumentThatLooksLikeAPlaceTakesNoOthers() {
        assertThat(MessagePairs.of("event=e object={}/{} a={}", new Object[] {"{}", "key", 1}))
                .containsExactly(entry("event", "e"), entry("object", "{}/key"), entry("a", 1));
    }

    @Test
    void whatHasNoArgumentStaysAsItStands() {
        assertThat(MessagePairs.of("event=e a={} b={}", new Object[] {null}))
                .containsExactly(entry("event", "e"), entry("a", "null"), entry("b", "{}"));
        assertThat(MessagePairs.of("event=e", null)).containsExactly(entry("event", "e"));
    }
}
