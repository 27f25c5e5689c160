package dev.segue.contracts.model;

/** How far apart the taps of each residual block's convolution lie (specification §2.2). */
public final class Dilations {
    private Dilations() {}

    /**
     * The dilation of each block of a stack, in the order of execution: block j has growth^(j mod cycle).
     *
     * @param cycle after how many blocks the dilation starts again at 1; null if never
     * @param reversed whether the largest comes first
     */
    public static long[] of(int depth, int growth, Integer cycle, boolean reversed) {
        long[] dilations = new long[depth];
        for (int j = 0; j < depth; j++) {
            int power = cycle == null ? j : j % cycle;
            long dilation = 1;
            for (int i = 0; i < power; i++) {
                dilation = Math.multiplyExact(dilation, growth);
            }
            dilations[reversed ? depth - 1 - j : j] = dilation;
        }
        return dilations;
    }
}
