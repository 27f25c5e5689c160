package dev.segue.worker.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A checkpoint as torch writes it, in either container. Storages without data become holes of the file, so that huge
 * ones cost no space.
 */
record CheckpointFile(List<Storage> storages, List<Tensor> tensors, long step) {

    /** Elements that tensors are views of; {@code data} may be null. */
    record Storage(String key, String type, int elementBytes, long elements, ByteBuffer data) {
        static Storage floats(String key, float... values) {
            ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
            for (float value : values) {
                data.putFloat(value);
            }
            return new Storage(key, "FloatStorage", 4, values.length, data.flip());
        }

        static Storage hole(String key, long floats) {
            return new Storage(key, "FloatStorage", 4, floats, null);
        }

        long bytes() {
            return elements * elementBytes;
        }
    }

    /** A named view. */
    record Tensor(String name, String storage, long offset, List<Long> shape, List<Long> strides) {
        static Tensor row(String name, String storage, long elements) {
            return new Tensor(name, storage, 0, List.of(elements), List.of(1L));
        }
    }

    /** As many floats as asked for, in tensors of 10 million. */
    static CheckpointFile ofFloats(long floats) {
        long each = 10_000_000;
        List<Storage> storages = new ArrayList<>();
        List<Tensor> tensors = new ArrayList<>();
        for (long i = 0; i * each < floats; i++) {
            long elements = Math.min(each, floats - i * each);
            storages.add(Storage.hole(Long.toString(i), elements));
            tensors.add(Tensor.row("tensor." + i, Long.toString(i), elements));
        }
        return new CheckpointFile(storages, tensors, 7);
    }

    Map<String, List<Long>> shapes() {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        tensors.forEach(tensor -> shapes.put(tensor.name(), tensor.shape()));
        return shapes;
    }

    private byte[] pickle(boolean legacy) {
        PickleBytes bytes = new PickleBytes().op('}').op('(').text("model").global("collections", "OrderedDict");
        bytes.op(')').op('R').op('(');
        for (Tensor tensor : tensors) {
            Storage storage = storages.stream()
                    .filter(s -> s.key().equals(tensor.storage()))
                    .findFirst()
                    .orElseThrow();
            bytes.text(tensor.name())
                    .global("torch._utils", "_rebuild_tensor_v2")
                    .op('(');
            bytes.storage(storage.type(), storage.key(), storage.elements(), legacy);
            bytes.whole(tensor.offset()).tuple(tensor.shape()).tuple(tensor.strides());
            bytes.op(0x89)
                    .global("collections", "OrderedDict")
                    .op(')')
                    .op('R')
                    .op('t')
                    .op('R');
        }
        return bytes.op('u').text("step").whole(step).op('u').end();
    }

    Path legacy(Path file) throws IOException {
        try (FileChannel out = open(file)) {
            write(
                    out,
                    new PickleBytes()
                            .op(0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19)
                            .end());
            write(out, new PickleBytes().op('M', 0xe9, 0x03).end());
            write(
                    out,
                    new PickleBytes()
                            .op('}')
                            .text("little_endian")
                            .op(0x88)
                            .op('s')
                            .end());
            write(out, pickle(true));
            PickleBytes keys = new PickleBytes().op(']').op('(');
            storages.forEach(storage -> keys.text(storage.key()));
            write(out, keys.op('e').end());
            for (Storage storage : storages) {
                write(
                        out,
                        ByteBuffer.allocate(8)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .putLong(storage.elements())
                                .array());
                data(out, storage);
            }
            finish(out);
        }
        return file;
    }

    Path zip(Path file, boolean zip64) throws IOException {
        return zip(file, zip64, 0);
    }

    Path zip(Path file, boolean zip64, int method) throws IOException {
        try (FileChannel out = open(file)) {
            List<ByteBuffer> directory = new ArrayList<>();
            byte[] pickle = pickle(false);
            directory.add(begin(out, "archive/data.pkl", pickle.length, zip64, method));
            write(out, pickle);
            for (Storage storage : storages) {
                directory.add(begin(out, "archive/data/" + storage.key(), storage.bytes(), zip64, method));
                data(out, storage);
            }
            long start = out.position();
            for (ByteBuffer entry : directory) {
                write(out, entry);
            }
            end(out, directory.size(), start, zip64);
            finish(out);
        }
        return file;
    }

    private static ByteBuffer begin(FileChannel out, String name, long bytes, boolean zip64, int method)
            throws IOException {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        int narrow = zip64 ? -1 : (int) bytes;
        long position = out.position();
        ByteBuffer local = little(30 + utf8.length + 5);
        local.putInt(0x04034b50).putShort((short) 45).putShort((short) 0).putShort((short) method);
        local.putInt(0).putInt(0).putInt(narrow).putInt(narrow);
        local.putShort((short) utf8.length).putShort((short) 5).put(utf8).put(new byte[] {'F', 'B', 1, 0, 'Z'});
        write(out, local.flip());
        ByteBuffer central = little(46 + utf8.length + (zip64 ? 28 : 0));
        central.putInt(0x02014b50).putInt(45).putShort((short) 0).putShort((short) method);
        central.putInt(0).putInt(0).putInt(narrow).putInt(narrow).putShort((short) utf8.length);
        central.putShort((short) (zip64 ? 28 : 0)).putShort((short) 0).putInt(0).putInt(0);
        central.putInt(zip64 ? -1 : (int) position).put(utf8);
        if (zip64) {
            central.putShort((short) 1)
                    .putShort((short) 24)
                    .putLong(bytes)
                    .putLong(bytes)
                    .putLong(position);
        }
        return central.flip();
    }

    private static void end(FileChannel out, int entries, long start, boolean zip64) throws IOException {
        long end = out.position();
        if (zip64) {
            ByteBuffer record = little(56 + 20);
            record.putInt(0x06064b50).putLong(44).putInt(0).putInt(0).putInt(0);
            record.putLong(entries).putLong(entries).putLong(end - start).putLong(start);
            record.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
            write(out, record.flip());
        }
        ByteBuffer last = little(22);
        last.putInt(0x06054b50).putInt(0).putShort((short) entries).putShort((short) entries);
        last.putInt(zip64 ? -1 : (int) (end - start))
                .putInt(zip64 ? -1 : (int) start)
                .putShort((short) 0);
        write(out, last.flip());
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private static void data(FileChannel out, Storage storage) throws IOException {
        if (storage.data() == null) {
            out.position(out.position() + storage.bytes());
        } else {
            write(out, storage.data().duplicate());
        }
    }

    /** Makes a hole at the end part of the file. */
    private static void finish(FileChannel out) throws IOException {
        if (out.size() < out.position()) {
            out.write(ByteBuffer.allocate(1), out.position() - 1);
        }
    }

    private static void write(FileChannel out, byte[] bytes) throws IOException {
        write(out, ByteBuffer.wrap(bytes));
    }

    private static void write(FileChannel out, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
    }
}
