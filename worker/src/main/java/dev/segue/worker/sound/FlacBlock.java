package dev.segue.worker.sound;

/**
 * One block of mono samples as a FLAC frame (RFC 9639 §9): of a constant, the fixed and some computed predictors and
 * plain samples, whichever is shortest.
 */
final class FlacBlock {
    private static final int MOST_TAPS = 12;
    /** Orders of computed predictors that are tried. */
    private static final int[] ORDERS = {2, 4, 6, 8, 10, 12};

    private final int[] samples;
    private final int count;
    private final int bits;
    private long[] residual;
    private FlacRice rice;
    private LinearPrediction prediction;
    private int order;
    private long cost;

    /**
     * A block.
     *
     * @param samples the first {@code count} of which are meant
     * @param bits of a sample
     */
    FlacBlock(int[] samples, int count, int bits) {
        this.samples = samples;
        this.count = count;
        this.bits = bits;
        this.cost = (long) count * bits;
    }

    /** The frame: header, one subframe, checksums. */
    byte[] frame(long number, int wholeBlock, int sampleRate) {
        FlacOutput out = new FlacOutput();
        header(out, number, wholeBlock, sampleRate);
        subframe(out);
        out.align();
        out.put(16, out.crc16());
        return out.toBytes();
    }

    private void header(FlacOutput out, long number, int wholeBlock, int sampleRate) {
        boolean whole = count == wholeBlock;
        out.put(15, FlacFrameHeader.SYNC);
        out.put(1, 0); // Blocks of one size.
        out.put(4, whole ? Integer.numberOfTrailingZeros(wholeBlock) : 7);
        out.put(4, FlacFrameHeader.rateCode(sampleRate));
        out.put(4, 0); // One channel.
        out.put(3, FlacFrameHeader.bitsCode(bits));
        out.put(1, 0);
        putNumber(out, number);
        if (!whole) {
            out.put(16, count - 1);
        }
        out.put(Byte.SIZE, out.crc8());
    }

    /** As UTF-8 writes a code point, but up to 36 bits. */
    private static void putNumber(FlacOutput out, long number) {
        if (number < 0x80) {
            out.put(Byte.SIZE, number);
            return;
        }
        int more = 1;
        while (number >>> (6 * more + Math.max(0, 6 - more)) != 0) {
            more++;
        }
        out.put(Byte.SIZE, ((0xFF << (7 - more)) & 0xFF) | (number >>> (6 * more)));
        for (int i = more - 1; i >= 0; i--) {
            out.put(Byte.SIZE, 0x80 | ((number >>> (6 * i)) & 0x3F));
        }
    }

    private void subframe(FlacOutput out) {
        if (constant()) {
            out.put(8, 0);
            out.put(bits, samples[0]);
            return;
        }
        for (int fixed = 0; fixed < FlacSubframe.FIXED.length; fixed++) {
            consider(fixed, new LinearPrediction(FlacSubframe.FIXED[fixed], 0), null, 0);
        }
        LinearPrediction[] predictors = LinearPrediction.ofBlock(samples, count, MOST_TAPS);
        for (int taps : ORDERS) {
            LinearPrediction predictor = predictors[taps - 1];
            if (predictor != null) {
                consider(taps, predictor, predictor, 4 + 5 + (long) taps * LinearPrediction.PRECISION);
            }
        }
        if (rice == null) {
            out.put(8, 1 << 1);
            for (int i = 0; i < count; i++) {
                out.put(bits, samples[i]);
            }
            return;
        }
        out.put(8, (prediction == null ? 8 + order : 31 + order) << 1);
        for (int i = 0; i < order; i++) {
            out.put(bits, samples[i]);
        }
        if (prediction != null) {
            out.put(4, LinearPrediction.PRECISION - 1);
            out.put(5, prediction.shift());
            for (long coefficient : prediction.coefficients()) {
                out.put(LinearPrediction.PRECISION, coefficient);
            }
        }
        rice.write(out, residual, count, order);
    }

    private boolean constant() {
        for (int i = 1; i < count; i++) {
            if (samples[i] != samples[0]) {
                return false;
            }
        }
        return true;
    }

    private void consider(int taps, LinearPrediction predictor, LinearPrediction stored, long storedBits) {
        if (taps >= count) {
            return;
        }
        long[] missed = new long[count];
        for (int i = taps; i < count; i++) {
            long sum = 0;
            for (int j = 0; j < taps; j++) {
                sum += predictor.coefficients()[j] * samples[i - 1 - j];
            }
            missed[i] = samples[i] - (sum >> predictor.shift());
            if (missed[i] <= Integer.MIN_VALUE || missed[i] > Integer.MAX_VALUE) {
                return;
            }
        }
        FlacRice found = FlacRice.best(missed, count, taps);
        long total = (long) taps * bits + storedBits + found.bits();
        if (total < cost) {
            cost = total;
            order = taps;
            residual = missed;
            rice = found;
            prediction = stored;
        }
    }
}
