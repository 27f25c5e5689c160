package dev.segue.worker.weights;

import dev.segue.contracts.model.InvalidModelException;
import dev.segue.contracts.model.ModelCard;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model that comes with the program and is unpacked to where models lie, once; what is damaged there or of another
 * version of the program is replaced. A whole model of the same name that was not unpacked from any version is somebody's
 * own and stays: the digests of all cards that ever were unpacked to a folder stand in a file there.
 *
 * <p>Safe for any number of threads and processes that unpack to one home.
 */
public final class CarriedModel {
    private static final Logger LOG = LoggerFactory.getLogger(CarriedModel.class);
    private static final String UNPACKED = ".unpacked";

    private final String name;
    private final ModelSource source;

    /** The model {@code name} of a source that is always at hand. */
    public CarriedModel(String name, ModelSource source) {
        this.name = Objects.requireNonNull(name, "name is null");
        this.source = Objects.requireNonNull(source, "source is null");
    }

    /**
     * The folder with the model below {@code home}, whole and verified.
     *
     * @throws WeightsException if the program carries no such model, or the folder cannot take it
     */
    public Path unpack(Path home) throws IOException {
        Path folder = home.resolve("models").resolve(name);
        String digest = carried().digest();
        if (isSomebodysOwn(folder, digest)) {
            LOG.info("event=carried_model_not_unpacked model={} folder={} reason=\"another lies there\"", name, folder);
            return folder;
        }
        // First, so that a process that dies over it leaves nothing that looks like somebody's own.
        note(folder, digest);
        return new ModelStore(home, source, ModelStore.CardReader.MODEL_CARD, RetryPolicy.standard())
                .resolve(name, digest);
    }

    private ModelCard carried() throws IOException {
        String path = "models/" + name + "/" + ModelStore.CARD;
        try (Transfer transfer = source.open(path, 0, Optional.empty());
                InputStream body = transfer.body()) {
            return ModelCard.parse(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        } catch (InvalidModelException e) {
            throw new WeightsException.WrongContent(source.describe(path) + " is refused: " + e.getMessage());
        }
    }

    private static boolean isSomebodysOwn(Path folder, String digest) throws IOException {
        Path card = folder.resolve(ModelStore.CARD);
        if (!Files.isRegularFile(card)) {
            return false;
        }
        String there = Sha256.of(card);
        if (there.equals(digest) || isNoted(folder, there)) {
            return false;
        }
        try {
            ModelCard.read(card);
            return true;
        } catch (InvalidModelException damaged) {
            return false;
        }
    }

    private static boolean isNoted(Path folder, String digest) throws IOException {
        Path notes = folder.resolve(UNPACKED);
        return Files.exists(notes) && Files.readAllLines(notes).contains(digest);
    }

    private static void note(Path folder, String digest) throws IOException {
        try {
            if (!isNoted(folder, digest)) {
                Files.createDirectories(folder);
                Files.writeString(
                        folder.resolve(UNPACKED), digest + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw LocalDisk.explain(folder, e);
        }
    }
}
