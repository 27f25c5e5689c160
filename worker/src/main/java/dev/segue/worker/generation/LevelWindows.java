package dev.segue.worker.generation;

import dev.segue.contracts.record.CodeSegment;
import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.record.WindowTaskKind;
import dev.segue.worker.sampling.SlotEngine;
import dev.segue.worker.sampling.WindowJob;
import dev.segue.worker.tasks.StoppedSongs;
import dev.segue.worker.torch.Torch;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The windows of one level side by side: what each writes goes to its own task, and what goes wrong with one is said of
 * that one alone. Longer than most classes, since every way in which a window can end is here.
 *
 * <p>Owned by the thread that samples.
 */
final class LevelWindows implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LevelWindows.class);

    private final LevelEngine level;
    private final SlotEngine engine;
    private final Segments segments;
    private final StoppedSongs stopped;
    private final GenerationMeters meters;
    private final LyricAlignments alignments;
    private final Map<Integer, SlotWindow> windows = new HashMap<>();
    private boolean broken;

    LevelWindows(LevelEngine level, Segments segments, StoppedSongs stopped, GenerationMeters meters) {
        this.level = level;
        this.engine = level.engine();
        this.segments = segments;
        this.stopped = stopped;
        this.meters = meters;
        meters.loads.increment();
        this.alignments = new LyricAlignments(level, segments, stopped, meters);
    }

    /** Whether it does anything. */
    boolean busy() {
        return !windows.isEmpty() || alignments.busy();
    }

    /** Whether it can do nothing any more and must be loaded again. */
    boolean broken() {
        return broken;
    }

    /**
     * Begins a task, or says what is wrong with it.
     *
     * @return false if all slots are taken, so that it has to wait
     */
    boolean begin(GenerationWork work) {
        if (work.task().getKind() == WindowTaskKind.ALIGN) {
            alignments.begin(work);
            return true;
        }
        if (engine.freeSlots() == 0) {
            return false;
        }
        join(work, WorkClock.of(work.task()), new RunningNews(work.news(), segments));
        return true;
    }

    private void join(GenerationWork work, WorkClock clock, RunningNews news) {
        WindowJob job;
        int slot;
        try {
            job = WindowJobs.of(work.task(), level.level(), level.labeller());
            slot = engine.join(job);
        } catch (IllegalArgumentException | ArithmeticException e) {
            fail(work, FailureReason.INVALID_TASK, false, e.getMessage());
            return;
        } catch (RuntimeException | OutOfMemoryError e) {
            fail(work, e);
            return;
        }
        clock.prefilled();
        SlotWindow window = new SlotWindow(work, job, segments, clock, news);
        windows.put(slot, window);
        meters.slotsInUse.incrementAndGet();
        window.report();
        LOG.info(
                "event=window_began song={} level={} window={} slot={} known={} new={}",
                work.songId(),
                work.key().level(),
                Segments.window(work.task()),
                slot,
                job.window().context().length(),
                job.window().added().length());
    }

    /** One burst of every window, and one pass of an alignment. */
    void advance() {
        leaveDropped();
        try {
            for (SlotEngine.Written written : burst()) {
                accept(written);
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            // What the slots hold is not known any more.
            broken = true;
            windows.values().forEach(window -> fail(window.work(), e));
            meters.slotsInUse.addAndGet(-windows.size());
            windows.clear();
        }
        alignments.advance();
    }

    private List<SlotEngine.Written> burst() {
        long start = System.nanoTime();
        List<SlotEngine.Written> written = engine.advance();
        if (!written.isEmpty()) {
            int codes = written.stream().mapToInt(one -> one.codes().length).sum();
            meters.burst(level.level().number(), codes, System.nanoTime() - start);
        }
        return written;
    }

    private void leaveDropped() {
        Iterator<Map.Entry<Integer, SlotWindow>> all = windows.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Integer, SlotWindow> entry = all.next();
            GenerationWork work = entry.getValue().work();
            boolean isStopped = stopped.contains(work.songId());
            if (isStopped || work.outcome().isDone()) {
                engine.leave(entry.getKey());
                all.remove();
                meters.slotsInUse.decrementAndGet();
                meters.left.increment();
                work.drop();
                LOG.info(
                        "event=window_left song={} level={} window={} codes={} reason={}",
                        work.songId(),
                        work.key().level(),
                        Segments.window(work.task()),
                        entry.getValue().written(),
                        isStopped ? "stopped" : "given_up");
            }
        }
    }

    private void accept(SlotEngine.Written written) {
        SlotWindow window = windows.get(written.slot());
        GenerationWork work = window.work();
        if (written.failed() || written.finished()) {
            windows.remove(written.slot());
            meters.slotsInUse.decrementAndGet();
        }
        if (written.failed()) {
            fail(
                    work,
                    FailureReason.NOT_A_NUMBER,
                    false,
                    "logits are no numbers behind code "
                            + (work.task().getSample().getStart() + window.written())
                            + "; the weights are damaged or the precision is too low for them");
            return;
        }
        window.write(written);
        meters.sampled(work.key().level(), written.codes().length);
        if (written.finished()) {
            LOG.info(
                    "event=window_done song={} level={} window={} codes={}",
                    work.songId(),
                    work.key().level(),
                    Segments.window(work.task()),
                    window.written());
            goOn(window);
        } else {
            window.report();
        }
    }

    /**
     * The next window of a run joins before any other task can. It never takes a slot whose burst is still to be accepted:
     * the lowest free slot is taken, and bursts are accepted from the lowest slot on.
     */
    private void goOn(SlotWindow done) {
        CodeSegment codes = done.finished();
        meters.finished(done.work(), codes.getCodes().getTimes());
        Optional<GenerationWork> next = done.following();
        if (next.isPresent()) {
            done.work().send(codes);
            join(next.get(), WorkClock.withoutWaiting(), done.news());
        } else {
            done.work().end(codes);
        }
    }

    private void fail(GenerationWork work, Throwable failure) {
        LOG.error(
                "event=window_broke song={} level={} window={}",
                work.songId(),
                work.key().level(),
                Segments.window(work.task()),
                failure);
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

    @Override
    public void close() {
        windows.values().forEach(window -> window.work().outcome().cancel(false));
        alignments.cancel();
        level.close();
    }
}
