package dev.segue.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.record.LevelProgress;
import dev.segue.contracts.record.SongEventKind;
import dev.segue.contracts.record.SongRequest;
import dev.segue.orchestrator.plan.Cards;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Keys and values that go to changelogs, at the sizes of the published models. */
class StateGrowthTest {
    @Test
    void changelogsGrowWithCodesAndNoFasterFromTenSecondsToTenMinutes() throws IOException {
        Map<Integer, Double> bytesPerCode = new TreeMap<>();
        for (int seconds : new int[] {10, 60, 600}) {
            bytesPerCode.put(seconds, bytesPerCode(seconds));
        }
        assertThat(bytesPerCode.values())
                .allSatisfy(bytes -> assertThat(bytes).isCloseTo(bytesPerCode.get(600), Percentage.withPercentage(2)));
        assertThat(bytesPerCode.get(600)).as("a code is two bytes").isLessThan(2.5);
    }

    private static double bytesPerCode(int seconds) throws IOException {
        try (Rehearsal rehearsal = new Rehearsal(Cards.published(), FlowSettings.DEFAULT)) {
            // Schemas of what is stored are written once, whatever songs there are.
            rehearsal.send(song(rehearsal, "before", 10));
            rehearsal.workAll();
            rehearsal.changelogBytes.clear();
            rehearsal.send(song(rehearsal, "song", seconds));
            rehearsal.workAll();
            long codes = rehearsal.only("song", SongEventKind.COMPLETED).getProgress().getLevels().stream()
                    .mapToLong(LevelProgress::getCodes)
                    .sum();
            long bytes = rehearsal.changelogBytes.values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            return (double) bytes / codes;
        }
    }

    private static SongRequest song(Rehearsal rehearsal, String songId, int seconds) {
        return rehearsal
                .request(songId, seconds - 0.5)
                .setTotalDurationSeconds(Math.max(60.0, seconds - 0.5))
                .setLyrics("la ".repeat(5 * seconds))
                .build();
    }
}
