package dev.segue.worker.weights;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A safetensors file, read through memory mapping: eight bytes of little-endian header length, a JSON header, raw
 * little-endian data. The file may be of any size; each tensor is mapped by itself and must be smaller than 2 GiB.
 *
 * <p>Immutable and safe for any thread. It holds no file handle between calls and {@link #close} has nothing to undo
 * but refuses later mappings; mappings live on until they are closed or collected.
 */
public final class SafetensorsFile implements Closeable {
    private final Path path;
    private final Map<String, TensorInfo> tensors;
    private volatile boolean closed;

    private SafetensorsFile(Path path, Map<String, TensorInfo> tensors) {
        this.path = path;
        this.tensors = tensors;
    }

    /**
     * Reads and checks the header.
     *
     * @throws WeightsException if the file is truncated, damaged or uses an element type that Segue does not read
     */
    public static SafetensorsFile open(Path path) throws IOException {
        try (FileChannel channel = LocalDisk.openToRead(path)) {
            long size = channel.size();
            ByteBuffer eight = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            long headerBytes = FileBytes.read(channel, path, 0, eight).getLong();
            if (headerBytes < 0 || headerBytes > size - 8 || headerBytes > SafetensorsHeader.MAX_BYTES) {
                throw new WeightsException.Malformed(
                        path,
                        "the header claims %s bytes, but the file has %d and %d are allowed; it is truncated or no safetensors file"
                                .formatted(Long.toUnsignedString(headerBytes), size, SafetensorsHeader.MAX_BYTES));
            }
            ByteBuffer header = ByteBuffer.allocate((int) headerBytes);
            FileBytes.read(channel, path, 8, header);
            long dataStart = 8 + headerBytes;
            return new SafetensorsFile(
                    path, new SafetensorsHeader(path, dataStart, size - dataStart).read(header.array()));
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

    /** Shapes by name, in the order of the header: what {@link StateDictCheck} compares. */
    public Map<String, List<Long>> shapes() {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        return shapes;
    }

    /**
     * The data of one tensor, mapped read-only and little-endian. It stays mapped until the collector finds the buffer
     * unused; use {@link #mapping} where memory must drop at once.
     */
    public ByteBuffer map(String name) throws IOException {
        TensorInfo tensor = mappable(name);
        try (FileChannel channel = LocalDisk.openToRead(path)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, tensor.position(), tensor.bytes())
                    .order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** The data of one tensor, mapped until the caller closes it. */
    public Mapping mapping(String name) throws IOException {
        TensorInfo tensor = mappable(name);
        try (FileChannel channel = LocalDisk.openToRead(path)) {
            return Mapping.of(channel, tensor.position(), tensor.bytes());
        }
    }

    private TensorInfo mappable(String name) throws WeightsException {
        if (closed) {
            throw new IllegalStateException(path + " was closed");
        }
        TensorInfo tensor = tensors.get(name);
        if (tensor == null) {
            throw new WeightsException.Mismatch(
                    path, "there is no tensor " + name + "; is it the file of another model?");
        }
        if (tensor.bytes() > Integer.MAX_VALUE) {
            throw new WeightsException.Unsupported(
                    path,
                    "tensor %s takes %d bytes, and one tensor may take at most %d; split it or store it in half precision"
                            .formatted(name, tensor.bytes(), Integer.MAX_VALUE));
        }
        return tensor;
    }

    /** Refuses later mappings; what is mapped stays so. */
    @Override
    public void close() {
        closed = true;
    }
}
