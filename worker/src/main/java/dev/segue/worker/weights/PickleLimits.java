package dev.segue.worker.weights;

/**
 * What one pickle may take. The largest published checkpoint needs about 20 000 values and 200 kB; one with an
 * optimiser's state ten times that.
 *
 * @param bytes length of the pickle
 * @param values values it makes and memo entries it keeps, each
 * @param textBytes length of one string or integer
 */
record PickleLimits(long bytes, int values, int textBytes) {
    static final PickleLimits CHECKPOINT = new PickleLimits(64L << 20, 1_500_000, 1 << 20);
}
