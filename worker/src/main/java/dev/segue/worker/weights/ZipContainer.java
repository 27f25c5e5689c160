package dev.segue.worker.weights;

import dev.segue.worker.weights.PickleValue.Outside;
import dev.segue.worker.weights.ZipEntries.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What torch writes from release 1.6 on: a zip archive of stored entries {@code <root>/data.pkl} and
 * {@code <root>/data/<key>}.
 */
final class ZipContainer {
    private static final String PICKLE = "/data.pkl";

    private ZipContainer() {}

    static TorchContents read(Path file, FileChannel channel) throws IOException {
        Map<String, Entry> entries = ZipEntries.read(file, channel);
        String root = root(file, entries);
        checkByteOrder(file, channel, entries.get(root + "/byteorder"));
        Entry pickle = entries.get(root + PICKLE);
        List<Outside> references = new ArrayList<>();
        PickleValue value = PickleReader.read(
                new PickleInput(
                        file, channel, pickle.position(), pickle.position() + pickle.bytes(), PickleLimits.CHECKPOINT),
                references::add);
        Map<String, TorchStorage> storages = new LinkedHashMap<>();
        for (StorageReference reference : TorchContents.byKey(file, references).values()) {
            Entry data = entries.get(root + "/data/" + reference.key());
            if (data == null || data.bytes() != reference.bytes(file)) {
                throw new WeightsException.Malformed(
                        file,
                        "storage %s needs %d bytes, but its entry %s"
                                .formatted(
                                        reference.key(),
                                        reference.bytes(file),
                                        data == null ? "is missing" : "has " + data.bytes()));
            }
            storages.put(
                    reference.key(),
                    new TorchStorage(reference.key(), reference.type(), reference.elements(), data.position()));
        }
        return new TorchContents(value, storages);
    }

    private static String root(Path file, Map<String, Entry> entries) throws WeightsException {
        List<String> roots = entries.keySet().stream()
                .filter(name -> name.endsWith(PICKLE))
                .map(name -> name.substring(0, name.length() - PICKLE.length()))
                .filter(root -> !root.contains("/"))
                .toList();
        if (roots.size() != 1) {
            throw new WeightsException.Malformed(
                    file, "the zip archive has " + roots.size() + " entries <root>/data.pkl, and a checkpoint has one");
        }
        return roots.get(0);
    }

    private static void checkByteOrder(Path file, FileChannel channel, Entry entry) throws IOException {
        if (entry != null) {
            ByteBuffer text = ByteBuffer.allocate((int) Math.min(entry.bytes(), 16));
            FileBytes.read(channel, file, entry.position(), text);
            if (!new String(text.array(), StandardCharsets.US_ASCII).strip().equals("little")) {
                throw new WeightsException.Unsupported(
                        file, "the checkpoint was not written on a little-endian machine; save it again on one");
            }
        }
    }
}
