package dev.segue.worker.weights;

import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.worker.weights.PickleValue.Call;
import dev.segue.worker.weights.PickleValue.Dictionary;
import dev.segue.worker.weights.PickleValue.Entry;
import dev.segue.worker.weights.PickleValue.None;
import dev.segue.worker.weights.PickleValue.Outside;
import dev.segue.worker.weights.PickleValue.Whole;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file that {@code torch.save} wrote, of either container. Its pickles are read as data and never run; tensors are
 * streamed from the file. Owned by one thread.
 */
public final class TorchCheckpoint implements Closeable {
    private static final String PREFIX = "module.";

    private final Path file;
    private final FileChannel channel;
    private final TorchContents contents;
    private final TorchTensorReader reader;
    private final PickleShape shape;

    private TorchCheckpoint(Path file, FileChannel channel, TorchContents contents) {
        this.file = file;
        this.channel = channel;
        this.contents = contents;
        this.reader = new TorchTensorReader(file, channel);
        this.shape = new PickleShape(file);
    }

    /**
     * Reads the pickles of the file; tensors are read when asked for.
     *
     * @throws WeightsException if the file is truncated, damaged, hostile or uses what checkpoints do not
     */
    public static TorchCheckpoint open(Path file) throws IOException {
        FileChannel channel = LocalDisk.openToRead(file);
        try {
            return new TorchCheckpoint(file, channel, TorchContents.read(file, channel));
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    /** Where the file lies. */
    public Path path() {
        return file;
    }

    /** The object that was saved. */
    public PickleValue root() {
        return contents.root();
    }

    /** The value of {@code key} in the dictionary that was saved. */
    public Optional<PickleValue> get(String key) throws WeightsException {
        return shape.dictionary(root(), "the saved object").get(key);
    }

    /** The dictionary {@code model}: names without {@code module.} before them, and their tensors, in order. */
    public Map<String, TorchTensor> model() throws WeightsException {
        PickleValue model = get("model").orElse(None.NONE);
        Dictionary dictionary = shape.dictionary(model, "the entry \"model\"");
        Map<String, TorchTensor> tensors = new LinkedHashMap<>();
        Map<String, String> fullNames = new LinkedHashMap<>();
        for (Entry entry : dictionary.entries()) {
            String fullName = shape.text(entry.key(), "a name in \"model\"");
            String name = fullName.startsWith(PREFIX) ? fullName.substring(PREFIX.length()) : fullName;
            String before = fullNames.putIfAbsent(name, fullName);
            if (before != null && !before.equals(fullName)) {
                throw new WeightsException.Mismatch(
                        file, "\"model\" has both " + before + " and " + fullName + ", which are one name");
            }
            tensors.put(name, tensor(entry.value(), name));
        }
        return Collections.unmodifiableMap(tensors);
    }

    /** Training steps done, if the checkpoint says. */
    public Optional<Long> step() throws WeightsException {
        return get("step").flatMap(value -> value instanceof Whole whole ? whole.asLong() : Optional.empty());
    }

    /** The hyperparameters {@code hps} as JSON; what has no plain value there stands as a text that names it. */
    public JsonNode hps() throws WeightsException {
        return new PlainValues(file).json(get("hps").orElse(None.NONE));
    }

    /** {@code value} as JSON, as {@link #hps} does. */
    public JsonNode plain(PickleValue value) throws WeightsException {
        return new PlainValues(file).json(value);
    }

    /**
     * {@code value} as a tensor.
     *
     * @param name what to call it in an error
     */
    public TorchTensor tensor(PickleValue value, String name) throws WeightsException {
        if (value instanceof Call call && call.callee().module().equals("torch._utils")) {
            List<PickleValue> arguments = call.arguments();
            switch (call.callee().name()) {
                case "_rebuild_tensor", "_rebuild_tensor_v2" -> {
                    if (arguments.size() >= 4 && arguments.get(0) instanceof Outside outside) {
                        return TorchTensor.checked(
                                file,
                                storage(outside),
                                shape.natural(arguments.get(1), "the offset of " + name),
                                shape.naturals(arguments.get(2), "the shape of " + name),
                                shape.naturals(arguments.get(3), "the strides of " + name));
                    }
                }
                case "_rebuild_parameter" -> {
                    // A parameter wraps a plain tensor; a parameter of a parameter is none that torch writes.
                    if (!arguments.isEmpty()
                            && arguments.get(0) instanceof Call inner
                            && !inner.callee().name().equals("_rebuild_parameter")) {
                        return tensor(inner, name);
                    }
                }
                default -> {}
            }
        }
        throw new WeightsException.Malformed(
                file, name + " is " + (value instanceof Call ? value : "no call") + " where a tensor belongs");
    }

    private TorchStorage storage(Outside outside) throws WeightsException {
        StorageReference reference = StorageReference.of(file, outside);
        TorchStorage whole = contents.storages().get(reference.key());
        if (reference.view().isEmpty()) {
            return whole;
        }
        StorageReference.View view = reference.view().get();
        if (view.offset() > whole.elements() || view.elements() > whole.elements() - view.offset()) {
            throw new WeightsException.Malformed(
                    file,
                    "a view of %d elements from %d leaves storage %s of %d"
                            .formatted(view.elements(), view.offset(), whole.key(), whole.elements()));
        }
        return new TorchStorage(
                whole.key(),
                whole.type(),
                view.elements(),
                whole.position() + view.offset() * whole.type().bytes());
    }

    /**
     * Streams the elements of a tensor, row-major, little-endian, as {@code as}.
     *
     * @param sink takes the pieces, each at most a megabyte and valid only during the call
     */
    public void read(TorchTensor tensor, TensorType as, TorchTensorReader.Sink sink) throws IOException {
        reader.read(tensor, as, sink);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
