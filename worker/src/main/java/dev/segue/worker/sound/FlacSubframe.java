package dev.segue.worker.sound;

import java.io.IOException;
import java.util.Arrays;

/** One channel of a FLAC frame: a prediction of each sample from those before it, and what it missed (RFC 9639 §9.2). */
final class FlacSubframe {
    /** Coefficients of the fixed predictors, by order: of the last sample, the one before, ... */
    static final long[][] FIXED = {{}, {1}, {2, -1}, {3, -3, 1}, {4, -6, 4, -1}};

    private FlacSubframe() {}

    /**
     * Reads the first {@code count} samples of {@code into}.
     *
     * @param bits of a sample, one more for a difference of channels
     */
    static void read(FlacInput in, int bits, long[] into, int count) throws IOException {
        if (in.unsigned(1) != 0) {
            throw in.damaged("has a subframe that does not begin with a zero");
        }
        int type = (int) in.unsigned(6);
        int wasted = in.unsigned(1) == 0 ? 0 : (int) Math.min(Long.SIZE, in.unary() + 1);
        int stored = bits - wasted;
        if (stored < 1) {
            throw in.damaged("has a subframe of samples without bits");
        }
        if (type == 0) {
            Arrays.fill(into, 0, count, in.signed(stored));
        } else if (type == 1) {
            for (int i = 0; i < count; i++) {
                into[i] = in.signed(stored);
            }
        } else if (type >= 8 && type <= 12) {
            predicted(in, type - 8, stored, into, count, false);
        } else if (type >= 32) {
            predicted(in, type - 31, stored, into, count, true);
        } else {
            throw in.damaged("has a subframe of a reserved kind");
        }
        for (int i = 0; wasted > 0 && i < count; i++) {
            into[i] <<= wasted;
        }
    }

    private static void predicted(FlacInput in, int order, int bits, long[] into, int count, boolean linear)
            throws IOException {
        if (order > count) {
            throw in.damaged("has a subframe shorter than its predictor");
        }
        for (int i = 0; i < order; i++) {
            into[i] = in.signed(bits);
        }
        long[] coefficients = linear ? new long[order] : FIXED[order];
        int shift = 0;
        if (linear) {
            int precision = (int) in.unsigned(4) + 1;
            shift = (int) in.signed(5);
            if (precision == 16 || shift < 0) {
                throw in.damaged("has a predictor of forbidden precision");
            }
            for (int i = 0; i < order; i++) {
                coefficients[i] = in.signed(precision);
            }
        }
        residual(in, order, into, count);
        for (int i = order; i < count; i++) {
            long sum = 0;
            for (int j = 0; j < order; j++) {
                sum += coefficients[j] * into[i - 1 - j];
            }
            into[i] += sum >> shift;
        }
    }

    private static void residual(FlacInput in, int order, long[] into, int count) throws IOException {
        int method = (int) in.unsigned(2);
        int partitionOrder = (int) in.unsigned(4);
        int length = count >> partitionOrder;
        if (method > 1 || length << partitionOrder != count || length < order) {
            throw in.damaged("has a residual that cannot be divided as it says");
        }
        int parameterBits = 4 + method;
        int escape = (1 << parameterBits) - 1;
        for (int partition = 0; partition < 1 << partitionOrder; partition++) {
            int from = partition == 0 ? order : partition * length;
            int to = (partition + 1) * length;
            int parameter = (int) in.unsigned(parameterBits);
            int raw = parameter == escape ? (int) in.unsigned(5) : 0;
            for (int i = from; i < to; i++) {
                if (parameter == escape) {
                    into[i] = in.signed(raw);
                } else {
                    long folded = in.unary() << parameter | in.unsigned(parameter);
                    into[i] = folded >>> 1 ^ -(folded & 1);
                }
            }
        }
    }
}
