package dev.segue.worker.sampling;

import dev.segue.contracts.window.Window;
import java.util.Objects;

/**
 * One window to be sampled, with everything that its codes depend on but the prior.
 *
 * @param window where it lies; {@link Window#added()} is what is to be written
 * @param y label row of the window (specification §8.5); null for an unlabelled prior
 * @param known codes that it is primed with, as many as {@link Window#context()} has
 * @param above codes of the level above that cover it; null for a top level
 * @param sampling how codes are drawn
 * @param seed of the song
 */
public record WindowJob(Window window, long[] y, int[] known, int[] above, Sampling sampling, long seed) {

    public WindowJob {
        Objects.requireNonNull(window, "window is null");
        Objects.requireNonNull(sampling, "sampling is null");
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
}
