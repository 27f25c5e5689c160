package dev.segue.worker.sound;

/**
 * How a residual is written: cut into equal partitions, each in Rice codes of its own parameter (RFC 9639 §9.2.7).
 *
 * @param partitionOrder binary logarithm of the number of partitions
 * @param parameters one per partition
 * @param bits that it all takes
 */
@SuppressWarnings("ArrayRecordComponent")
record FlacRice(int partitionOrder, int[] parameters, long bits) {
    private static final int MOST_ORDER = 6;
    private static final int MOST_PARAMETER = 30;
    /** Parameters up to this one fit the shorter of two methods. */
    private static final int SHORT_PARAMETER = 14;

    /** The shortest way to write {@code residual} from index {@code order}. */
    static FlacRice best(long[] residual, int count, int order) {
        FlacRice best = null;
        for (int partitions = 0; partitions <= MOST_ORDER; partitions++) {
            int length = count >> partitions;
            if (length << partitions != count || length <= order) {
                break;
            }
            FlacRice rice = of(residual, count, order, partitions);
            if (best == null || rice.bits < best.bits) {
                best = rice;
            }
        }
        return best;
    }

    private static FlacRice of(long[] residual, int count, int order, int partitionOrder) {
        int[] parameters = new int[1 << partitionOrder];
        int length = count >> partitionOrder;
        long bits = 2 + 4;
        boolean wide = false;
        for (int partition = 0; partition < parameters.length; partition++) {
            int from = partition == 0 ? order : partition * length;
            int to = (partition + 1) * length;
            long sum = 0;
            for (int i = from; i < to; i++) {
                sum += fold(residual[i]);
            }
            int parameter = guess(sum, to - from);
            long least = cost(residual, from, to, parameter);
            for (int next = parameter - 1; next <= parameter + 1; next += 2) {
                if (next >= 0 && next <= MOST_PARAMETER && cost(residual, from, to, next) < least) {
                    least = cost(residual, from, to, next);
                    parameters[partition] = next;
                    parameter = next;
                }
            }
            parameters[partition] = parameter;
            wide |= parameter > SHORT_PARAMETER;
            bits += least;
        }
        return new FlacRice(partitionOrder, parameters, bits + parameters.length * (wide ? 5L : 4L));
    }

    private static int guess(long sum, int count) {
        long mean = sum / Math.max(1, count);
        return Math.min(MOST_PARAMETER, mean == 0 ? 0 : Long.SIZE - 1 - Long.numberOfLeadingZeros(mean));
    }

    private static long cost(long[] residual, int from, int to, int parameter) {
        long bits = (to - from) * (1L + parameter);
        for (int i = from; i < to; i++) {
            bits += fold(residual[i]) >>> parameter;
        }
        return bits;
    }

    private static long fold(long value) {
        return value << 1 ^ value >> 63;
    }

    void write(FlacOutput out, long[] residual, int count, int order) {
        int method = 0;
        for (int parameter : parameters) {
            method |= parameter > SHORT_PARAMETER ? 1 : 0;
        }
        out.put(2, method);
        out.put(4, partitionOrder);
        int length = count >> partitionOrder;
        for (int partition = 0; partition < parameters.length; partition++) {
            int parameter = parameters[partition];
            out.put(4 + method, parameter);
            for (int i = partition == 0 ? order : partition * length; i < (partition + 1) * length; i++) {
                long folded = fold(residual[i]);
                out.putUnary(folded >>> parameter);
                out.put(parameter, folded);
            }
        }
    }
}
