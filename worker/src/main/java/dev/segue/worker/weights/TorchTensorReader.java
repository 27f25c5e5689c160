package dev.segue.worker.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * Streams the elements of tensors, row-major and converted, in pieces of at most a megabyte. Owned by one thread,
 * whose pieces are reused: a sink must not keep them.
 */
public final class TorchTensorReader {
    private static final int PIECE = 1 << 18;

    private final Path file;
    private final FileChannel channel;
    private ByteBuffer source;
    private ByteBuffer converted;

    TorchTensorReader(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    private static ByteBuffer chunk(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Receives the elements of a tensor piece by piece. */
    @FunctionalInterface
    public interface Sink {
        /** Takes little-endian elements; the buffer is only valid during the call. */
        void accept(ByteBuffer elements) throws IOException;
    }

    void read(TorchTensor tensor, TensorType as, Sink sink) throws IOException {
        TensorType type = tensor.storage().type();
        if (!ElementConversion.possible(type, as)) {
            throw new WeightsException.Mismatch(
                    file, "a tensor of %s cannot become %s; only floating-point types convert".formatted(type, as));
        }
        if (tensor.elements() == 0) {
            return;
        }
        if (source == null) {
            source = chunk(PIECE);
            // Two-byte elements may become eight-byte ones.
            converted = chunk(4 * PIECE);
        }
        if (tensor.contiguous()) {
            readContiguous(tensor, as, sink);
        } else {
            readStrided(tensor, as, sink);
        }
    }

    private void readContiguous(TorchTensor tensor, TensorType as, Sink sink) throws IOException {
        TensorType type = tensor.storage().type();
        long position = tensor.storage().position() + tensor.offset() * type.bytes();
        long end = position + tensor.elements() * type.bytes();
        while (position < end) {
            source.clear().limit((int) Math.min(PIECE, end - position));
            position += source.limit();
            FileBytes.read(channel, file, position - source.limit(), source);
            give(type, as, sink);
        }
    }

    /** Gathers from a mapping, because the elements of one row may lie all over the storage. */
    private void readStrided(TorchTensor tensor, TensorType as, Sink sink) throws IOException {
        TensorType type = tensor.storage().type();
        long span = (tensor.lastElement() - tensor.offset() + 1) * type.bytes();
        if (span > Integer.MAX_VALUE) {
            throw new WeightsException.Unsupported(
                    file,
                    "a tensor of shape %s and strides %s is spread over %d bytes, and at most %d are read; save it contiguous"
                            .formatted(tensor.shape(), tensor.strides(), span, Integer.MAX_VALUE));
        }
        long start = tensor.storage().position() + tensor.offset() * type.bytes();
        try (Mapping mapping = Mapping.of(channel, start, span)) {
            ByteBuffer data = mapping.data();
            Odometer odometer = new Odometer(tensor.shape(), tensor.strides());
            source.clear();
            for (long i = 0; i < tensor.elements(); i++) {
                copy(data, Math.toIntExact(odometer.next() * type.bytes()), type.bytes());
                if (!source.hasRemaining()) {
                    source.flip();
                    give(type, as, sink);
                    source.clear();
                }
            }
            source.flip();
            give(type, as, sink);
        }
    }

    private void copy(ByteBuffer data, int at, int bytes) {
        switch (bytes) {
            case 8 -> source.putLong(data.getLong(at));
            case 4 -> source.putInt(data.getInt(at));
            case 2 -> source.putShort(data.getShort(at));
            default -> source.put(data.get(at));
        }
    }

    private void give(TensorType type, TensorType as, Sink sink) throws IOException {
        if (type == as) {
            sink.accept(source);
        } else {
            converted.clear();
            ElementConversion.convert(source, type, converted, as);
            sink.accept(converted.flip());
        }
    }

    /** Walks the indices of a tensor row-major and gives their places in the storage, from the offset. */
    private static final class Odometer {
        private final long[] lengths;
        private final long[] steps;
        private final long[] index;
        private long place;

        Odometer(List<Long> shape, List<Long> strides) {
            lengths = shape.stream().mapToLong(Long::longValue).toArray();
            steps = strides.stream().mapToLong(Long::longValue).toArray();
            index = new long[lengths.length];
        }

        long next() {
            long now = place;
            for (int axis = lengths.length - 1; axis >= 0; axis--) {
                place += steps[axis];
                if (++index[axis] < lengths[axis]) {
                    break;
                }
                place -= lengths[axis] * steps[axis];
                index[axis] = 0;
            }
            return now;
        }
    }
}
