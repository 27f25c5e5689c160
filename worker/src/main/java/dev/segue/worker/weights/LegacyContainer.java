package dev.segue.worker.weights;

import dev.segue.worker.weights.PickleValue.Dictionary;
import dev.segue.worker.weights.PickleValue.Flag;
import dev.segue.worker.weights.PickleValue.Outside;
import dev.segue.worker.weights.PickleValue.Whole;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What torch wrote before release 1.6: five pickles (a magic number, a version, the writer's machine, the object, the
 * order of the storages), then each storage as element count and raw elements. What follows the last one is ignored, as
 * torch does.
 */
final class LegacyContainer {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long VERSION = 1001;
    private static final int COUNT_BYTES = 8;

    private final Path file;
    private final FileChannel channel;
    private final long size;
    private long position;

    private LegacyContainer(Path file, FileChannel channel, long size) {
        this.file = file;
        this.channel = channel;
        this.size = size;
    }

    static TorchContents read(Path file, FileChannel channel) throws IOException {
        return new LegacyContainer(file, channel, channel.size()).contents();
    }

    private TorchContents contents() throws IOException {
        List<Outside> references = new ArrayList<>();
        checkMagic();
        checkVersion(pickle(references));
        checkByteOrder(pickle(references));
        PickleValue root = pickle(references);
        PickleValue order = pickle(references);
        Map<String, StorageReference> wanted = TorchContents.byKey(file, references);
        Map<String, TorchStorage> storages = new LinkedHashMap<>();
        for (PickleValue item : TorchContents.list(file, order, "the list of storages")) {
            String key = new PickleShape(file).text(item, "the key of a storage");
            StorageReference reference = wanted.get(key);
            if (reference == null || storages.containsKey(key)) {
                throw new WeightsException.Malformed(
                        file,
                        "the list of storages names " + key
                                + (reference == null ? ", which nothing refers to" : " twice"));
            }
            storages.put(key, storage(reference));
        }
        for (String key : wanted.keySet()) {
            if (!storages.containsKey(key)) {
                throw new WeightsException.Malformed(
                        file, "the list of storages lacks " + key + ", which a tensor refers to");
            }
        }
        return new TorchContents(root, storages);
    }

    private TorchStorage storage(StorageReference reference) throws IOException {
        ByteBuffer eight = ByteBuffer.allocate(COUNT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long count = FileBytes.read(channel, file, position, eight).getLong();
        if (count != reference.elements()) {
            throw new WeightsException.Malformed(
                    file,
                    "storage %s has %d elements in its data and %d in the pickle; the file is damaged, fetch it again"
                            .formatted(reference.key(), count, reference.elements()));
        }
        long start = position + COUNT_BYTES;
        long bytes = reference.bytes(file);
        if (bytes > size - start) {
            throw new WeightsException.Malformed(
                    file,
                    "storage %s needs %d bytes from byte %d, but the file ends at byte %d; it is truncated, fetch it again"
                            .formatted(reference.key(), bytes, start, size));
        }
        position = start + bytes;
        return new TorchStorage(reference.key(), reference.type(), count, start);
    }

    private PickleValue pickle(List<Outside> references) throws IOException {
        PickleInput in = new PickleInput(file, channel, position, size, PickleLimits.CHECKPOINT);
        PickleValue value = PickleReader.read(in, references::add);
        position = in.position();
        return value;
    }

    private void checkMagic() throws IOException {
        String what =
                "the file is neither a torch checkpoint nor a zip archive; is it an error page or another format?";
        PickleValue magic;
        try {
            magic = pickle(new ArrayList<>());
        } catch (WeightsException.Unsupported e) {
            throw new WeightsException.Malformed(file, what);
        }
        if (!(magic instanceof Whole whole) || !whole.value().equals(MAGIC)) {
            throw new WeightsException.Malformed(file, what);
        }
    }

    private void checkVersion(PickleValue version) throws IOException {
        if (new PickleShape(file).natural(version, "the version") != VERSION) {
            throw new WeightsException.Unsupported(file, "the checkpoint has version " + version + ", not " + VERSION);
        }
    }

    private void checkByteOrder(PickleValue machine) throws IOException {
        Dictionary dictionary = new PickleShape(file).dictionary(machine, "the description of the machine");
        if (!dictionary.get("little_endian").equals(Optional.of(new Flag(true)))) {
            throw new WeightsException.Unsupported(
                    file, "the checkpoint was not written on a little-endian machine; save it again on one");
        }
    }
}
