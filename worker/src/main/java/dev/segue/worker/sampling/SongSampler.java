package dev.segue.worker.sampling;

import dev.segue.contracts.request.RejectedException;
import dev.segue.contracts.window.PartialWindow;
import dev.segue.contracts.window.Window;
import dev.segue.contracts.window.WindowSchedule;
import dev.segue.worker.jukebox.labels.Labels;
import dev.segue.worker.jukebox.labels.SongDescription;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Samples whole songs in one process, level after level, all songs side by side (specification §9).
 *
 * <p>The modes of the original differ only in the codes that exist before: none (ancestral), those of an earlier song or
 * the beginning of it (continue), a top level alone (upsample), those of a sound (primed).
 *
 * <p>Owned by the thread that owns its engines.
 */
public final class SongSampler {
    private final List<LevelSampler> levels;
    private final PartialWindow rule;

    /**
     * Samples with the levels of one model.
     *
     * @param levels by number, the finest first; those that are never sampled may be null. Their engines stay the
     *     caller's
     * @param rule what a level shorter than a window means when it has codes already
     */
    public SongSampler(List<LevelSampler> levels, PartialWindow rule) {
        this.levels = Collections.unmodifiableList(new ArrayList<>(levels));
        this.rule = rule;
    }

    /**
     * A song to be sampled.
     *
     * @param description what it is to be; null if no level has labels
     * @param seed what its codes are drawn with
     * @param codes what exists of it
     */
    public record Song(SongDescription description, long seed, SongCodes codes) {}

    /** Hears of every burst of codes, at the latest every {@link SlotEngine#BURST} codes. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Takes note of new codes.
         *
         * @param song its place in the list
         * @param written new codes of it
         * @return whether to go on with this song
         */
        boolean written(int song, SlotEngine.Written written);
    }

    /**
     * Samples songs, each until it has its length at every level asked for.
     *
     * @param sampleLength of every song in raw samples; whole codes of the top level
     * @param numbers the levels to sample, the coarsest first
     * @return the codes of each song, as far as they were written before it was stopped
     * @throws RejectedException if the length does not suit the levels
     * @throws IllegalStateException if logits were no numbers
     */
    public List<SongCodes> sample(List<Song> songs, long sampleLength, List<Integer> numbers, Progress progress) {
        List<LevelSampler> asked = numbers.stream().map(levels::get).toList();
        WindowSchedule.check(asked.stream().map(LevelSampler::level).toList(), sampleLength)
                .ifPresent(rejection -> {
                    throw new RejectedException(rejection);
                });
        List<Progressing> running = new ArrayList<>();
        for (int i = 0; i < songs.size(); i++) {
            running.add(new Progressing(i, songs.get(i)));
        }
        for (LevelSampler level : asked) {
            sampleLevel(level, running, sampleLength, progress);
        }
        return running.stream().map(song -> song.codes).toList();
    }

    /** A song on its way through the levels. */
    private static final class Progressing {
        final int index;
        final Song song;
        final Deque<Window> windows = new ArrayDeque<>();
        SongCodes codes;
        Labels labels;
        boolean stopped;
        /** Codes of the window being sampled. They join the song's when it ends, not in bursts, each a copy of them all. */
        private IntStream.Builder window = IntStream.builder();

        Progressing(int index, Song song) {
            this.index = index;
            this.song = song;
            this.codes = song.codes();
        }

        void write(int[] burst) {
            for (int code : burst) {
                window.add(code);
            }
        }

        void endWindow(int level) {
            codes = codes.with(level, window.build().toArray());
            window = IntStream.builder();
        }
    }

    private void sampleLevel(LevelSampler level, List<Progressing> songs, long sampleLength, Progress progress) {
        int number = level.level().number();
        Deque<Progressing> waiting = new ArrayDeque<>();
        for (Progressing song : songs) {
            int existing = song.codes.length(number);
            song.labels = level.labeller() == null ? null : level.labeller().label(song.song.description());
            song.windows.clear();
            WindowSchedule.windows(level.level(), level.level().codes(sampleLength), existing, rule).stream()
                    .filter(window -> !window.isDone())
                    .forEach(song.windows::add);
            enqueue(song, waiting);
        }
        SlotEngine engine = level.engine();
        Map<Integer, Progressing> running = new HashMap<>();
        while (!waiting.isEmpty() || !running.isEmpty()) {
            while (engine.freeSlots() > 0 && !waiting.isEmpty()) {
                Progressing next = waiting.remove();
                running.put(
                        engine.join(level.job(next.windows.remove(), next.labels, next.codes, next.song.seed())), next);
            }
            for (SlotEngine.Written written : engine.advance()) {
                Progressing song = Objects.requireNonNull(running.get(written.slot()));
                accept(number, song, written, progress);
                if (song.stopped && !written.finished()) {
                    engine.leave(written.slot());
                }
                if (song.stopped || written.finished()) {
                    song.endWindow(number);
                    running.remove(written.slot());
                    enqueue(song, waiting);
                }
            }
        }
    }

    private static void accept(int level, Progressing song, SlotEngine.Written written, Progress progress) {
        if (written.failed()) {
            throw new IllegalStateException("logits of song " + song.index + ", level " + level + ", window at "
                    + written.job().window().start() + " are no numbers; the weights are damaged or the precision is"
                    + " too low for them");
        }
        song.write(written.codes());
        song.stopped = !progress.written(song.index, written);
    }

    private static void enqueue(Progressing song, Deque<Progressing> waiting) {
        if (!song.stopped && !song.windows.isEmpty()) {
            waiting.add(song);
        }
    }
}
