package dev.segue.worker.weights;

import dev.segue.contracts.model.ModelFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Makes a model folder from published torch files: fetches them and the identifier tables, converts, writes the card
 * last. Whatever interrupts it, the next try goes on with what is done; a model with a card is complete. The disk must
 * take the model and, beside it, its largest torch file.
 */
public final class ModelImporter {
    private static final String TABLE_FOLDER = "ids/";
    private static final long MAX_TABLE_BYTES = 16 << 20;

    private final Path cache;
    private final PublishedCheckpoints published;
    private final CardWriter cards;
    private final RetryPolicy retries;
    private final Consumer<ImportEvent> listener;

    /**
     * An importer.
     *
     * @param cache folder in which the model appears as {@code models/<name>}; downloads lie in {@code downloads}
     * @param published where the files are
     * @param cards writes the model card
     * @param retries how long to try when a server fails
     * @param listener hears of the progress, on the importing thread
     */
    public ModelImporter(
            Path cache,
            PublishedCheckpoints published,
            CardWriter cards,
            RetryPolicy retries,
            Consumer<ImportEvent> listener) {
        this.cache = Objects.requireNonNull(cache, "cache is null");
        this.published = Objects.requireNonNull(published, "published is null");
        this.cards = Objects.requireNonNull(cards, "cards is null");
        this.retries = Objects.requireNonNull(retries, "retries is null");
        this.listener = Objects.requireNonNull(listener, "listener is null");
    }

    /** Writes model cards. */
    @FunctionalInterface
    public interface CardWriter {
        /** The text of the card of a model in {@code folder} that consists of {@code files}. */
        String card(Path folder, List<ModelFile> files) throws IOException;
    }

    /**
     * Imports a model, replacing one of the same name file by file.
     *
     * @return its card
     * @throws WeightsException if the licence was not accepted, a file cannot be had, or one is not what it should be
     */
    public ModelFile run(ImportRequest request) throws IOException {
        listener.accept(new ImportEvent.Licence(PublishedCheckpoints.LICENCE_NOTICE));
        if (!request.acceptLicence()) {
            throw new WeightsException.LicenceNotAccepted(
                    "nothing was fetched, because the licence was not accepted: set acceptLicence after reading it. "
                            + PublishedCheckpoints.LICENCE_NOTICE);
        }
        check(request);
        Path model = cache.resolve("models").resolve(request.name());
        Path downloads = cache.resolve("downloads");
        try (FolderLock modelLock = FolderLock.acquire(model);
                FolderLock downloadsLock = FolderLock.acquire(downloads)) {
            Objects.requireNonNull(modelLock);
            Objects.requireNonNull(downloadsLock);
            removeLeftovers(model);
            Path card = model.resolve(ModelStore.CARD);
            // A card without its files would promise a model that is not there.
            boolean continued = !Files.deleteIfExists(card);
            for (ImportRequest.Part part : request.parts()) {
                convert(part, model, downloads, continued, request.keepDownloads());
            }
            for (String table : PublishedCheckpoints.TABLES) {
                fetchTable(table, model);
            }
            writeText(card, cards.card(model, files(request, model)));
            ModelFile written = describe(model, ModelStore.CARD);
            listener.accept(new ImportEvent.Finished(written));
            return written;
        }
    }

    private static void check(ImportRequest request) throws WeightsException {
        SafeNames.checkModelName(request.name());
        for (ImportRequest.Part part : request.parts()) {
            SafeNames.checkPath(part.checkpoint());
            SafeNames.checkPath(part.target());
        }
    }

    private void convert(ImportRequest.Part part, Path model, Path downloads, boolean continued, boolean keepDownloads)
            throws IOException {
        Path target = model.resolve(part.target());
        if (continued && Files.exists(target)) {
            checkConverted(part, target);
            listener.accept(new ImportEvent.Kept(part.target()));
            return;
        }
        Path checkpoint = downloads.resolve(part.checkpoint());
        if (!Files.exists(checkpoint)) {
            new Download(new HttpSource(published.checkpoints()), retries)
                    .fetch(
                            part.checkpoint(),
                            checkpoint,
                            Promise.NONE,
                            (received, total) ->
                                    listener.accept(new ImportEvent.Fetching(part.checkpoint(), received, total)));
        }
        try {
            part.conversion()
                    .convert(
                            checkpoint,
                            target,
                            (tensor, done, total) ->
                                    listener.accept(new ImportEvent.Converting(part.target(), tensor, done, total)));
        } catch (WeightsException.Malformed | WeightsException.Hostile e) {
            // A damaged download must not stand in the way of the next try.
            Files.deleteIfExists(checkpoint);
            throw e;
        }
        if (!keepDownloads) {
            Files.deleteIfExists(checkpoint);
        }
    }

    private static void checkConverted(ImportRequest.Part part, Path target) throws IOException {
        StateDictCheck.check(
                target, SafetensorsFile.open(target).shapes(), part.conversion().expected());
    }

    private void fetchTable(String table, Path model) throws IOException {
        Path target = model.resolve(TABLE_FOLDER + table);
        new Download(new HttpSource(published.tables()), retries)
                .fetch(
                        table,
                        target,
                        Promise.NONE,
                        (received, total) -> listener.accept(new ImportEvent.Fetching(table, received, total)));
        if (!isTable(target)) {
            Files.delete(target);
            throw new WeightsException.Malformed(
                    target, "the table does not consist of lines name;id; check the address of the tables");
        }
    }

    private static boolean isTable(Path file) throws IOException {
        if (Files.size(file) == 0 || Files.size(file) > MAX_TABLE_BYTES) {
            return false;
        }
        try (Stream<String> lines = Files.readString(file).lines()) {
            return lines.filter(line -> !line.isBlank())
                    .allMatch(line -> line.strip().matches(".*;\\d+"));
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static List<ModelFile> files(ImportRequest request, Path model) throws IOException {
        List<ModelFile> files = new ArrayList<>();
        for (ImportRequest.Part part : request.parts()) {
            files.add(describe(model, part.target()));
        }
        for (String table : PublishedCheckpoints.TABLES) {
            files.add(describe(model, TABLE_FOLDER + table));
        }
        return files;
    }

    private static ModelFile describe(Path model, String path) throws IOException {
        Path file = model.resolve(path);
        return new ModelFile(path, Sha256.of(file), Files.size(file));
    }

    private static void writeText(Path target, String text) throws IOException {
        try (AtomicFile file = AtomicFile.create(target)) {
            FileBytes.write(file.channel(), 0, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            file.commit();
        }
    }

    /** Removes the unfinished files of a process that died; nobody else is at work under the lock. */
    private static void removeLeftovers(Path model) throws IOException {
        try (Stream<Path> files = Files.walk(model)) {
            for (Path file : files.filter(f -> f.getFileName().toString().matches("\\..*\\" + AtomicFile.SUFFIX))
                    .toList()) {
                Files.delete(file);
            }
        }
    }
}
