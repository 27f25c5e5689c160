package dev.segue.worker.weights;

import dev.segue.worker.weights.PickleValue.Outside;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a container holds, the same for both kinds: the pickled object, and where the data of its storages lies.
 *
 * @param root the object that was saved
 * @param storages by key; each lies wholly inside the file
 */
record TorchContents(PickleValue root, Map<String, TorchStorage> storages) {

    /** Reads either container, told apart by its first bytes. */
    static TorchContents read(Path file, FileChannel channel) throws IOException {
        ByteBuffer first = ByteBuffer.allocate(2);
        FileBytes.read(channel, file, 0, first);
        boolean zip = first.get() == 'P' && first.get() == 'K';
        return zip ? ZipContainer.read(file, channel) : LegacyContainer.read(file, channel);
    }

    /** The references by key, once each. */
    static Map<String, StorageReference> byKey(Path file, Collection<Outside> references) throws WeightsException {
        Map<String, StorageReference> byKey = new LinkedHashMap<>();
        for (Outside outside : references) {
            StorageReference reference = StorageReference.of(file, outside);
            StorageReference before = byKey.putIfAbsent(reference.key(), reference);
            if (before != null && (before.type() != reference.type() || before.elements() != reference.elements())) {
                throw new WeightsException.Malformed(
                        file,
                        "storage %s is once %s × %d and once %s × %d"
                                .formatted(
                                        reference.key(),
                                        before.type(),
                                        before.elements(),
                                        reference.type(),
                                        reference.elements()));
            }
        }
        return byKey;
    }

    /** Items of a list of texts. */
    static List<PickleValue> list(Path file, PickleValue value, String what) throws WeightsException {
        return new PickleShape(file).sequence(value, what).items();
    }
}
