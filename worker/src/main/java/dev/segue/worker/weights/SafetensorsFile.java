package dev.segue.worker.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A safetensors file, read through memory mapping: eight bytes of little-endian header length, a JSON header, raw
 * little-endian data.
 */
public final class SafetensorsFile {
    private final Path path;
    private final Map<String, TensorInfo> tensors;

    private SafetensorsFile(Path path, Map<String, TensorInfo> tensors) {
        this.path = path;
        this.tensors = tensors;
    }

    public static SafetensorsFile open(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            channel.read(length, 0);
            int headerBytes = Math.toIntExact(length.flip().getLong());
            ByteBuffer header = ByteBuffer.allocate(headerBytes);
            channel.read(header, 8);
            JsonNode json = new ObjectMapper().readTree(header.array());
            Map<String, TensorInfo> tensors = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> entry : json.properties()) {
                if (entry.getKey().equals("__metadata__")) {
                    continue;
                }
                JsonNode node = entry.getValue();
                List<Long> shape = new ArrayList<>();
                node.get("shape").forEach(n -> shape.add(n.asLong()));
                long position =
                        8L + headerBytes + node.get("data_offsets").get(0).asLong();
                TensorType type = TensorType.valueOf(node.get("dtype").asText());
                tensors.put(entry.getKey(), new TensorInfo(entry.getKey(), type, shape, position));
            }
            return new SafetensorsFile(path, Collections.unmodifiableMap(tensors));
        }
    }

    /** Where the file lies. */
    public Path path() {
        return path;
    }

    /** What the file holds, by name, in the order of its header. */
    public Map<String, TensorInfo> tensors() {
        return tensors;
    }

    /** Maps the data of one tensor. */
    public ByteBuffer map(String name) throws IOException {
        TensorInfo tensor = tensors.get(name);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, tensor.position(), tensor.bytes())
                    .order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
