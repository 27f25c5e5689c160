package dev.segue.worker.weights;

import dev.segue.contracts.model.InvalidModelException;
import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds models by name and digest, and brings them to this machine: below the cache folder a model lies as
 * {@code models/<name>/model.json} with its files beside it. Every file is verified against the digest in the card, and
 * the card against the digest that was asked for, so that a name cannot quietly come to mean other weights. A folder as
 * source is used in place.
 *
 * <p>Safe for any number of threads and processes that share the cache.
 */
public final class ModelStore {
    /** Name of the model card in a model's folder. */
    public static final String CARD = "model.json";

    private final Path cache;
    private final ModelSource source;
    private final CardReader cards;
    private final RetryPolicy retries;
    private final VerifiedFiles verified;

    /**
     * A store.
     *
     * @param cache folder of this machine that keeps models
     * @param source where they come from
     * @param cards reads the list of files of a card
     * @param retries how long to try when the source fails
     */
    public ModelStore(Path cache, ModelSource source, CardReader cards, RetryPolicy retries) {
        this.cache = Objects.requireNonNull(cache, "cache is null");
        this.source = Objects.requireNonNull(source, "source is null");
        this.cards = Objects.requireNonNull(cards, "cards is null");
        this.retries = Objects.requireNonNull(retries, "retries is null");
        this.verified = new VerifiedFiles(cache.resolve("verified"));
    }

    /** Reads the list of files of a model card. */
    @FunctionalInterface
    public interface CardReader {
        /** Reads cards as {@link ModelCard} writes them. */
        CardReader MODEL_CARD = ModelStore::filesOf;

        /** The files that {@code card} lists. */
        List<ModelFile> files(Path card) throws IOException;
    }

    /**
     * The folder with the model {@code name} whose card has the SHA-256 {@code digest}, after everything in it was
     * verified.
     *
     * @throws WeightsException if the model cannot be had; whatever is wrong, nothing half-written stays under a name
     */
    public Path resolve(String name, String digest) throws IOException {
        SafeNames.checkModelName(name);
        SafeNames.checkDigest(digest);
        return source instanceof FolderSource folder ? inPlace(folder, name, digest) : fetched(name, digest);
    }

    private Path inPlace(FolderSource folder, String name, String digest) throws IOException {
        Path model = folder.root().resolve("models").resolve(name);
        Path card = model.resolve(CARD);
        folder.open("models/" + name + "/" + CARD, 0, Optional.empty()).close();
        String actual = Sha256.of(card);
        if (!actual.equals(digest)) {
            throw new WeightsException.WrongContent(
                    "%s has the SHA-256 %s, but %s was asked for; is it another version?"
                            .formatted(card, actual, digest));
        }
        for (ModelFile file : checkedFiles(card)) {
            folder.open("models/" + name + "/" + file.path(), 0, Optional.empty())
                    .close();
            if (!verified.verify(model.resolve(file.path()), file)) {
                throw new WeightsException.WrongContent(
                        "%s does not have the %d bytes with SHA-256 %s that its card promises; copy the model again"
                                .formatted(model.resolve(file.path()), file.bytes(), file.sha256()));
            }
        }
        return model;
    }

    private Path fetched(String name, String digest) throws IOException {
        Path model = cache.resolve("models").resolve(name);
        try (FolderLock lock = FolderLock.acquire(model)) {
            Objects.requireNonNull(lock);
            Download download = new Download(source, retries);
            Path card = model.resolve(CARD);
            if (!Files.exists(card) || !Sha256.of(card).equals(digest)) {
                download.fetch("models/" + name + "/" + CARD, card, Promise.digest(digest), (received, total) -> {});
            }
            for (ModelFile file : checkedFiles(card)) {
                Path target = model.resolve(file.path());
                if (!verified.verify(target, file)) {
                    download.fetch(
                            "models/" + name + "/" + file.path(), target, Promise.of(file), (received, total) -> {});
                }
            }
            return model;
        }
    }

    private List<ModelFile> checkedFiles(Path card) throws IOException {
        List<ModelFile> files = cards.files(card);
        for (ModelFile file : files) {
            SafeNames.check(file);
        }
        return files;
    }

    private static List<ModelFile> filesOf(Path card) throws IOException {
        try {
            return ModelCard.read(card).files();
        } catch (InvalidModelException e) {
            throw new WeightsException.Malformed(card, "the model card is refused: " + e.getMessage());
        }
    }
}
