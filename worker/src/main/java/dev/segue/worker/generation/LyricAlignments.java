package dev.segue.worker.generation;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.record.LyricsAligned;
import dev.segue.contracts.record.WindowTask;
import dev.segue.worker.lyrics.LyricTimer;
import dev.segue.worker.lyrics.LyricTiming;
import dev.segue.worker.sampling.LyricAligner;
import dev.segue.worker.tasks.StoppedSongs;
import dev.segue.worker.torch.Torch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Songs whose lyrics are to be timed, one after the other, a window's pass at a time, so that windows beside them are
 * held up for no longer. What follows from all passes is computed in another thread.
 *
 * <p>Owned by the thread that samples.
 */
final class LyricAlignments {
    private static final Logger LOG = LoggerFactory.getLogger(LyricAlignments.class);

    private final LevelEngine level;
    private final Segments segments;
    private final StoppedSongs stopped;
    private final GenerationMeters meters;
    private final Deque<Song> songs = new ArrayDeque<>();

    LyricAlignments(LevelEngine level, Segments segments, StoppedSongs stopped, GenerationMeters meters) {
        this.level = level;
        this.segments = segments;
        this.stopped = stopped;
        this.meters = meters;
    }

    /** A song on its way through the passes. */
    private record Song(GenerationWork work, LyricAligner.Passes passes, WorkClock clock, RunningNews news) {}

    boolean busy() {
        return !songs.isEmpty();
    }

    /** Takes a song, or says what is wrong with the task. */
    void begin(GenerationWork work) {
        try {
            songs.add(new Song(
                    work,
                    AlignmentJobs.of(work.task(), level),
                    WorkClock.of(work.task()),
                    new RunningNews(work.news(), segments)));
            LOG.info(
                    "event=alignment_began song={} level={}",
                    work.songId(),
                    work.key().level());
        } catch (IllegalArgumentException e) {
            fail(work, FailureReason.INVALID_TASK, false, e.getMessage());
        }
    }

    /** One pass of the first song. */
    void advance() {
        Song song = songs.peek();
        if (song == null) {
            return;
        }
        GenerationWork work = song.work();
        if (stopped.contains(work.songId()) || work.outcome().isDone()) {
            songs.remove();
            work.drop();
            return;
        }
        try {
            song.news().say(work.task(), 0);
            song.passes().next();
            if (!song.passes().hasNext()) {
                songs.remove();
                CompletableFuture.runAsync(() -> finish(song)).exceptionally(failure -> {
                    broke(work, failure);
                    return null;
                });
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            songs.remove();
            broke(work, e);
        }
    }

    private void finish(Song song) {
        WindowTask task = song.work().task();
        ModelCard card = level.card();
        double secondsPerCode = (double) level.level().hop() / card.sampleRate();
        LyricTiming timing = new LyricTimer(secondsPerCode).time(song.passes().alignment());
        int[] last = timing.last();
        meters.aligned.increment();
        song.work()
                .end(segments.aligned(
                        task,
                        LyricsAligned.newBuilder()
                                .setFirstCodes(
                                        IntStream.of(timing.first()).boxed().toList())
                                .setEndCodes(IntStream.of(last)
                                        .map(code -> code == LyricTiming.UNSUNG ? LyricTiming.UNSUNG : code + 1)
                                        .boxed()
                                        .toList())
                                .setTimes(song.clock().times())
                                .build()));
        LOG.info(
                "event=lyrics_aligned song={} codes={} characters={}",
                task.getSongId(),
                timing.codes(),
                timing.characters());
    }

    private void broke(GenerationWork work, Throwable failure) {
        LOG.error("event=alignment_broke song={}", work.songId(), failure);
        fail(
                work,
                Torch.isOutOfMemory(failure) ? FailureReason.OUT_OF_MEMORY : FailureReason.INTERNAL,
                true,
                failure.toString());
    }

    private void fail(GenerationWork work, FailureReason reason, boolean retryable, String message) {
        meters.failed.increment();
        work.end(segments.failed(work.task(), reason, retryable, message));
    }

    /** Gives up what is left. */
    void cancel() {
        songs.forEach(song -> song.work().outcome().cancel(false));
    }
}
