package dev.segue.worker.jukebox.alignment;

import java.util.function.IntUnaryOperator;

/**
 * A grey image of bytes with the two operations that the alignment page needs, in the arithmetic of the imaging library
 * that the original used: every pass rounds to bytes. Confined to whoever makes it.
 */
final class ByteImage {
    private static final int WHITE = 255;
    /** Support of the cubic filter on either side, in output pixels. */
    private static final double CUBIC_SUPPORT = 2;

    private static final double CUBIC_A = -0.5;
    /** 1 in the fixed-point numbers of a box blur. */
    private static final int ONE = 1 << 24;
    /** Box blurs whose succession stands for a Gaussian. */
    private static final int BOX_PASSES = 3;

    private final int[][] rows;
    private final int width;

    ByteImage(int height, int width) {
        this.rows = new int[height][width];
        this.width = width;
    }

    int height() {
        return rows.length;
    }

    void set(int row, int column, int value) {
        rows[row][column] = value;
    }

    int[][] rows() {
        int[][] copy = new int[rows.length][];
        for (int row = 0; row < copy.length; row++) {
            copy[row] = rows[row].clone();
        }
        return copy;
    }

    /** Resized to {@code height} rows by a cubic filter, widened by the reduction so that every row counts. */
    ByteImage withRows(int height) {
        ByteImage resized = new ByteImage(height, width);
        double scale = (double) rows.length / height;
        double spread = Math.max(scale, 1);
        for (int row = 0; row < height; row++) {
            double centre = (row + 0.5) * scale;
            int from = Math.max(0, (int) (centre - CUBIC_SUPPORT * spread + 0.5));
            int to = Math.min(rows.length, (int) (centre + CUBIC_SUPPORT * spread + 0.5));
            double[] share = new double[to - from];
            double sum = 0;
            for (int i = 0; i < share.length; i++) {
                share[i] = cubic((from + i - centre + 0.5) / spread);
                sum += share[i];
            }
            for (int column = 0; column < width; column++) {
                double value = 0;
                for (int i = 0; i < share.length; i++) {
                    value += share[i] / sum * rows[from + i][column];
                }
                resized.rows[row][column] = (int) Math.max(0, Math.min(WHITE, Math.floor(value + 0.5)));
            }
        }
        return resized;
    }

    /** Blurred like a Gaussian of {@code deviation} pixels, by three box blurs along rows and three along columns. */
    ByteImage blurred(double deviation) {
        ByteImage blurred = new ByteImage(rows.length, width);
        double radius = boxRadius(deviation);
        for (int row = 0; row < rows.length; row++) {
            int[] line = rows[row].clone();
            for (int pass = 0; pass < BOX_PASSES; pass++) {
                line = box(line, radius);
            }
            blurred.rows[row] = line;
        }
        for (int column = 0; column < width; column++) {
            int[] line = new int[rows.length];
            for (int row = 0; row < line.length; row++) {
                line[row] = blurred.rows[row][column];
            }
            for (int pass = 0; pass < BOX_PASSES; pass++) {
                line = box(line, radius);
            }
            for (int row = 0; row < line.length; row++) {
                blurred.rows[row][column] = line[row];
            }
        }
        return blurred;
    }

    /** The fractional radius whose box, applied three times, has the variance of the Gaussian. */
    private static double boxRadius(double deviation) {
        double variance = deviation * deviation / BOX_PASSES;
        double whole = Math.floor((Math.sqrt(12 * variance + 1) - 1) / 2);
        double rest =
                (2 * whole + 1) * (whole * (whole + 1) - 3 * variance) / (6 * (variance - (whole + 1) * (whole + 1)));
        return whole + rest;
    }

    /** One box blur; the outermost pixel on either side counts by the fraction of the radius, edges are repeated. */
    private static int[] box(int[] line, double radius) {
        int whole = (int) radius;
        int inner = (int) (ONE / ((float) radius * 2 + 1));
        int outer = (ONE - (2 * whole + 1) * inner) / 2;
        IntUnaryOperator at = i -> line[Math.max(0, Math.min(line.length - 1, i))];
        int[] blurred = new int[line.length];
        for (int i = 0; i < line.length; i++) {
            int ends = at.applyAsInt(i - whole - 1) + at.applyAsInt(i + whole + 1);
            int middle = 0;
            for (int j = i - whole; j <= i + whole; j++) {
                middle += at.applyAsInt(j);
            }
            blurred[i] = (int) (((long) middle * inner + (long) ends * outer + ONE / 2) / ONE);
        }
        return blurred;
    }

    private static double cubic(double signed) {
        double x = Math.abs(signed);
        if (x < 1) {
            return ((CUBIC_A + 2) * x - (CUBIC_A + 3)) * x * x + 1;
        }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * CUBIC_A : 0;
    }
}
