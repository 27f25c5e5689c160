package dev.segue.orchestrator.topology;

import dev.segue.contracts.record.LevelProgress;
import dev.segue.contracts.record.SegmentProgress;
import dev.segue.orchestrator.plan.Admission;
import dev.segue.orchestrator.plan.LevelPlan;
import dev.segue.orchestrator.plan.Pace;
import dev.segue.orchestrator.plan.Progress;
import dev.segue.orchestrator.plan.SegmentPlan;
import dev.segue.orchestrator.state.Song;
import dev.segue.orchestrator.state.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far songs are, and when they will be finished.
 *
 * <p>Owned by the thread of the orchestrator's task.
 */
final class Outlook {
    /** Songs farther back in the queue are told their place only: times of theirs would be guesses about guesses. */
    private static final int FORESEEN = 50;

    private final LiveSongs live;
    private final int songsInFlight;

    Outlook(LiveSongs live, int songsInFlight) {
        this.live = Objects.requireNonNull(live, "live is null");
        this.songsInFlight = songsInFlight;
    }

    /** The levels of a song that are produced, the finest first; none before it is prepared. */
    static List<LevelProgress> levels(Song song) {
        List<LevelProgress> levels = new ArrayList<>();
        song.planned().ifPresent(planned -> planned.plan().levels().forEach(level -> levels.add(of(song, level))));
        return levels;
    }

    private static LevelProgress of(Song song, LevelPlan level) {
        Progress progress = song.progress();
        int number = level.number();
        return LevelProgress.newBuilder()
                .setLevel(number)
                .setCodes(Math.min(
                        level.totalCodes(),
                        progress.codes(number) + song.pulse().codesUnderWay(number)))
                .setTotalCodes(level.totalCodes())
                .setPromptCodes(level.promptCodes())
                .setWindows(level.windows().size())
                .setWindowsDone(progress.windowsDone(number))
                .setHop(level.level().hop())
                .setSegments(level.segments().stream()
                        .map(segment -> of(song, level, segment))
                        .toList())
                .build();
    }

    private static SegmentProgress of(Song song, LevelPlan level, SegmentPlan segment) {
        int done = song.progress().end(level.number(), segment.number());
        int underWay = song.pulse().codesUnderWay(level.number(), segment.firstWindow(), segment.windows());
        return SegmentProgress.newBuilder()
                .setStart(segment.codes().start())
                .setEnd(segment.codes().end())
                .setDone(Math.min(segment.codes().end(), done + underWay))
                .build();
    }

    /** How many songs start before a waiting one. */
    Optional<Integer> position(Song song) {
        var position = live.admission().position(song.id());
        return position.isPresent() ? Optional.of(position.getAsInt()) : Optional.empty();
    }

    /** Seconds until a song is finished; empty if nobody can tell. */
    OptionalDouble etaSeconds(Song song) {
        if (song.progress() == null) {
            return OptionalDouble.empty();
        }
        OptionalDouble own = live.pace().secondsLeft(song.progress());
        if (song.stage() != Stage.QUEUED || own.isEmpty()) {
            return own;
        }
        OptionalDouble start = secondsUntilStart(song);
        return start.isEmpty() ? start : OptionalDouble.of(start.getAsDouble() + own.getAsDouble());
    }

    private OptionalDouble secondsUntilStart(Song song) {
        int position = live.admission().position(song.id()).orElse(FORESEEN);
        if (position >= FORESEEN) {
            return OptionalDouble.empty();
        }
        List<Double> running = new ArrayList<>();
        for (Song other : live.all()) {
            if (other.stage() == Stage.SAMPLING || other.stage() == Stage.COMPOSING) {
                OptionalDouble left = live.pace().secondsLeft(other.progress());
                if (left.isEmpty()) {
                    return left;
                }
                running.add(left.getAsDouble());
            }
        }
        List<Double> ahead = new ArrayList<>();
        for (Admission.Waiting waiting : live.admission().order().subList(0, position)) {
            OptionalDouble takes = live.find(waiting.songId())
                    .map(other -> live.pace().secondsLeft(other.progress()))
                    .orElse(OptionalDouble.empty());
            if (takes.isEmpty()) {
                return takes;
            }
            ahead.add(takes.getAsDouble());
        }
        return OptionalDouble.of(Pace.secondsUntilStart(songsInFlight, running, ahead));
    }
}
