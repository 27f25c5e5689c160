package dev.segue.worker.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.segue.worker.weights.FileServer.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Resolving models from folders, web servers and buckets; long because every way in which a source can fail has a test. */
class ModelStoreTest {
    private static final RetryPolicy QUICK = new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(2));
    private static final StoredModel MODEL = StoredModel.small();
    private static final String WEIGHTS = "models/small-1/prior.safetensors";

    @TempDir
    private Path folder;

    private FileServer server;

    @BeforeEach
    void start() throws IOException {
        server = MODEL.serve(new FileServer());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aFolderIsUsedInPlace() throws IOException {
        Path root = MODEL.copyTo(folder.resolve("root"));
        assertThat(store(new FolderSource(root)).resolve(MODEL.name(), MODEL.digest()))
                .isEqualTo(root.resolve("models/small-1"));
    }

    @Test
    void aFolderIsVerifiedAndAnUnchangedFileIsNotDigestedAgain() throws IOException {
        Path root = MODEL.copyTo(folder.resolve("root"));
        ModelStore store = store(new FolderSource(root));
        store.resolve(MODEL.name(), MODEL.digest());
        Path weights = root.resolve(WEIGHTS);
        var time = Files.getLastModifiedTime(weights);
        byte[] other = new byte[300_000];
        Files.write(weights, other);
        Files.setLastModifiedTime(weights, time);
        store.resolve(MODEL.name(), MODEL.digest());
        Files.setLastModifiedTime(weights, FileTime.fromMillis(time.toMillis() + 5000));
        assertThatThrownBy(() -> store.resolve(MODEL.name(), MODEL.digest()))
                .isInstanceOf(WeightsException.WrongContent.class)
                .hasMessageContaining("prior.safetensors")
                .hasMessageContaining("copy the model again");
    }

    @Test
    void aFolderWithoutTheModelOrAFileOfItSaysWhichIsMissing() throws IOException {
        Path root = MODEL.copyTo(folder.resolve("root"));
        ModelStore store = store(new FolderSource(root));
        assertThatThrownBy(() -> store.resolve("other", MODEL.digest()))
                .isInstanceOf(WeightsException.Missing.class)
                .hasMessageContaining("models/other/model.json");
        Files.delete(root.resolve(WEIGHTS));
        assertThatThrownBy(() -> store.resolve(MODEL.name(), MODEL.digest()))
                .isInstanceOf(WeightsException.Missing.class)
                .hasMessageContaining("prior.safetensors");
    }

    @Test
    void aCardOfAnotherVersionIsRefused() {
        Path root = MODEL.copyTo(folder.resolve("root"));
        String other = "0".repeat(64);
        assertThatThrownBy(() -> store(new FolderSource(root)).resolve(MODEL.name(), other))
                .isInstanceOf(WeightsException.WrongContent.class)
                .hasMessageContaining(MODEL.digest())
                .hasMessageContaining(other);
        assertThatThrownBy(() -> http().resolve(MODEL.name(), other)).isInstanceOf(WeightsException.WrongContent.class);
        assertThat(cached("model.json")).doesNotExist();
    }

    @Test
    void aWebServerGivesEveryFileOnce() throws IOException {
        Path model = http().resolve(MODEL.name(), MODEL.digest());
        for (Map.Entry<String, byte[]> file : MODEL.files().entrySet()) {
            assertThat(model.resolve(file.getKey())).hasBinaryContent(file.getValue());
        }
        http().resolve(MODEL.name(), MODEL.digest());
        assertThat(server.requests()).doesNotHaveDuplicates().hasSize(4);
        assertOnlyWholeFiles(model);
    }

    @Test
    void aDamagedFileOfTheCacheIsFetchedAgain() throws IOException {
        Path model = http().resolve(MODEL.name(), MODEL.digest());
        Files.writeString(model.resolve("prior.safetensors"), "damaged");
        http().resolve(MODEL.name(), MODEL.digest());
        assertThat(model.resolve("prior.safetensors"))
                .hasBinaryContent(MODEL.files().get("prior.safetensors"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100_000, 299_999})
    void aCutConnectionIsResumedWhereItBroke(int bytes) throws IOException {
        server.fail(Fault.cutAfter(1000), Fault.cutAfter(bytes));
        Path model = http().resolve(MODEL.name(), MODEL.digest());
        assertThat(model.resolve("prior.safetensors"))
                .hasBinaryContent(MODEL.files().get("prior.safetensors"));
        assertThat(server.requests()).contains(WEIGHTS + (bytes == 0 ? "" : " bytes=" + bytes + "-"));
        assertOnlyWholeFiles(model);
    }

    @Test
    void aConnectionThatBreaksAgainAndAgainButBringsBytesIsFollowedToTheEnd() throws IOException {
        server.fail(Fault.cutAfter(1000));
        for (int i = 0; i < 20; i++) {
            server.fail(Fault.cutAfter(10_000));
        }
        http().resolve(MODEL.name(), MODEL.digest());
        assertThat(cached("prior.safetensors")).hasBinaryContent(MODEL.files().get("prior.safetensors"));
    }

    @Test
    void whatArrivedBeforeTheStoreGaveUpIsKeptForTheNextTry() throws IOException {
        server.fail(Fault.cutAfter(1000), Fault.cutAfter(50_000));
        server.fail(Fault.status(503), Fault.status(503), Fault.status(503));
        assertThatThrownBy(() -> http().resolve(MODEL.name(), MODEL.digest()))
                .isInstanceOf(WeightsException.Interrupted.class)
                .hasMessageContaining("broke off 3 times in a row at byte 50000")
                .hasMessageContaining("503");
        assertThat(cached("prior.safetensors")).doesNotExist();
        http().resolve(MODEL.name(), MODEL.digest());
        assertThat(server.requests()).contains(WEIGHTS + " bytes=50000-");
    }

    @Test
    void aServerWithoutRangesStartsAnew() throws IOException {
        server.withoutRanges().fail(Fault.cutAfter(1000), Fault.cutAfter(50_000));
        http().resolve(MODEL.name(), MODEL.digest());
        assertThat(cached("prior.safetensors")).hasBinaryContent(MODEL.files().get("prior.safetensors"));
    }

    @Test
    void aFileThatChangesBetweenTwoPiecesStartsAnew() throws IOException {
        byte[] old = new byte[300_000];
        server.put(WEIGHTS, old).fail(Fault.cutAfter(1000), Fault.cutAfter(50_000));
        server.fail(Fault.status(500), Fault.status(500), Fault.status(500));
        assertThatThrownBy(() -> http().resolve(MODEL.name(), MODEL.digest()))
                .isInstanceOf(WeightsException.Interrupted.class);
        MODEL.serve(server);
        http().resolve(MODEL.name(), MODEL.digest());
        assertThat(cached("prior.safetensors")).hasBinaryContent(MODEL.files().get("prior.safetensors"));
    }

    @Test
    void piecesOfTwoVersionsFromAServerWithoutTagsAreFoundByTheDigestAndFetchedAnew() throws IOException {
        server.put(WEIGHTS, new byte[300_000]).withoutTags();
        server.fail(Fault.cutAfter(1000), Fault.cutAfter(50_000));
        server.fail(Fault.status(500), Fault.status(500), Fault.status(500));
        assertThatThrownBy(() -> http().resolve(MODEL.name(), MODEL.digest()))
                .isInstanceOf(WeightsException.Interrupted.class);
        MODEL.serve(server).withoutTags();
        http().resolve(MODEL.name(), MODEL.digest());
        assertThat(cached("prior.safetensors")).hasBinaryContent(MODEL.files().get("prior.safetensors"));
    }

    @Test
    void aWrongDigestLeavesNothingAndTheRightFileIsTakenLater() throws IOException {
        server.put(WEIGHTS, new byte[300_000]);
        assertThatThrownBy(() -> http().resolve(MODEL.name(), MODEL.digest()))
                .isInstanceOf(WeightsException.WrongContent.class)
                .hasMessageContaining("prior.safetensors has the SHA-256")
                .hasMessageContaining("another version");
        assertOnlyWholeFiles(cached("."));
        assertThat(cached("prior.safetensors")).doesNotExist();
        MODEL.serve(server);
        http().resolve(MODEL.name(), MODEL.digest());
        assertThat(cached("prior.safetensors")).hasBinaryContent(MODEL.files().get("prior.safetensors"));
    }

    @Test
    void aWrongDigestOverABadLineIsNotFetchedForEver() {
        server.put(WEIGHTS, new byte[300_000]).withoutTags().fail(Fault.cutAfter(1000));
        for (int i = 0; i < 10; i++) {
            server.fail(Fault.cutAfter(200_000));
        }
        assertThatThrownBy(() -> http().resolve(MODEL.name(), MODEL.digest()))
                .isInstanceOf(WeightsException.WrongContent.class);
        assertThat(server.requests()).hasSizeLessThan(8);
    }

    @Test
    void aWrongSizeIsRefusedBeforeItIsFetched() {
        server.put(WEIGHTS, new byte[299_999]);
        assertThatThrownBy(() -> http().resolve(MODEL.name(), MODEL.digest()))
                .isInstanceOf(WeightsException.WrongContent.class)
                .hasMessageContaining("has 299999 bytes, but 300000 were promised");
        assertThat(cached("prior.safetensors")).doesNotExist();
    }

    @Test
    void anAbsentModelIsNotTriedAgain() {
        assertThatThrownBy(() -> http().resolve("other", MODEL.digest()))
                .isInstanceOf(WeightsException.Missing.class)
                .hasMessageContaining("models/other/model.json answered 404");
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 418})
    void aRefusalIsNotTriedAgain(int status) {
        server.fail(Fault.status(status));
        assertThatThrownBy(() -> http().resolve(MODEL.name(), MODEL.digest()))
                .isInstanceOf(WeightsException.Denied.class)
                .hasMessageContaining("answered " + status);
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 503})
    void aPassingFailureIsTriedAgain(int status) throws IOException {
        server.fail(Fault.status(status), Fault.status(status));
        http().resolve(MODEL.name(), MODEL.digest());
        assertThat(server.requests()).hasSize(6);
    }

    @Test
    void aServerThatFallsSilentIsAskedAgain() throws IOException {
        server.fail(Fault.cutAfter(1000), Fault.silentAfter(50_000));
        store(new HttpSource(server.base(), Duration.ofMillis(300))).resolve(MODEL.name(), MODEL.digest());
        assertThat(server.requests()).contains(WEIGHTS + " bytes=50000-");
    }

    @Test
    void anAddressSaysWhatKindOfSourceItIs() {
        assertThat(ModelSource.at("https://host/base", () -> null)).isInstanceOf(HttpSource.class);
        assertThat(ModelSource.at("/srv/models", () -> null)).isEqualTo(new FolderSource(Path.of("/srv/models")));
        assertThatThrownBy(() -> ModelSource.at("ftp://host/", () -> null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aServerThatIsNotThereIsAnInterruptedTransfer() {
        server.close();
        assertThatThrownBy(() -> http().resolve(MODEL.name(), MODEL.digest()))
                .isInstanceOf(WeightsException.Interrupted.class)
                .hasMessageContaining("Connection refused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../escape.txt",
                "/etc/passwd",
                "a/../../escape.txt",
                "a//b",
                "a\\\\b",
                ".lock",
                "ids/.hidden",
                "a b",
                "",
                "C:evil"
            })
    void aFileNameThatLeadsOutOfTheFolderIsRefused(String path) throws IOException {
        byte[] card = "{\"files\":[{\"path\":\"%s\",\"sha256\":\"%s\",\"bytes\":1}]}"
                .formatted(path, "0".repeat(64))
                .getBytes(StandardCharsets.UTF_8);
        server.put("models/small-1/model.json", card);
        assertThatThrownBy(() -> http().resolve(MODEL.name(), StoredModel.sha256(card)))
                .isInstanceOf(WeightsException.UnsafeName.class);
        assertThat(folder.resolve("escape.txt")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../other", "a/b", "", ".hidden"})
    void aModelNameThatLeadsOutOfTheFolderIsRefused(String name) {
        assertThatThrownBy(() -> http().resolve(name, MODEL.digest())).isInstanceOf(WeightsException.UnsafeName.class);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aDigestThatIsNoneIsRefused() {
        assertThatThrownBy(() -> http().resolve(MODEL.name(), "latest"))
                .isInstanceOf(WeightsException.WrongContent.class)
                .hasMessageContaining("64 lower-case");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{}", "{\"format\":1}", "{\"files\":[]}"})
    void aCardThatIsNoneIsRefused(String text) {
        byte[] card = text.getBytes(StandardCharsets.UTF_8);
        server.put("models/small-1/model.json", card);
        assertThatThrownBy(() -> new ModelStore(
                                folder.resolve("cache"),
                                new HttpSource(server.base()),
                                ModelStore.CardReader.MODEL_CARD,
                                QUICK)
                        .resolve(MODEL.name(), StoredModel.sha256(card)))
                .isInstanceOf(WeightsException.Malformed.class)
                .hasMessageContaining("model card");
    }

    @Test
    void aCacheThatCannotBeWrittenSaysSo() throws IOException {
        Files.writeString(folder.resolve("cache"), "a file where the folder belongs");
        assertThatThrownBy(() -> http().resolve(MODEL.name(), MODEL.digest()))
                .isInstanceOf(WeightsException.NotWritable.class)
                .hasMessageContaining("choose another folder");
    }

    @Test
    void aFullDiskSaysSoAndIsNotTriedAgain() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        Files.createDirectories(cached("."));
        Files.createSymbolicLink(cached(".prior.safetensors.part"), full);
        assertThatThrownBy(() -> http().resolve(MODEL.name(), MODEL.digest()))
                .isInstanceOf(WeightsException.NotWritable.class)
                .hasMessageContaining("prior.safetensors does not fit on its disk");
        assertThat(server.requests().stream().filter(WEIGHTS::equals)).hasSize(1);
        Files.delete(cached(".prior.safetensors.part"));
        http().resolve(MODEL.name(), MODEL.digest());
    }

    @Test
    void processesThatShareACacheFetchEveryFileOnce() throws Exception {
        List<Process> processes = new ArrayList<>();
        Path output = folder.resolve("output");
        for (int i = 0; i < 3; i++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ResolveInOwnProcess.class.getName(),
                            folder.resolve("cache").toString(),
                            server.base().toString(),
                            MODEL.name(),
                            MODEL.digest())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .start());
        }
        for (Process process : processes) {
            assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        }
        http().resolve(MODEL.name(), MODEL.digest());
        assertThat(server.requests()).doesNotHaveDuplicates().hasSize(4);
    }

    @Test
    void threadsThatShareACacheFetchEveryFileOnce() throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                try {
                    http().resolve(MODEL.name(), MODEL.digest());
                } catch (IOException | RuntimeException e) {
                    failures.add(e);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        assertThat(server.requests()).doesNotHaveDuplicates().hasSize(4);
    }

    @Test
    void anAddressOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> new HttpSource(URI.create("ftp://host/")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must begin with http");
    }

    @Test
    void messagesNameNoSecretsOfTheAddress() {
        assertThat(new HttpSource(URI.create("https://user:secret@host:1/base")).describe("file"))
                .isEqualTo("https://host:1/base/file");
    }

    private ModelStore http() {
        return store(new HttpSource(server.base()));
    }

    private ModelStore store(ModelSource source) {
        return new ModelStore(folder.resolve("cache"), source, StoredModel::filesOf, QUICK);
    }

    private Path cached(String file) {
        return folder.resolve("cache/models/small-1").resolve(file);
    }

    /** Nothing unfinished lies beside the files, but for the lock. */
    private static void assertOnlyWholeFiles(Path model) throws IOException {
        try (Stream<Path> files = Files.walk(model)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.startsWith(".") && name.length() > 1))
                    .containsExactly(".lock");
        }
    }
}
