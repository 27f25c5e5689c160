package dev.segue.orchestrator.topology;

import dev.segue.contracts.topic.LevelPool;
import dev.segue.contracts.topic.Topics;
import dev.segue.orchestrator.state.OutstandingTask;
import dev.segue.orchestrator.state.Song;
import dev.segue.orchestrator.state.SongStore;
import dev.segue.orchestrator.state.Work;
import java.time.Instant;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives work out, and remembers it until its result comes.
 *
 * <p>Owned by the thread of the orchestrator's task.
 */
final class Dispatch {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

    private final Turn turn;
    private final Topics topics;
    private final SongStore songs;
    private final TaskWriter writer;

    Dispatch(Turn turn, Topics topics, SongStore songs, TaskWriter writer) {
        this.turn = Objects.requireNonNull(turn, "turn is null");
        this.topics = Objects.requireNonNull(topics, "topics is null");
        this.songs = Objects.requireNonNull(songs, "songs is null");
        this.writer = Objects.requireNonNull(writer, "writer is null");
    }

    /** Gives work out for the first time. */
    void give(Song song, Work work, Instant now) {
        give(song, work, song.ticket().getFirstAttempt(), now);
    }

    /** Gives work out. */
    void give(Song song, Work work, int attempt, Instant now) {
        songs.putTask(song, work, task(attempt, now, true));
        String trace = song.ticket().getTraceparent();
        if (isSampling(work)) {
            turn.send(
                    topics.windowTasks(pool(song, work)),
                    song.id(),
                    writer.window(song, work, attempt, now),
                    trace,
                    now);
        } else {
            turn.send(topics.audioTasks(), song.id(), writer.audio(song, work, attempt, now), trace, now);
        }
        LOG.debug(
                "event=task_given song={} work={} level={} index={} attempt={}",
                song.id(),
                work.kind(),
                work.level(),
                work.index(),
                attempt);
    }

    /** Lets work wait for another try. */
    void giveLater(Song song, Work work, int attempt, Instant due) {
        songs.putTask(song, work, task(attempt, due, false));
        song.pulse().forget(work);
    }

    /** Takes note that a worker is at work. */
    void claimed(Song song, Work work, OutstandingTask task) {
        songs.putTask(
                song, work, OutstandingTask.newBuilder(task).setClaimed(true).build());
    }

    /** Forgets work that is done or given up. */
    void done(Song song, Work work) {
        songs.removeTask(song, work);
    }

    /** Puts work that cannot be done among the dead letters, as workers had it. */
    void bury(Song song, Work work, int attempt, String reason, Instant now) {
        if (isSampling(work)) {
            turn.deadLetter(
                    topics.windowTasks(pool(song, work)),
                    song.id(),
                    writer.window(song, work, attempt, now),
                    reason,
                    now);
        } else {
            turn.deadLetter(topics.audioTasks(), song.id(), writer.audio(song, work, attempt, now), reason, now);
        }
    }

    /** Whether generation workers do it. */
    static boolean isSampling(Work work) {
        return work.kind() == Work.Kind.SAMPLE || work.kind() == Work.Kind.ALIGN;
    }

    /** Name of the kind of workers that do it. */
    static String poolName(Song song, Work work) {
        return isSampling(work) ? pool(song, work).title() : "assembly";
    }

    private static LevelPool pool(Song song, Work work) {
        return LevelPool.of(work.level(), song.plan().plan().modelLevels());
    }

    private static OutstandingTask task(int attempt, Instant at, boolean given) {
        return OutstandingTask.newBuilder()
                .setAttempt(attempt)
                .setEmittedAt(at)
                .setGiven(given)
                .setClaimed(false)
                .build();
    }
}
