package dev.segue.worker.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Turns a torch checkpoint into a safetensors file, streaming: memory does not depend on the size of the checkpoint.
 * Every name of the state dict is written with data of its own, also where the checkpoint has two names for one
 * storage, so that a reader needs to know nothing of ties.
 *
 * @param expected names and shapes that the checkpoint must have, no more and no less
 * @param types element types to write
 */
public record CheckpointConversion(Map<String, List<Long>> expected, TypePolicy types) {

    public CheckpointConversion {
        // Kept in the caller's order, in which errors list names.
        expected = new LinkedHashMap<>(expected);
        Objects.requireNonNull(types, "types is null");
    }

    /** Hears of every tensor when it was written. */
    @FunctionalInterface
    public interface Progress {
        /** {@code done} of {@code total} bytes are written. */
        void wrote(String tensor, long done, long total);
    }

    /**
     * Converts {@code checkpoint} to {@code target}, which appears whole or not at all.
     *
     * @throws WeightsException if the checkpoint cannot be read, is of another model, or the target cannot be written
     */
    public void convert(Path checkpoint, Path target, Progress progress) throws IOException {
        try (TorchCheckpoint source = TorchCheckpoint.open(checkpoint)) {
            Map<String, TorchTensor> tensors = source.model();
            Map<String, List<Long>> shapes = new LinkedHashMap<>();
            tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
            StateDictCheck.check(checkpoint, shapes, expected);
            write(source, tensors, target, progress);
        }
    }

    private void write(TorchCheckpoint source, Map<String, TorchTensor> tensors, Path target, Progress progress)
            throws IOException {
        List<TensorSpec> specs = new ArrayList<>();
        long total = 0;
        for (Map.Entry<String, TorchTensor> entry : tensors.entrySet()) {
            TorchTensor tensor = entry.getValue();
            TensorType type = types.of(entry.getKey(), tensor.storage().type());
            specs.add(new TensorSpec(entry.getKey(), type, tensor.shape()));
            total += tensor.elements() * type.bytes();
        }
        // In the order of the file, so that a disk reads it from front to back.
        specs.sort(Comparator.comparingLong(spec -> {
            TorchTensor tensor = tensors.get(spec.name());
            return tensor.storage().position()
                    + tensor.offset() * tensor.storage().type().bytes();
        }));
        try (SafetensorsWriter writer = SafetensorsWriter.create(target, specs)) {
            long done = 0;
            for (TensorSpec spec : specs) {
                TorchTensor tensor = tensors.get(spec.name());
                source.read(tensor, spec.type(), piece -> writer.write(spec.name(), piece));
                done += tensor.elements() * spec.type().bytes();
                progress.wrote(spec.name(), done, total);
            }
            writer.commit();
        }
    }
}
