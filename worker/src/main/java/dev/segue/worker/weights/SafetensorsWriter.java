package dev.segue.worker.weights;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a safetensors file in bounded memory: all tensors are declared first, then their data arrives in pieces, in
 * any order of the tensors. The file appears under its name when {@link #commit} has found every tensor complete;
 * closing before that leaves nothing. Owned by one thread.
 */
public final class SafetensorsWriter implements Closeable {
    private static final int ALIGNMENT = 8;

    private final AtomicFile file;
    private final Map<String, TensorInfo> tensors;
    private final Map<String, Long> written = new HashMap<>();

    private SafetensorsWriter(AtomicFile file, Map<String, TensorInfo> tensors) {
        this.file = file;
        this.tensors = tensors;
    }

    /**
     * Begins a file.
     *
     * @param target where it will appear, replacing what is there
     * @param declared every tensor of it; they are stored widest type first, so that each begins aligned to its type
     * @throws WeightsException.NotWritable if the folder cannot take it
     * @throws IllegalArgumentException if a name is declared twice
     */
    public static SafetensorsWriter create(Path target, Collection<TensorSpec> declared) throws IOException {
        List<TensorSpec> inOrder = declared.stream()
                .sorted(Comparator.comparingInt(
                        (TensorSpec spec) -> -spec.type().bytes()))
                .toList();
        byte[] header = header(inOrder);
        Map<String, TensorInfo> tensors = new LinkedHashMap<>();
        long position = 8L + header.length;
        for (TensorSpec spec : inOrder) {
            TensorInfo info = spec.at(position);
            tensors.put(spec.name(), info);
            position += info.bytes();
        }
        AtomicFile file = AtomicFile.create(target);
        try {
            ByteBuffer start = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
            start.putLong(header.length).put(header).flip();
            FileBytes.write(file.channel(), 0, start);
            return new SafetensorsWriter(file, tensors);
        } catch (IOException e) {
            file.close();
            throw LocalDisk.explain(target, e);
        }
    }

    private static byte[] header(List<TensorSpec> specs) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode root = json.createObjectNode();
        long offset = 0;
        for (TensorSpec spec : specs) {
            if (root.has(spec.name()) || spec.name().equals(SafetensorsHeader.METADATA)) {
                throw new IllegalArgumentException("the tensor name " + spec.name() + " cannot be declared twice");
            }
            ObjectNode node =
                    root.putObject(spec.name()).put("dtype", spec.type().name());
            spec.shape().forEach(node.withArray("shape")::add);
            node.withArray("data_offsets").add(offset).add(offset += spec.at(0).bytes());
        }
        byte[] bytes = json.writeValueAsBytes(root);
        int padded = (bytes.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        String spaces = " ".repeat(padded - bytes.length);
        return (new String(bytes, StandardCharsets.UTF_8) + spaces).getBytes(StandardCharsets.UTF_8);
    }

    /** What the file will hold, with positions, in the order of its data. */
    public Map<String, TensorInfo> tensors() {
        return Map.copyOf(tensors);
    }

    /**
     * Adds the next bytes of a tensor's data, little-endian, row-major.
     *
     * @throws IllegalArgumentException if the tensor was not declared or gets more bytes than it has
     */
    public void write(String name, ByteBuffer data) throws IOException {
        TensorInfo tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("tensor " + name + " was not declared");
        }
        long before = written.getOrDefault(name, 0L);
        long after = before + data.remaining();
        if (after > tensor.bytes()) {
            throw new IllegalArgumentException(
                    "tensor %s has %d bytes, but %d were given".formatted(name, tensor.bytes(), after));
        }
        try {
            FileBytes.write(file.channel(), tensor.position() + before, data);
        } catch (IOException e) {
            throw LocalDisk.explain(file.target(), e);
        }
        written.put(name, after);
    }

    /** Forces the file to disk and gives it its name. */
    public void commit() throws IOException {
        for (TensorInfo tensor : tensors.values()) {
            long have = written.getOrDefault(tensor.name(), 0L);
            if (have != tensor.bytes()) {
                throw new IllegalStateException("tensor %s has %d bytes, but only %d were written"
                        .formatted(tensor.name(), tensor.bytes(), have));
            }
        }
        file.commit();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
