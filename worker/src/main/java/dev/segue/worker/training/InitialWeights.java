package dev.segue.worker.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.segue.contracts.model.VqVaeShape;
import dev.segue.worker.jukebox.VqVaeNames;
import dev.segue.worker.jukebox.VqVaeWeights;
import dev.segue.worker.weights.SafetensorsFile;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What a VQ-VAE in training begins with. All tensors are attached to the given manager and may be written to. */
interface InitialWeights {
    NDList encoder(NDManager owner, int level);

    NDList decoder(NDManager owner, int level);

    /** [codes, embedding] */
    NDArray codebook(NDManager owner, int level);

    /** Those of a file. */
    static InitialWeights from(VqVaeShape shape, SafetensorsFile file) {
        VqVaeWeights weights = new VqVaeWeights(file);
        weights.refuseOthersThan(shape);
        return new InitialWeights() {
            @Override
            public NDList encoder(NDManager owner, int level) {
                return copies(weights.tensors(owner, VqVaeNames.encoder(shape, level)));
            }

            @Override
            public NDList decoder(NDManager owner, int level) {
                return copies(weights.tensors(owner, VqVaeNames.decoder(shape, level)));
            }

            @Override
            public NDArray codebook(NDManager owner, int level) {
                return copies(new NDList(weights.codebook(owner, shape, level))).get(0);
            }

            /** Training writes to weights, and a mapped file cannot be written to. */
            private NDList copies(NDList mapped) {
                NDList copies = new NDList(mapped.size());
                mapped.forEach(tensor -> copies.add(tensor.duplicate()));
                mapped.close();
                return copies;
            }
        };
    }

    /**
     * Random ones: uniform within ±1/√fan-in, where the fan-in of weights (out, in, kernel) is in · kernel, of their
     * biases the same, and of transposed ones (in, out, kernel) it is out · kernel, so that either way it is the product
     * of all lengths but the first (specification §7.4). Codebooks are zero until the first batch.
     */
    static InitialWeights random(VqVaeShape shape, RandomGenerator random) {
        return new InitialWeights() {
            @Override
            public NDList encoder(NDManager owner, int level) {
                return draw(owner, VqVaeNames.encoder(shape, level));
            }

            @Override
            public NDList decoder(NDManager owner, int level) {
                return draw(owner, VqVaeNames.decoder(shape, level));
            }

            @Override
            public NDArray codebook(NDManager owner, int level) {
                return owner.zeros(new Shape(shape.codes(), shape.embeddingWidth()));
            }

            private NDList draw(NDManager owner, Map<String, List<Long>> names) {
                NDList tensors = new NDList(names.size());
                double bound = 0;
                for (List<Long> lengths : names.values()) {
                    if (lengths.size() == 3) { // a bias follows its weight
                        bound = 1 / Math.sqrt((double) (lengths.get(1) * lengths.get(2)));
                    }
                    Shape shape = new Shape(lengths.stream().mapToLong(n -> n).toArray());
                    float[] values = new float[Math.toIntExact(shape.size())];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
                    }
                    tensors.add(owner.create(values, shape));
                }
                return tensors;
            }
        };
    }
}
