package dev.segue.worker.jukebox;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.segue.contracts.model.VqVaeShape;
import dev.segue.worker.weights.SafetensorsFile;
import dev.segue.worker.weights.TensorInfo;
import dev.segue.worker.weights.TensorType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A VQ-VAE's weights file, strict about names and shapes; float16 is widened, since the VQ-VAE computes in float32. */
public record VqVaeWeights(SafetensorsFile file) {

    /** Refuses a file with a tensor that the shape does not have. */
    public void refuseOthersThan(VqVaeShape shape) {
        Set<String> unknown = new HashSet<>(file.tensors().keySet());
        for (int level = 0; level < shape.levels(); level++) {
            unknown.removeAll(VqVaeNames.encoder(shape, level).keySet());
            unknown.removeAll(VqVaeNames.decoder(shape, level).keySet());
            unknown.remove(VqVaeNames.codebook(level));
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(file.path() + " has " + unknown.size()
                    + " tensors that are no part of a "
                    + shape.levels() + "-level VQ-VAE, " + unknown.iterator().next()
                    + " among them; use the shape it was trained with");
        }
    }

    /** The named tensors in order; on a CPU they lie in the mapped file and cannot be written to. */
    public NDList tensors(NDManager owner, Map<String, List<Long>> names) {
        NDList tensors = new NDList(names.size());
        names.forEach((name, expected) -> tensors.add(tensor(owner, name, expected)));
        return tensors;
    }

    /** [codes, embedding]. */
    public NDArray codebook(NDManager owner, VqVaeShape shape, int level) {
        return tensor(owner, VqVaeNames.codebook(level), List.of((long) shape.codes(), (long) shape.embeddingWidth()));
    }

    private NDArray tensor(NDManager owner, String name, List<Long> expected) {
        TensorInfo info = file.tensors().get(name);
        if (info == null) {
            throw new IllegalArgumentException(
                    file.path() + " lacks " + name + "; use the weights that belong to this shape");
        }
        if (!info.shape().equals(expected)) {
            throw new IllegalArgumentException(file.path() + ": " + name + " is " + info.shape() + " instead of "
                    + expected + "; use the shape it was trained with");
        }
        Shape shape = new Shape(expected.stream().mapToLong(n -> n).toArray());
        try {
            if (info.type() == TensorType.F32) {
                return owner.create(file.map(name), shape, DataType.FLOAT32);
            } else if (info.type() == TensorType.F16) {
                try (NDArray half = owner.create(file.map(name), shape, DataType.FLOAT16)) {
                    return half.toType(DataType.FLOAT32, true);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalArgumentException(
                file.path() + ": " + name + " is " + info.type() + "; a VQ-VAE is read from F32 or F16");
    }
}
