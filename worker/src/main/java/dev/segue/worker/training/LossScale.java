package dev.segue.worker.training;

/**
 * The factor that keeps half-precision gradients from vanishing (specification §11.2): it grows a little after every
 * good step and is halved when a loss or a gradient is not finite.
 *
 * @param value the factor
 * @param window good steps in which it doubles, fp16_scale_window
 */
public record LossScale(double value, double window) {
    private static final double FIRST = 1 << 16;
    private static final double LARGEST = 1 << 24;

    /** Where training starts. */
    public static LossScale initial(double window) {
        return new LossScale(FIRST, window);
    }

    /** The scale after a step that went well. */
    public LossScale afterGoodStep() {
        return new LossScale(Math.min(value * Math.pow(2, 1 / window), LARGEST), window);
    }

    /** The scale after a step that overflowed and was skipped. */
    public LossScale afterOverflow() {
        return new LossScale(value / 2, window);
    }
}
