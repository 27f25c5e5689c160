package dev.segue.worker.jukebox.labels;

import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.model.TimingBounds;
import dev.segue.contracts.model.TimingShape;
import dev.segue.contracts.request.Rejection;
import java.util.Optional;

/**
 * How a top-level prior is told where in the song a window lies (specification §5.1). All arithmetic is in single
 * precision, as in the original: sample counts beyond 2²⁴ lose their low bits, and bins shift with them.
 */
public final class Timing {
    private final TimingShape shape;
    private final int sampleRate;
    private final int context;

    /**
     * The timing of windows of one length.
     *
     * @param shape the timing tables
     * @param sampleRate the prior's own rate, whatever the sound's may be, in Hz
     * @param context music codes of a window
     */
    public Timing(TimingShape shape, int sampleRate, int context) {
        this.shape = shape;
        this.sampleRate = sampleRate;
        this.context = context;
    }

    /** The timing of a prior that has it. */
    public static Timing of(PriorShape prior) {
        return new Timing(prior.timing(), prior.sampleRate(), prior.context());
    }

    /**
     * The bins of one window.
     *
     * @param totalLength of the song, in samples
     * @param offset of the window in the song, in samples
     * @param windowSamples of the full window
     * @throws IllegalArgumentException if a bin falls outside its table; {@link #check} says beforehand
     */
    public TimeBins bins(long totalLength, long offset, long windowSamples) {
        float total = totalLength;
        float start = offset;
        float length = windowSamples;
        float relativeStart = start / total;
        float relativeLength = Math.min((start + length) / total, 1.0f) - relativeStart;
        int[] absolute = new int[context];
        int[] relative = new int[context];
        for (int i = 0; i < context; i++) {
            float share = (float) i / (float) context;
            absolute[i] = bin(start + length * share, 0, shape.maxSeconds() * sampleRate);
            relative[i] = bin(relativeStart + relativeLength * share, 0, 1);
        }
        int totalBin = bin(total, shape.minSeconds() * sampleRate, shape.maxSeconds() * sampleRate);
        return new TimeBins(totalBin, absolute, relative);
    }

    /**
     * Why windows from {@code offset} to the one that starts at {@code lastOffset}, all in samples of a song of
     * {@code totalLength}, cannot be told of; empty if they can.
     */
    public Optional<Rejection> check(long totalLength, long offset, long lastOffset, long windowSamples) {
        return new TimingBounds(shape, sampleRate).check(totalLength, offset, lastOffset, windowSamples);
    }

    private int bin(float value, double from, double to) {
        float share = (value - (float) from) / (float) (to - from);
        int bin = (int) Math.floor(shape.bins() * share);
        if (bin < 0 || bin >= shape.bins()) {
            throw new IllegalArgumentException("timing bin of " + value + " is " + bin + " but must be from 0 to "
                    + (shape.bins() - 1) + "; the value must lie in [" + from + ", " + to + ")");
        }
        return bin;
    }
}
