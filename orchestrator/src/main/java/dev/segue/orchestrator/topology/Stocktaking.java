package dev.segue.orchestrator.topology;

import dev.segue.contracts.topic.LevelPool;
import dev.segue.orchestrator.plan.Backlog;
import dev.segue.orchestrator.plan.LevelPlan;
import dev.segue.orchestrator.plan.SongPlan;
import dev.segue.orchestrator.state.Song;
import dev.segue.orchestrator.state.Stage;
import dev.segue.orchestrator.state.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Counts what is left to do, and lets it be known. O(songs × levels), and therefore done now and then only; a change is
 * known within a second of having been committed.
 *
 * <p>Owned by the thread of the orchestrator's task.
 */
final class Stocktaking {
    private static final Duration PAUSE = Duration.ofMillis(200);
    /** What work without codes counts for in seconds: it takes a worker, if only for a moment. */
    private static final double ALIGNMENT_SECONDS = 1;

    private final LiveSongs live;
    private final AudioPace pace;
    private final SongTelemetry telemetry;
    private long takenAt = System.nanoTime() - PAUSE.toNanos();

    Stocktaking(LiveSongs live, AudioPace pace, SongTelemetry telemetry) {
        this.live = Objects.requireNonNull(live, "live is null");
        this.pace = Objects.requireNonNull(pace, "pace is null");
        this.telemetry = Objects.requireNonNull(telemetry, "telemetry is null");
    }

    /** Counts, unless that was done a moment ago. */
    void takeNowAndThen() {
        if (System.nanoTime() - takenAt >= PAUSE.toNanos()) {
            take();
        }
    }

    /** Counts. */
    void take() {
        telemetry.active(overview());
        takenAt = System.nanoTime();
    }

    private Overview overview() {
        Map<Integer, Backlog.Level> levels = new HashMap<>();
        for (LevelPool pool : LevelPool.values()) {
            levels.put(number(pool), Backlog.Level.NONE);
        }
        Map<Stage, Integer> stages = new EnumMap<>(Stage.class);
        int audioTasks = 0;
        double audioSeconds = 0;
        Optional<Instant> oldest = Optional.empty();
        List<Song> songs = live.all();
        for (Song song : songs) {
            stages.merge(song.stage(), 1, Integer::sum);
            audioTasks += (int) song.tasks().entrySet().stream()
                    .filter(task -> !Dispatch.isSampling(task.getKey())
                            && task.getValue().getGiven())
                    .count();
            audioSeconds += audioSeconds(song);
            // A song that cannot be read from the stores has a stage but no plan, and fails within a second.
            if (song.progress() != null) {
                of(song).forEach((level, more) -> levels.merge(level, more, Backlog.Level::plus));
            }
            if (song.stage() == Stage.QUEUED && song.position().getAcceptedAt() != null) {
                Instant since = song.position().getAcceptedAt();
                oldest = Optional.of(
                        oldest.filter(other -> other.isBefore(since)).orElse(since));
            }
        }
        return new Overview(new Backlog(levels, new Backlog.Audio(audioTasks, audioSeconds)), stages, oldest);
    }

    private Map<Integer, Backlog.Level> of(Song song) {
        Map<Integer, Backlog.Level> left = new HashMap<>();
        SongPlan plan = song.plan().plan();
        for (LevelPlan level : plan.levels()) {
            int number = level.number();
            int pool = number(LevelPool.of(number, plan.modelLevels()));
            boolean isDone = song.progress().isDone(number);
            // Tails of segments are no codes of the song: while any is missing, something is.
            int codes = isDone
                    ? 0
                    : Math.max(1, level.totalCodes() - song.progress().codes(number));
            boolean aligns = number == plan.top().number() && !song.position().getAlignmentSettled();
            int tasks = (int) song.tasks().entrySet().stream()
                    .filter(task -> Dispatch.isSampling(task.getKey())
                            && task.getKey().level() == number
                            && task.getValue().getGiven())
                    .count();
            double seconds = live.pace()
                    .secondsOfWork(plan.modelDigest(), number, codes)
                    .orElse((double) codes * level.level().hop() / plan.sampleRate());
            if (codes > 0 || aligns) {
                left.merge(
                        pool,
                        new Backlog.Level(tasks, codes, seconds + (aligns ? ALIGNMENT_SECONDS : 0), 1),
                        Stocktaking::ofOneSong);
            }
        }
        return left;
    }

    /** Two levels of one song in one pool are one song still. */
    private static Backlog.Level ofOneSong(Backlog.Level one, Backlog.Level other) {
        Backlog.Level both = one.plus(other);
        return new Backlog.Level(both.tasks(), both.codes(), both.seconds(), 1);
    }

    private double audioSeconds(Song song) {
        double composing = pace.seconds(Work.Kind.COMPOSE);
        if (song.progress() == null) {
            return pace.seconds(Work.Kind.PREPARE) + composing;
        }
        int ranges = song.plan().ranges().ranges().size() - song.ranges().storedCount();
        return ranges * pace.seconds(Work.Kind.DECODE) + composing;
    }

    private static int number(LevelPool pool) {
        return switch (pool) {
            case TOP -> 2;
            case MIDDLE -> 1;
            case BOTTOM -> 0;
        };
    }
}
