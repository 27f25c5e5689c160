package dev.segue.worker.weights;

import dev.segue.worker.weights.PickleValue.Global;
import dev.segue.worker.weights.PickleValue.None;
import dev.segue.worker.weights.PickleValue.Outside;
import dev.segue.worker.weights.PickleValue.Sequence;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a checkpoint's pickle names a storage.
 *
 * @param key the storage that holds the data
 * @param type element type
 * @param elements how many that storage has
 * @param view the part of it that is meant; empty for all of it
 */
record StorageReference(String key, TensorType type, long elements, Optional<View> view) {
    private static final Map<String, TensorType> TYPES = Map.of(
            "DoubleStorage", TensorType.F64,
            "FloatStorage", TensorType.F32,
            "HalfStorage", TensorType.F16,
            "BFloat16Storage", TensorType.BF16,
            "LongStorage", TensorType.I64,
            "IntStorage", TensorType.I32,
            "ShortStorage", TensorType.I16,
            "CharStorage", TensorType.I8,
            "ByteStorage", TensorType.U8,
            "BoolStorage", TensorType.BOOL);

    /** A storage that is a part of another, which only legacy files have; in elements. */
    record View(long offset, long elements) {}

    static StorageReference of(Path file, Outside outside) throws WeightsException {
        PickleShape shape = new PickleShape(file);
        List<PickleValue> id = outside.id();
        if (id.size() < 5
                || id.size() > 6
                || !shape.text(id.get(0), "a reference").equals("storage")) {
            throw new WeightsException.Malformed(
                    file, "a reference of the pickle is no storage; is this a checkpoint?");
        }
        TensorType type = type(file, id.get(1));
        long elements = shape.natural(id.get(4), "the length of a storage");
        Optional<View> view = Optional.empty();
        if (id.size() == 6 && id.get(5) != None.NONE) {
            Sequence part = shape.sequence(id.get(5), "the view of a storage");
            if (part.items().size() != 3) {
                throw new WeightsException.Malformed(file, "the view of a storage needs key, offset and length");
            }
            view = Optional.of(new View(
                    shape.natural(part.items().get(1), "the offset of a view"),
                    shape.natural(part.items().get(2), "the length of a view")));
        }
        return new StorageReference(shape.text(id.get(2), "the key of a storage"), type, elements, view);
    }

    private static TensorType type(Path file, PickleValue storageClass) throws WeightsException {
        if (storageClass instanceof Global global
                && (global.module().equals("torch") || global.module().equals("torch.cuda"))
                && TYPES.containsKey(global.name())) {
            return TYPES.get(global.name());
        }
        throw new WeightsException.Unsupported(
                file, "a storage is of " + storageClass + "; known are the torch classes " + TYPES.keySet());
    }

    /** Bytes of the whole storage. */
    long bytes(Path file) throws WeightsException {
        if (elements > Long.MAX_VALUE / type.bytes()) {
            throw new WeightsException.Malformed(file, "storage " + key + " claims " + elements + " elements");
        }
        return elements * type.bytes();
    }
}
