package dev.segue.standalone.bench;

import java.io.IOException;
import java.util.List;

/**
 * What the first steps of a training came to, by which two of them are known to do the same.
 *
 * @param losses of each step's batch before the step
 * @param gradientNorms of each step, before clipping
 * @param moved how far the parameters then are from their moving average, in the norm of all of them together
 */
record TrainingTrace(List<Double> losses, List<Double> gradientNorms, double moved) {
    private static final double LOSS = 1e-4;
    private static final double GRADIENT_NORM = 1e-3;

    /** Wider, since Adam makes much of gradients that are next to nothing. */
    private static final double MOVED = 1e-2;

    TrainingTrace {
        losses = List.copyOf(losses);
        gradientNorms = List.copyOf(gradientNorms);
    }

    /**
     * Refuses a peer that computes something else.
     *
     * @return the largest difference between two losses, as a share of ours
     */
    double requireSame(TrainingTrace peer) throws IOException {
        double largest = requireSame("loss", losses, peer.losses, LOSS);
        requireSame("gradient norm", gradientNorms, peer.gradientNorms, GRADIENT_NORM);
        requireSame("way from the moving average", List.of(moved), List.of(peer.moved), MOVED);
        return largest;
    }

    private static double requireSame(String what, List<Double> ours, List<Double> theirs, double tolerance)
            throws IOException {
        if (theirs.size() != ours.size()) {
            throw new IOException("--peer says a " + what + " for " + theirs.size() + " steps but must for "
                    + ours.size() + ", those that the job names as compared");
        }
        double largest = 0;
        for (int step = 0; step < ours.size(); step++) {
            double difference = Math.abs(theirs.get(step) - ours.get(step)) / Math.abs(ours.get(step));
            if (!(difference <= tolerance)) { // so too where one is no number
                throw new IOException("--peer computes something else: its " + what + " is " + theirs.get(step)
                        + " at compared step " + step + " and ours is " + ours.get(step) + ", which is more than "
                        + tolerance + " of it away; give it the same mathematics, or leave --peer out");
            }
            largest = Math.max(largest, difference);
        }
        return largest;
    }
}
