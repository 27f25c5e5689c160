package dev.segue.contracts.window;

import dev.segue.contracts.request.RejectedException;
import dev.segue.contracts.request.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which windows a level is sampled in, exactly as the original cuts it (specification §9.1, §9.2). Pure functions; all
 * lengths are in codes unless samples are written.
 */
public final class WindowSchedule {
    private WindowSchedule() {}

    /** Samples of a song of {@code seconds}: whole codes of the top level, whose hop is {@code topHop} samples. */
    public static long sampleLength(double seconds, int sampleRate, int topHop) {
        return (long) (seconds * sampleRate) / topHop * topHop;
    }

    /**
     * Why a song of {@code sampleLength} raw samples cannot be sampled at {@code levels}: it is no whole number of codes,
     * or a conditioned level would be shorter than one window (its conditioner needs a full slice of the level above).
     */
    public static Optional<Rejection> check(List<Level> levels, long sampleLength) {
        for (Level level : levels) {
            if (sampleLength <= 0 || sampleLength % level.hop() != 0) {
                return Optional.of(new Rejection.NoWholeCodes(sampleLength, level.number(), level.hop()));
            }
            if (level.conditioned() && sampleLength < level.windowSamples()) {
                return Optional.of(
                        new Rejection.TooShortToUpsample(sampleLength, level.number(), level.windowSamples()));
            }
        }
        return Optional.empty();
    }

    /**
     * Why the first {@code promptSamples} of codes that last {@code availableSamples} cannot be kept: only whole codes of
     * the top level that exist can (specification §9.3). A prompt in seconds is made such a number by
     * {@link #sampleLength}.
     */
    public static Optional<Rejection> checkPrompt(long promptSamples, long availableSamples, int topHop) {
        return promptSamples < 0 || promptSamples % topHop != 0 || promptSamples > availableSamples
                ? Optional.of(new Rejection.PromptDoesNotFit(promptSamples, availableSamples, topHop))
                : Optional.empty();
    }

    /**
     * Starts of the windows of a level of {@code total} codes, at least {@code context}. They lie {@code hop} apart but
     * for the last, which is moved back so that it is full.
     *
     * @throws IllegalArgumentException if there is less than one window, or the hop is no code
     */
    public static List<Integer> starts(int total, int context, int hop) {
        if (total < context) {
            throw new IllegalArgumentException("total is " + total + " codes but must be at least one window of "
                    + context + "; a shorter level is one partial window");
        }
        if (hop < 1) {
            throw new IllegalArgumentException(
                    "window hop is " + hop + " codes but must be at least 1; raise the hop fraction");
        }
        List<Integer> starts = new ArrayList<>();
        int start = 0;
        while (start + context < total) {
            starts.add(start);
            start += hop;
        }
        starts.add(total - context);
        return List.copyOf(starts);
    }

    /**
     * The windows that bring a level from {@code existing} codes to {@code total}, in order, including those that have
     * nothing to do. Each assumes that those before it were sampled.
     *
     * @throws RejectedException if an upsampled level is shorter than a window
     */
    public static List<Window> windows(Level level, int total, int existing, PartialWindow rule) {
        if (total < level.context()) {
            return List.of(partial(level, total, existing, rule));
        }
        List<Window> windows = new ArrayList<>();
        int codes = existing;
        for (int start : starts(total, level.context(), level.windowHop())) {
            Window window = window(level, start, codes, level.context());
            windows.add(window);
            codes += window.added().length();
        }
        return List.copyOf(windows);
    }

    /**
     * The windows of a whole level in the original's way with partial ones.
     *
     * @throws RejectedException if an upsampled level is shorter than a window
     */
    public static List<Window> windows(Level level, int total, int existing) {
        return windows(level, total, existing, PartialWindow.APPEND_TOTAL);
    }

    /**
     * The single window of a level of {@code total} codes, fewer than one window holds.
     *
     * @throws RejectedException if the level is upsampled, which takes whole windows
     */
    public static Window partial(Level level, int total, int existing, PartialWindow rule) {
        if (level.conditioned()) {
            throw new RejectedException(new Rejection.TooShortToUpsample(
                    (long) total * level.hop(), level.number(), level.windowSamples()));
        }
        return switch (rule) {
            case FILL_TO_TOTAL -> window(level, 0, existing, total);
            case APPEND_TOTAL ->
                existing < level.context() - total
                        ? window(level, 0, existing, existing + total)
                        : window(level, existing - level.context() + total, existing, level.context());
        };
    }

    /**
     * Codes of the level above that condition the window at {@code start}.
     *
     * @param factor codes of this level per code of the level above; divides start and context
     * @throws IllegalArgumentException if it does not
     */
    public static CodeRange condition(int start, int context, int factor) {
        if (start % factor != 0 || context % factor != 0) {
            throw new IllegalArgumentException("window start " + start + " and context " + context
                    + " must be multiples of " + factor + ", the codes per code of the level above");
        }
        return new CodeRange(start / factor, (start + context) / factor);
    }

    /**
     * Sizes of the pieces in which {@code length} known positions are fed, {@code chunk} at most each.
     *
     * @throws IllegalArgumentException if {@code chunk} is less than 1
     */
    public static List<Integer> primeChunks(int length, int chunk) {
        return pieces(length, chunk);
    }

    /**
     * Sizes of the batches in which {@code samples} are sampled, {@code largest} at most each.
     *
     * @throws IllegalArgumentException if {@code largest} is less than 1
     */
    public static List<Integer> batches(int samples, int largest) {
        return pieces(samples, largest);
    }

    private static Window window(Level level, int start, int existing, int requested) {
        CodeRange span = new CodeRange(start, start + level.context());
        int known = Math.min(Math.max(existing, start), span.end());
        int added = Math.max(0, start + requested - known);
        return new Window(
                level.number(),
                span,
                new CodeRange(start, known),
                new CodeRange(known, known + added),
                level.conditioned() ? condition(start, level.context(), level.conditionFactor()) : null);
    }

    private static List<Integer> pieces(int whole, int largest) {
        if (largest < 1) {
            throw new IllegalArgumentException("piece size is " + largest + " but must be at least 1");
        }
        List<Integer> pieces = new ArrayList<>();
        for (int done = 0; done < whole; done += largest) {
            pieces.add(Math.min(largest, whole - done));
        }
        return List.copyOf(pieces);
    }
}
