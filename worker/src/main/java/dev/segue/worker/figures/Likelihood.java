package dev.segue.worker.figures;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.segue.contracts.window.CodeRange;
import dev.segue.contracts.window.Level;
import dev.segue.contracts.window.WindowSchedule;
import dev.segue.worker.jukebox.Conditions;
import dev.segue.worker.jukebox.Prior;
import dev.segue.worker.jukebox.labels.Labeller;
import dev.segue.worker.jukebox.labels.Labels;
import dev.segue.worker.jukebox.labels.SongDescription;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * How many bits a prior takes for the codes of whole songs, given what it is told of them. A song is passed through in
 * windows that begin at multiples of the context, and a last one that ends with the song, of which only those codes count
 * that no earlier one had. Owned by the thread that owns the prior.
 */
public final class Likelihood {
    private final Prior prior;
    private final Level level;
    private final Labeller labeller;
    private final int mostWindows;
    private final int batch;

    /**
     * Asks a prior, which stays the caller's.
     *
     * @param level where its codes lie in time
     * @param labeller makes its label rows; null for an unlabelled prior
     * @param mostWindows of a song that are looked at, evenly spread over it
     * @param batch windows in one pass
     */
    public Likelihood(Prior prior, Level level, Labeller labeller, int mostWindows, int batch) {
        this.prior = prior;
        this.level = level;
        this.labeller = labeller;
        this.mostWindows = mostWindows;
        this.batch = batch;
    }

    /**
     * What codes of a song take.
     *
     * @param bits of all that were looked at
     * @param codes how many were looked at
     */
    public record Bits(double bits, long codes) {}

    /** Part of a song: a whole window of codes, of which some count, those of a batch beside each other. */
    private record Item(int told, int start, CodeRange counted) {}

    /** Whether the song is long enough for the prior; one without a conditioner takes any. */
    public boolean takes(EncodedSong song) {
        return !level.conditioned() || song.codes().length(level.number()) >= level.context();
    }

    /**
     * The bits of one song's codes, once for each thing that it is said to be, in their order.
     *
     * @throws IllegalArgumentException if the prior cannot take it
     */
    public List<Bits> of(EncodedSong song, Collection<SongDescription> told) {
        List<Labels> labels = new ArrayList<>();
        for (SongDescription description : told) {
            labels.add(labeller == null ? null : labeller.label(description));
        }
        int[] codes = song.codes().level(level.number());
        int[] padded = Arrays.copyOf(codes, Math.max(codes.length, level.context()));
        List<Item> items = new ArrayList<>();
        for (CodeRange counted : Some.of(counted(codes.length, level.context()), mostWindows)) {
            int start = Math.max(0, Math.min(counted.start(), codes.length - level.context()));
            for (int i = 0; i < labels.size(); i++) {
                items.add(new Item(i, start, counted));
            }
        }
        double[] bits = new double[labels.size()];
        long[] count = new long[labels.size()];
        for (int from = 0; from < items.size(); from += batch) {
            List<Item> some = items.subList(from, Math.min(items.size(), from + batch));
            float[][] each = pass(some, song, labels, padded);
            for (int i = 0; i < each.length; i++) {
                Item item = some.get(i);
                for (int code = item.counted().start(); code < item.counted().end(); code++) {
                    bits[item.told()] += each[i][code - item.start()];
                }
                count[item.told()] += item.counted().length();
            }
        }
        List<Bits> results = new ArrayList<>();
        for (int i = 0; i < bits.length; i++) {
            results.add(new Bits(bits[i], count[i]));
        }
        return results;
    }

    /** Bits of each code of some windows, [items][K]. */
    private float[][] pass(List<Item> items, EncodedSong song, List<Labels> labels, int[] padded) {
        List<long[]> rows = new ArrayList<>();
        List<int[]> above = new ArrayList<>();
        List<long[]> streams = new ArrayList<>();
        for (Item item : items) {
            long[] y = labeller == null
                    ? null
                    : labeller.window(labels.get(item.told()), item.start()).y();
            rows.add(y);
            above.add(
                    level.conditioned()
                            ? song.codes()
                                    .range(
                                            level.number() + 1,
                                            WindowSchedule.condition(
                                                    item.start(), level.context(), level.conditionFactor()))
                            : null);
            streams.add(
                    prior.shape().stream(y, Arrays.copyOfRange(padded, item.start(), item.start() + level.context())));
        }
        try (NDManager scratch = prior.newManager()) {
            long[] flat = streams.stream().flatMapToLong(Arrays::stream).toArray();
            NDArray symbols = scratch.create(flat, new Shape(items.size(), flat.length / items.size()));
            float[] bits = prior.codeBits(scratch, symbols, new Conditions(prior).ofBatch(scratch, rows, above))
                    .toFloatArray();
            float[][] each = new float[items.size()][];
            for (int i = 0; i < each.length; i++) {
                each[i] = Arrays.copyOfRange(bits, i * level.context(), (i + 1) * level.context());
            }
            return each;
        }
    }

    /** Which codes count in each window over a song. */
    static List<CodeRange> counted(int total, int context) {
        List<CodeRange> ranges = new ArrayList<>();
        for (int start = 0; start < total; start += context) {
            ranges.add(new CodeRange(start, Math.min(total, start + context)));
        }
        return ranges;
    }
}
