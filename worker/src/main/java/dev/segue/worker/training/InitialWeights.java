package dev.segue.worker.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.segue.contracts.model.VqVaeShape;
import dev.segue.worker.jukebox.Parameters;
import dev.segue.worker.jukebox.StateDict;
import dev.segue.worker.weights.SafetensorsFile;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What a VQ-VAE in training begins with. */
@FunctionalInterface
interface InitialWeights {
    /** Float32 tensors with the names and shapes of {@code expected}, in that order, which {@code owner} frees. */
    NDList tensors(NDManager owner, Map<String, StateDict.Entry> expected);

    /**
     * Those of a file.
     *
     * @throws IllegalArgumentException if it has a tensor that the shape does not
     */
    static InitialWeights from(VqVaeShape shape, SafetensorsFile file) {
        Parameters.refuseOthers(file, StateDict.of(shape));
        return (owner, expected) -> Parameters.copies(file, expected, owner);
    }

    /**
     * Random ones: uniform within ±1/√fan-in, where the fan-in of weights (out, in, kernel) is in · kernel, of their
     * biases the same, and of transposed ones (in, out, kernel) it is out · kernel, so that either way it is the product
     * of all lengths but the first (specification §7.4). Codebooks are zero until the first batch.
     */
    static InitialWeights random(RandomGenerator random) {
        return (owner, expected) -> {
            NDList tensors = new NDList(expected.size());
            double bound = 0;
            for (StateDict.Entry entry : expected.values()) {
                Shape shape = new Shape(entry.shape().stream().mapToLong(n -> n).toArray());
                if (shape.dimension() == 2) { // a codebook
                    tensors.add(owner.zeros(shape));
                    continue;
                }
                if (shape.dimension() == 3) { // a bias follows its weight
                    bound = 1 / Math.sqrt((double) (shape.get(1) * shape.get(2)));
                }
                tensors.add(uniform(owner, shape, bound, random));
            }
            return tensors;
        };
    }

    private static NDArray uniform(NDManager owner, Shape shape, double bound, RandomGenerator random) {
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
        return owner.create(values, shape);
    }
}
