package dev.segue.worker.corpus;

/**
 * Sines from a table. A phase is an int, 2³² of which are one turn, so that phases add up without rounding and a
 * harmonic's phase is a product that wraps around.
 */
final class Sines {
    private static final int BITS = 12;
    private static final int FRACTION_BITS = Integer.SIZE - BITS;
    private static final int FRACTION_MASK = (1 << FRACTION_BITS) - 1;
    private static final double FRACTION = 1.0 / (1 << FRACTION_BITS);
    private static final double TURN = 4294967296.0;
    private static final double[] TABLE = table();

    private Sines() {}

    private static double[] table() {
        double[] table = new double[(1 << BITS) + 1];
        for (int i = 0; i < table.length; i++) {
            table[i] = StrictMath.sin(2 * StrictMath.PI * i / (1 << BITS));
        }
        return table;
    }

    static double sine(int phase) {
        int index = phase >>> FRACTION_BITS;
        double low = TABLE[index];
        return low + (TABLE[index + 1] - low) * ((phase & FRACTION_MASK) * FRACTION);
    }

    /** By how much a phase moves per sample. */
    static int step(double frequency, int sampleRate) {
        return (int) (long) (frequency / sampleRate * TURN);
    }
}
