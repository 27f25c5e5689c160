package dev.segue.worker.jukebox;

import java.util.stream.IntStream;

/** Attention as section 4.2 defines it, key by key, in double precision: what the factored kind is held against. */
final class PlainAttention {
    private final AttentionWeights weights;
    private final AttentionPattern pattern;
    private final int blockLength;
    private final int prefix;

    /**
     * @param blockLength bc
     * @param prefix P', rounded
     */
    PlainAttention(AttentionWeights weights, AttentionPattern pattern, int blockLength, int prefix) {
        this.weights = weights;
        this.pattern = pattern;
        this.blockLength = blockLength;
        this.prefix = prefix;
    }

    /** The attention of one item: x [T][W], memory [M][W] for cross layers → [T][W]. */
    double[][] apply(float[][] x, float[][] memory) {
        int a = weights.inner();
        boolean cross = pattern == AttentionPattern.CROSS;
        double[][] q = linear(x, weights.attnW(), weights.attnB());
        double[][] kv = cross ? linear(memory, weights.memoryW(), weights.memoryB()) : q;
        int keyColumn = cross ? 0 : a;
        double[][] y = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            int position = i;
            int[] keys = IntStream.range(0, kv.length)
                    .filter(key -> mayAttend(position, key))
                    .toArray();
            float[] mixed = new float[a];
            for (int head = 0; head < weights.heads(); head++) {
                attend(q[i], kv, keys, head, keyColumn, mixed);
            }
            y[i] = linear(new float[][] {mixed}, weights.projW(), weights.projB())[0];
        }
        return y;
    }

    private boolean mayAttend(int i, int j) {
        int block = i / blockLength;
        return switch (pattern) {
            case DENSE -> j <= i;
            case OWN_BLOCK -> block * blockLength <= j && j <= i;
            case COLUMN -> j <= i && j % blockLength == i % blockLength;
            case PREVIOUS_BLOCK -> j / blockLength == block - 1;
            case BLOCK_SUMMARIES -> j / blockLength < block && j % blockLength == blockLength - 1;
            case CROSS -> true;
            case LYRIC_PREFIX -> j <= i && j < prefix;
            case SPREAD -> throw new IllegalArgumentException("cannot be sampled");
        };
    }

    private void attend(double[] q, double[][] kv, int[] keys, int head, int keyColumn, float[] mixed) {
        int d = weights.inner() / weights.heads();
        int first = head * d;
        // A key of zeros has a score of 0 and a value of nothing.
        boolean zeroKey = pattern == AttentionPattern.BLOCK_SUMMARIES;
        double whole = zeroKey ? 1 : 0;
        double[] sum = new double[d];
        for (int key : keys) {
            double score = 0;
            for (int c = first; c < first + d; c++) {
                score += q[c] * kv[key][keyColumn + c];
            }
            double weight = Math.exp(score / Math.sqrt(d));
            whole += weight;
            for (int c = 0; c < d; c++) {
                sum[c] += weight * kv[key][keyColumn + weights.inner() + first + c];
            }
        }
        for (int c = 0; c < d; c++) {
            mixed[first + c] = whole == 0 ? 0 : (float) (sum[c] / whole);
        }
    }

    private static double[][] linear(float[][] x, float[] w, float[] b) {
        double[][] y = new double[x.length][b.length];
        for (int row = 0; row < x.length; row++) {
            for (int out = 0; out < b.length; out++) {
                y[row][out] = b[out];
                for (int in = 0; in < x[row].length; in++) {
                    y[row][out] += x[row][in] * (double) w[in * b.length + out];
                }
            }
        }
        return y;
    }
}
