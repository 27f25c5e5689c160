package dev.segue.orchestrator.plan;

import static dev.segue.orchestrator.plan.Verdicts.CARD;
import static dev.segue.orchestrator.plan.Verdicts.NOW;
import static dev.segue.orchestrator.plan.Verdicts.assertFine;
import static dev.segue.orchestrator.plan.Verdicts.assertRefused;
import static dev.segue.orchestrator.plan.Verdicts.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.record.AudioFormat;
import dev.segue.contracts.record.SampleDepth;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Levels, segments, priority, deadline and formats, with the very sentence that their producer reads. */
class OptionsCheckTest {
    @ParameterizedTest
    @ValueSource(ints = {-1, 3})
    void aFinestLevelThatTheModelDoesNotHaveIsRefused(int level) {
        assertRefused(
                request().setFinestLevel(level).setParallelSegments(2),
                "finestLevel is " + level + ", but must be from 0 to 2; choose a level in that range.");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65})
    void aNumberOfSegmentsThatIsNoneIsRefused(int segments) {
        assertRefused(
                request().setParallelSegments(segments),
                "parallelSegments is " + segments + ", but must be from 1 to 64; use 1 for the original's way.");
    }

    @Test
    void segmentsOfASongThatHasNothingToCutAreRefused() {
        assertFine(request().setFinestLevel(2));
        assertRefused(
                request().setFinestLevel(2).setParallelSegments(2),
                "parallelSegments is 2, but finestLevel 2 leaves no level that could be cut; use 1 or produce finer"
                        + " levels.");
    }

    @Test
    void moreSegmentsThanWindowsAreRefused() {
        assertFine(request().setParallelSegments(3));
        assertThat(Requests.plan(CARD, request().setParallelSegments(3))
                        .level(0)
                        .segments())
                .hasSize(3);
        assertRefused(
                request().setParallelSegments(4),
                "parallelSegments is 4, but a song of 20 s has room for at most 3, since each takes a whole window of"
                        + " 5.944 s; lower it or ask for a longer song.");
    }

    @ParameterizedTest
    @ValueSource(ints = {-101, 101})
    void aPriorityThatIsNoneIsRefused(int priority) {
        assertRefused(
                request().setPriority(priority),
                "priority is " + priority + ", but must be from -100 to 100; choose one in that range, 0 is usual.");
    }

    @Test
    void aDeadlineThatHasPassedIsRefused() {
        assertRefused(
                request().setDeadline(NOW),
                "deadline is 2025-01-02T03:04:05Z, but must be after now, 2025-01-02T03:04:05Z; set a later one or none.");
    }

    @Test
    void symbolsThatThisVersionDoesNotKnowAreRefused() {
        assertRefused(
                request()
                        .setFormats(List.of(AudioFormat.FLAC, AudioFormat.UNKNOWN))
                        .setSampleDepth(SampleDepth.UNKNOWN),
                "formats[1] is UNKNOWN, but must be one of FLAC, WAV; choose one of them.",
                "sampleDepth is UNKNOWN, but must be one of PCM16, PCM24; choose one of them.");
    }
}
