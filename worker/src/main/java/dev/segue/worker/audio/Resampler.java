package dev.segue.worker.audio;

import java.util.Arrays;

/**
 * Brings mono sound from one rate to another, piece by piece in bounded memory, with a windowed sinc: what passes keeps
 * its loudness up to 0.92 of the lower Nyquist frequency, and what lies above it ends 120 dB down. Output sample n lies
 * at second n / to, exactly, for sound of any length; n inputs give ⌈n · to / from⌉ outputs. At equal rates it is the
 * identity.
 *
 * <p>Written first, then read until nothing comes. Owned by one thread.
 */
public final class Resampler {
    /** Coefficients that are kept; beyond, for rates without a large common divisor, each output computes its own. */
    private static final int KEPT = 1 << 20;

    private static final SincKernel KERNEL = new SincKernel();

    private final int up;
    private final int down;
    private final double scale;
    private final int reach;
    private final double[][] phases;
    private float[] held = new float[0];
    private int count;
    /** Input index of held[0]. */
    private long first;

    private boolean ended;
    private long next;

    /**
     * A resampler.
     *
     * @param from samples per second of what is written
     * @param to samples per second of what is read
     */
    public Resampler(int from, int to) {
        if (from < 1 || to < 1) {
            throw new IllegalArgumentException(
                    "sound of " + from + " samples per second cannot become one of " + to + "; both must be positive");
        }
        int divisor = greatestCommonDivisor(from, to);
        this.up = to / divisor;
        this.down = from / divisor;
        this.scale = Math.min(1, (double) to / from);
        this.reach = up == down ? 0 : (int) Math.ceil(SincKernel.HALF_WIDTH / scale);
        this.phases = (long) up * reach * 2 <= KEPT ? new double[up][] : null;
    }

    /** Adds the first {@code length} samples of {@code sound}. */
    public void write(float[] sound, int length) {
        discard();
        if (held.length < count + length) {
            held = Arrays.copyOf(held, count + length);
        }
        System.arraycopy(sound, 0, held, count, length);
        count += length;
    }

    /** Says that nothing more will be written. */
    public void end() {
        ended = true;
    }

    /** Reads up to {@code length} samples to {@code into}; fewer, even none, until more is written. */
    public int read(float[] into, int offset, int length) {
        long written = first + count;
        int made = 0;
        while (made < length) {
            long position = next * down;
            long index = position / up;
            if (ended ? index >= written : index + reach >= written) {
                break;
            }
            into[offset + made++] = reach == 0 ? held[(int) (index - first)] : sample(index, (int) (position % up));
            next++;
        }
        return made;
    }

    private float sample(long index, int phase) {
        double[] coefficients = coefficients(phase);
        double sum = 0;
        int from = (int) (index - reach + 1 - first);
        int begin = Math.max(0, -from);
        int end = Math.min(coefficients.length, count - from);
        for (int i = begin; i < end; i++) {
            sum += coefficients[i] * held[from + i];
        }
        return (float) sum;
    }

    private double[] coefficients(int phase) {
        if (phases == null) {
            return compute(phase);
        }
        if (phases[phase] == null) {
            phases[phase] = compute(phase);
        }
        return phases[phase];
    }

    private double[] compute(int phase) {
        double[] coefficients = new double[2 * reach];
        double sum = 0;
        for (int i = 0; i < coefficients.length; i++) {
            coefficients[i] = KERNEL.at(((double) phase / up - (i - reach + 1)) * scale);
            sum += coefficients[i];
        }
        for (int i = 0; i < coefficients.length; i++) {
            coefficients[i] /= sum;
        }
        return coefficients;
    }

    /** Forgets what no later output needs. */
    private void discard() {
        long needed = Math.max(first, next * down / up - reach + 1);
        int gone = (int) Math.min(count, needed - first);
        System.arraycopy(held, gone, held, 0, count - gone);
        count -= gone;
        first += gone;
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
