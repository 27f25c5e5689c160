package dev.segue.worker.sampling;

import dev.segue.contracts.request.RejectedException;
import dev.segue.contracts.request.Rejection;
import dev.segue.contracts.window.CodeRange;
import dev.segue.worker.jukebox.ChunkedEncoder;
import dev.segue.worker.jukebox.VqVae;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The codes of one song as far as they exist, level by level. Immutable.
 */
public final class SongCodes {
    private final List<int[]> levels;

    private SongCodes(List<int[]> levels) {
        this.levels = levels;
    }

    /** A song of which nothing exists yet. */
    public static SongCodes none(int levels) {
        return new SongCodes(Collections.nCopies(levels, new int[0]));
    }

    /** The codes of each level, the finest first; a level may have none. */
    public static SongCodes of(List<int[]> levels) {
        return new SongCodes(levels.stream().map(int[]::clone).toList());
    }

    /**
     * The codes of a prompt at every level.
     *
     * @param sound mono, at the VQ-VAE's rate; cut to whole codes of the top level
     * @throws RejectedException if there is less than one code of the top level
     */
    public static SongCodes ofPrompt(VqVae vqVae, float[] sound) {
        int top = vqVae.shape().levels() - 1;
        int topHop = vqVae.shape().hop(top);
        int length = sound.length / topHop * topHop;
        if (length == 0) {
            throw new RejectedException(new Rejection.PromptDoesNotFit(topHop, sound.length, topHop));
        }
        float[] whole = Arrays.copyOf(sound, length);
        List<int[]> levels = new ArrayList<>();
        for (int level = 0; level <= top; level++) {
            long[] codes = new ChunkedEncoder(vqVae.level(level)).encode(whole);
            levels.add(Arrays.stream(codes).mapToInt(Math::toIntExact).toArray());
        }
        return new SongCodes(levels);
    }

    /** How many levels it has. */
    public int levels() {
        return levels.size();
    }

    /** How many codes of a level exist. */
    public int length(int level) {
        return levels.get(level).length;
    }

    /** All codes of a level. */
    public int[] level(int level) {
        return levels.get(level).clone();
    }

    /**
     * Some codes of a level, all of which exist.
     *
     * @throws IllegalArgumentException if one of them does not exist
     */
    public int[] range(int level, CodeRange range) {
        if (range.end() > length(level)) {
            throw new IllegalArgumentException(
                    "codes " + range + " of level " + level + " are asked for, but only " + length(level) + " exist");
        }
        return Arrays.copyOfRange(levels.get(level), range.start(), range.end());
    }

    /**
     * The beginning of the song, as a prompt for another.
     *
     * @param samples how much of it in raw samples, a multiple of the top level's hop
     * @param hops raw samples per code of each level
     * @throws RejectedException if there is not so much of it, or {@code samples} is no whole number of codes
     */
    public SongCodes first(long samples, List<Integer> hops) {
        int topHop = hops.get(hops.size() - 1);
        long available = (long) length(levels() - 1) * topHop;
        if (samples <= 0 || samples % topHop != 0 || samples > available) {
            throw new RejectedException(new Rejection.PromptDoesNotFit(samples, available, topHop));
        }
        List<int[]> cut = new ArrayList<>();
        for (int level = 0; level < levels(); level++) {
            int codes = Math.toIntExact(samples / hops.get(level));
            cut.add(Arrays.copyOf(levels.get(level), Math.min(codes, length(level))));
        }
        return new SongCodes(cut);
    }

    /** The song with its top level alone, to be upsampled anew. */
    public SongCodes topOnly() {
        List<int[]> cut = new ArrayList<>(Collections.nCopies(levels(), new int[0]));
        cut.set(levels() - 1, levels.get(levels() - 1));
        return new SongCodes(cut);
    }

    /** The song with more codes behind those of a level. */
    public SongCodes with(int level, int[] more) {
        int[] joined = Arrays.copyOf(levels.get(level), length(level) + more.length);
        System.arraycopy(more, 0, joined, length(level), more.length);
        List<int[]> changed = new ArrayList<>(levels);
        changed.set(level, joined);
        return new SongCodes(changed);
    }
}
