package dev.segue.worker.sampling;

import dev.segue.contracts.window.Window;
import java.util.Objects;

/**
 * One window to be sampled, with everything that its codes depend on but the prior. Immutable: arrays are copied when
 * they come in and when they go out. Two jobs are never equal, not even of the same window.
 */
public final class WindowJob {
    private final Window window;
    private final long[] y;
    private final int[] known;
    private final int[] above;
    private final Sampling sampling;
    private final long seed;

    /**
     * Describes a window.
     *
     * @param window where it lies; {@link Window#added()} is what is to be written
     * @param y label row of the window (specification §8.5); null for an unlabelled prior
     * @param known codes that it is primed with, as many as {@link Window#context()} has
     * @param above codes of the level above that cover it; null for a top level
     * @param sampling how codes are drawn
     * @param seed of the song
     * @throws IllegalArgumentException if there are more or fewer codes than the window says
     */
    public WindowJob(Window window, long[] y, int[] known, int[] above, Sampling sampling, long seed) {
        this.window = Objects.requireNonNull(window, "window is null");
        this.y = y == null ? null : y.clone();
        this.known = known.clone();
        this.above = above == null ? null : above.clone();
        this.sampling = Objects.requireNonNull(sampling, "sampling is null");
        this.seed = seed;
        if (known.length != window.context().length()) {
            throw new IllegalArgumentException("known has " + known.length + " codes but the window's context has "
                    + window.context().length());
        }
        int conditions = window.condition() == null ? 0 : window.condition().length();
        if ((above == null ? 0 : above.length) != conditions) {
            throw new IllegalArgumentException("above has " + (above == null ? 0 : above.length)
                    + " codes but the window is conditioned on " + conditions);
        }
    }

    /** Where it lies. */
    public Window window() {
        return window;
    }

    /** Its label row; null for an unlabelled prior. */
    public long[] y() {
        return y == null ? null : y.clone();
    }

    /** The codes that it is primed with. */
    public int[] known() {
        return known.clone();
    }

    /** Codes of the level above that cover it; null for a top level. */
    public int[] above() {
        return above == null ? null : above.clone();
    }

    /** How its codes are drawn. */
    public Sampling sampling() {
        return sampling;
    }

    /** The seed of its song. */
    public long seed() {
        return seed;
    }
}
