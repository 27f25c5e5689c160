package dev.segue.worker.training;

/** The two small formulas of a training step that belong nowhere else (specification §11.2). */
public final class TrainingArithmetic {
    private TrainingArithmetic() {}

    /**
     * By what gradients are divided: the loss scale, and the excess of their norm over the limit.
     *
     * @param norm Euclidean norm of all gradients after dividing by {@code lossScale}
     * @param clip largest norm that is left alone
     * @param lossScale factor on the loss; 1 in full precision
     */
    public static double gradientDivisor(double norm, double clip, double lossScale) {
        return lossScale * Math.max(1, norm / clip);
    }

    /** The share of the old average that one step keeps, by default: 0.999 for eight items a step. */
    public static double averagingFactor(int batchSize, int devices) {
        return 1 - batchSize * (double) devices / 8 / 1000;
    }
}
