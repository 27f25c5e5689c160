package dev.segue.worker.weights;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes pickles operation by operation, also ones that nobody should write. */
final class PickleBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PickleBytes() {
        op(0x80, 2);
    }

    PickleBytes op(int... bytes) {
        for (int b : bytes) {
            out.write(b);
        }
        return this;
    }

    PickleBytes op(char operation) {
        return op((int) operation);
    }

    PickleBytes int32(int value) {
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
        return this;
    }

    PickleBytes text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        op('X').int32(utf8.length);
        out.writeBytes(utf8);
        return this;
    }

    /** An integer of any size, as LONG1. */
    PickleBytes whole(long value) {
        return op(0x8a, 8).int64(value);
    }

    private PickleBytes int64(long value) {
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array());
        return this;
    }

    PickleBytes global(String module, String name) {
        out.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    PickleBytes tuple(List<Long> values) {
        op('(');
        values.forEach(this::whole);
        return op('t');
    }

    /** The tuple that stands for a storage, and the operation that refers to it. */
    PickleBytes storage(String type, String key, long elements, boolean legacy) {
        op('(').text("storage").global("torch", type).text(key).text("cpu").whole(elements);
        return (legacy ? op('N') : this).op('t').op('Q');
    }

    byte[] end() {
        op('.');
        return out.toByteArray();
    }
}
