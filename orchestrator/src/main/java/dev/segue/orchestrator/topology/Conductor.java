package dev.segue.orchestrator.topology;

import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.record.SongFailed;
import dev.segue.orchestrator.state.Song;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes records and ticks of the clock one after the other. What one leads to stands as a whole or not at all:
 *
 * <ul>
 *   <li>A step that fails is undone and tried once more on what the stores say. If it fails again, its record goes to dead
 *       letters, its song fails, and the next record's turn comes: nothing is tried for ever.
 *   <li>Where the registry does not answer, nothing is known about the record. The thread then ends, and its successor
 *       starts again from what is committed, and the record comes again.
 * </ul>
 *
 * <p>A task is never revived, as Kafka Streams does after a {@code TaskCorruptedException}: in 4.3.1 a revived task still
 * has the offsets to go on from that it had before, and its first commit, which a tick of the clock is enough for, goes past
 * records that it never processed. Only a new thread makes a new task.
 *
 * <p>Owned by the thread of the orchestrator's task, of which there is one.
 */
final class Conductor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(Conductor.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int TRIES = 2;

    private final Function<ProcessorContext<byte[], byte[]>, Desk> desks;
    private final Runnable closed;
    private final Set<String> hopeless = new HashSet<>();
    private ProcessorContext<byte[], byte[]> context;
    private Desk desk; // null until the task begins

    /**
     * Handles whatever comes.
     *
     * @param desks makes everything that works on the stores of a context
     * @param closed hears that the work goes to another
     */
    Conductor(Function<ProcessorContext<byte[], byte[]>, Desk> desks, Runnable closed) {
        this.closed = Objects.requireNonNull(closed, "closed is null");
        this.desks = Objects.requireNonNull(desks, "desks is null");
    }

    /**
     * Begins the task.
     *
     * @throws StreamsException if it was begun before, so that another thread takes over
     */
    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        if (desk != null) {
            throw new StreamsException("task " + context.taskId()
                    + " was closed and begins again, but would skip records; a new thread begins it anew");
        }
        this.context = context;
        this.desk = desks.apply(context);
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, time -> tick(Instant.ofEpochMilli(time)));
        context.schedule(HOUR, PunctuationType.WALL_CLOCK_TIME, time -> forgetOld(Instant.ofEpochMilli(time)));
        desk.live().reload();
        LOG.info("event=songs_read songs={}", desk.live().all().size());
        desk.stock().take();
    }

    @Override
    public void close() {
        closed.run();
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Received received = Received.of(
                record, context.recordMetadata().orElseThrow(), Instant.ofEpochMilli(context.currentSystemTimeMs()));
        step(() -> {
                    desk.intake().handle(received);
                    desk.flow().admit(received.at());
                })
                .ifPresent(failure -> {
                    LOG.error(
                            "event=record_failed song={} topic={} offset={}",
                            received.songId().orElse("-"),
                            received.topic(),
                            received.offset(),
                            failure);
                    step(() -> desk.intake().unmanageable(received, failure));
                    received.songId().flatMap(desk.live()::find).ifPresent(song -> giveUp(song, failure));
                });
    }

    private void tick(Instant now) {
        giveUpBroken(now);
        for (Song song : desk.live().all()) {
            if (!hopeless.contains(song.id()) && desk.watch().isDue(song, now)) {
                look(song.id(), now);
            }
        }
        step(() -> {
            desk.flow().admit(now);
            desk.watch().queue(now);
        });
        desk.stock().take();
    }

    private void forgetOld(Instant now) {
        AtomicBoolean more = new AtomicBoolean(true);
        while (more.get()) {
            more.set(false);
            step(() -> more.set(desk.watch().forgetOld(now)));
        }
    }

    private void look(String songId, Instant now) {
        step(() -> desk.live().find(songId).ifPresent(song -> desk.watch().look(song, now)))
                .ifPresent(failure -> desk.live().find(songId).ifPresent(song -> giveUp(song, failure)));
    }

    private void giveUpBroken(Instant now) {
        for (LiveSongs.Broken broken : desk.live().broken()) {
            if (!hopeless.contains(broken.song().id())) {
                LOG.error("event=song_broken song={} at={}", broken.song().id(), now, broken.reason());
                giveUp(broken.song(), broken.reason());
            }
        }
    }

    /** Lets a song fail that cannot go on; one that cannot even do that is left alone. */
    private void giveUp(Song song, RuntimeException reason) {
        Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
        SongFailed failed = SongFailed.newBuilder()
                .setReason(FailureReason.INTERNAL)
                .setMessage("the orchestrator could not go on with it: " + reason)
                .setWork("the whole song")
                .setAttempts(TRIES)
                .build();
        step(() -> desk.live().find(song.id()).ifPresent(found -> desk.end().failed(found, failed, now)))
                .ifPresent(failure -> {
                    LOG.error("event=song_hopeless song={}", song.id(), failure);
                    hopeless.add(song.id());
                });
    }

    /**
     * Takes a step, twice if need be.
     *
     * @return why it failed; empty if it did not
     */
    private Optional<RuntimeException> step(Runnable step) {
        RuntimeException failure = null;
        for (int tried = 0; tried < TRIES; tried++) {
            try {
                step.run();
                desk.turn().settle();
                failure = null;
                break;
            } catch (TimeoutException registrySilent) {
                undo();
                // Not as it is, which would revive the task.
                throw new StreamsException(
                        "nothing of the step stands: " + registrySilent.getMessage(), registrySilent);
            } catch (RuntimeException e) {
                undo();
                failure = e;
            }
        }
        desk.turn().commit(context);
        desk.stock().takeNowAndThen();
        return Optional.ofNullable(failure);
    }

    private void undo() {
        desk.turn().drop();
        desk.format().forget();
        desk.live().reload();
    }
}
