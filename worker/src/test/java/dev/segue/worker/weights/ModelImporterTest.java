package dev.segue.worker.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.segue.contracts.model.ModelFile;
import dev.segue.worker.parity.Fixtures;
import dev.segue.worker.weights.FileServer.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The import against a web server on this machine that gives a model of the fixtures as if it were published. */
class ModelImporterTest {
    private static final RetryPolicy QUICK = new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(2));
    private static final byte[] TABLE = "unknown;0\nthe copper owls;1\n".getBytes(StandardCharsets.UTF_8);
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Published file to the folder of fixtures whose checkpoint stands for it. */
    private static final Map<String, String> FOLDERS = folders();

    @TempDir
    private Path folder;

    private final List<ImportEvent> events = new ArrayList<>();
    private FileServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FileServer();
        for (Map.Entry<String, String> file : FOLDERS.entrySet()) {
            server.put(file.getKey(), Files.readAllBytes(checkpoint(file.getValue())));
        }
        for (String table : PublishedCheckpoints.TABLES) {
            server.put("ids/" + table, TABLE);
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anImportedModelIsTheOneThatWasPublishedAndTheStoreResolvesIt() throws IOException {
        ModelFile card = importer().run(request(true));
        for (Map.Entry<String, String> file : FOLDERS.entrySet()) {
            SafetensorsFile saved = Fixtures.tensors(file.getValue() + "/weights.safetensors");
            SafetensorsFile imported = SafetensorsFile.open(model(target(file.getKey())));
            for (String tensor : saved.tensors().keySet()) {
                assertThat(imported.map(tensor)).as(tensor).isEqualTo(saved.map(tensor));
            }
        }
        for (String table : PublishedCheckpoints.TABLES) {
            assertThat(model("ids/" + table)).hasBinaryContent(TABLE);
        }
        ModelStore store =
                new ModelStore(folder.resolve("other"), new FolderSource(folder), StoredModel::filesOf, QUICK);
        assertThat(store.resolve("tiny", card.sha256())).isEqualTo(folder.resolve("models/tiny"));
        assertThat(folder.resolve("downloads/5b/vqvae.pth.tar")).doesNotExist();
    }

    @Test
    void nothingIsFetchedBeforeTheLicenceIsAccepted() throws IOException {
        assertThatThrownBy(() -> importer().run(request(false)))
                .isInstanceOf(WeightsException.LicenceNotAccepted.class)
                .hasMessageContaining("non-commercial")
                .hasMessageContaining("acceptLicence");
        assertThat(events).containsExactly(new ImportEvent.Licence(PublishedCheckpoints.LICENCE_NOTICE));
        assertThat(server.requests()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theListenerHearsOfEveryFileToItsEnd() throws IOException {
        importer().run(request(true));
        assertThat(events.get(0)).isInstanceOf(ImportEvent.Licence.class);
        assertThat(events.get(events.size() - 1)).isInstanceOf(ImportEvent.Finished.class);
        for (String file : FOLDERS.keySet()) {
            assertThat(events).anySatisfy(event -> assertThat(event)
                    .isInstanceOfSatisfying(ImportEvent.Fetching.class, fetching -> {
                        assertThat(fetching.file()).isEqualTo(file);
                        assertThat(fetching.received()).isEqualTo(fetching.total());
                    }));
            assertThat(events).anySatisfy(event -> assertThat(event)
                    .isInstanceOfSatisfying(ImportEvent.Converting.class, converting -> {
                        assertThat(converting.file()).isEqualTo(target(file));
                        assertThat(converting.written()).isEqualTo(converting.total());
                    }));
        }
    }

    @Test
    void cutConnectionsAreResumed() throws IOException {
        server.fail(Fault.cutAfter(10_000), Fault.status(503), Fault.cutAfter(5_000));
        importer().run(request(true));
        assertThat(server.requests())
                .startsWith(
                        "5b/vqvae.pth.tar",
                        "5b/vqvae.pth.tar bytes=10000-",
                        "5b/vqvae.pth.tar bytes=10000-",
                        "5b/vqvae.pth.tar bytes=15000-");
        assertThat(model("model.json")).exists();
    }

    @Test
    void anInterruptedImportGoesOnWithWhatIsDone() throws IOException {
        byte[] second = Files.readAllBytes(checkpoint(FOLDERS.get("5b/prior_level_0.pth.tar")));
        server.put("5b/prior_level_0.pth.tar", Arrays.copyOf(second, 1000));
        assertThatThrownBy(() -> importer().run(request(true)))
                .isInstanceOf(WeightsException.Malformed.class)
                .hasMessageContaining("prior_level_0.pth.tar");
        assertThat(model("model.json")).doesNotExist();
        assertThat(model("prior_level_0.safetensors")).doesNotExist();
        server.put("5b/prior_level_0.pth.tar", second);
        importer().run(request(true));
        assertThat(events).contains(new ImportEvent.Kept("vqvae.safetensors"));
        assertThat(server.requests().stream().filter("5b/vqvae.pth.tar"::equals))
                .hasSize(1);
        assertThat(model("model.json")).exists();
    }

    @Test
    void aDownloadThatEndsTooOftenIsKeptForTheNextTry() throws IOException {
        server.fail(Fault.cutAfter(10_000), Fault.status(500), Fault.status(500), Fault.status(500));
        assertThatThrownBy(() -> importer().run(request(true))).isInstanceOf(WeightsException.Interrupted.class);
        importer().run(request(true));
        assertThat(server.requests().get(4)).isEqualTo("5b/vqvae.pth.tar bytes=10000-");
    }

    @Test
    void aDownloadThatWasWholeBeforeTheProcessDiedIsNotFetchedAgain() throws IOException {
        byte[] whole = Files.readAllBytes(checkpoint(FOLDERS.get("5b/vqvae.pth.tar")));
        Path part = folder.resolve("downloads/5b/.vqvae.pth.tar.part");
        Files.createDirectories(part.getParent());
        Files.write(part, whole);
        Files.writeString(part.resolveSibling(".vqvae.pth.tar.part-version"), "\"" + Arrays.hashCode(whole) + "\"");
        importer().run(request(true));
        assertThat(server.requests())
                .contains("5b/vqvae.pth.tar bytes=" + whole.length + "-")
                .doesNotContain("5b/vqvae.pth.tar");
    }

    @Test
    void piecesOfTwoVersionsAreNeverJoined() throws IOException {
        byte[] whole = Files.readAllBytes(checkpoint(FOLDERS.get("5b/vqvae.pth.tar")));
        server.careless().put("5b/vqvae.pth.tar", new byte[whole.length]);
        server.fail(Fault.cutAfter(10_000), Fault.status(500), Fault.status(500), Fault.status(500));
        assertThatThrownBy(() -> importer().run(request(true))).isInstanceOf(WeightsException.Interrupted.class);
        server.put("5b/vqvae.pth.tar", whole);
        importer().run(request(true));
        assertThat(server.requests().subList(4, 6))
                .containsExactly("5b/vqvae.pth.tar bytes=10000-", "5b/vqvae.pth.tar");
    }

    @Test
    void aCheckpointOfAnotherModelIsRefusedAndNoCardIsWritten() throws IOException {
        server.put(
                "5b/prior_level_0.pth.tar",
                Files.readAllBytes(checkpoint(FOLDERS.get("1b_lyrics/prior_level_2.pth.tar"))));
        assertThatThrownBy(() -> importer().run(request(true)))
                .isInstanceOf(WeightsException.Mismatch.class)
                .hasMessageContaining("these are not the weights of the model");
        assertOnlyWholeFiles();
        assertThat(model("model.json")).doesNotExist();
    }

    @Test
    void anAbsentFileNamesItsAddress() {
        PublishedCheckpoints nowhere = new PublishedCheckpoints(URI.create(server.base() + "/else"), server.base());
        assertThatThrownBy(() -> importer(nowhere).run(request(true)))
                .isInstanceOf(WeightsException.Missing.class)
                .hasMessageContaining("/base/else/5b/vqvae.pth.tar answered 404");
    }

    @Test
    void aServerThatIsNotThereIsAnInterruptedTransfer() {
        server.close();
        assertThatThrownBy(() -> importer().run(request(true))).isInstanceOf(WeightsException.Interrupted.class);
    }

    @Test
    void aPublishedModelIsAskedForByItsName() {
        ImportRequest request = ImportRequest.published(
                "5b_lyrics", part -> new CheckpointConversion(Map.of(), TypePolicy.asStored()), true);
        assertThat(request.name()).isEqualTo("5b_lyrics");
        assertThat(request.parts())
                .extracting(ImportRequest.Part::checkpoint, ImportRequest.Part::target)
                .contains(tuple("5b_lyrics/prior_level_2.pth.tar", "prior_level_2.safetensors"));
    }

    @Test
    void aPageInPlaceOfATableIsRefused() throws IOException {
        server.put("ids/v3_genre_ids.txt", "<html>moved</html>".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> importer().run(request(true)))
                .isInstanceOf(WeightsException.Malformed.class)
                .hasMessageContaining("v3_genre_ids.txt")
                .hasMessageContaining("name;id");
        assertThat(model("ids/v3_genre_ids.txt")).doesNotExist();
        server.put("ids/v3_genre_ids.txt", new byte[] {(byte) 0xff, ';', '1'});
        assertThatThrownBy(() -> importer().run(request(true))).isInstanceOf(WeightsException.Malformed.class);
    }

    @Test
    void aSecondImportReplacesTheFirst() throws IOException {
        importer().run(request(true));
        importer().run(request(true));
        assertThat(events).noneMatch(event -> event instanceof ImportEvent.Kept);
        assertThat(server.requests().stream().filter("5b/vqvae.pth.tar"::equals))
                .hasSize(2);
        assertOnlyWholeFiles();
    }

    @Test
    void downloadsAreKeptIfAskedFor() throws IOException {
        ImportRequest request = request(true);
        importer().run(new ImportRequest(request.name(), request.parts(), true, true));
        assertThat(folder.resolve("downloads/5b/vqvae.pth.tar")).exists();
    }

    @Test
    void leftoversOfAKilledImportAreRemoved() throws IOException {
        Files.createDirectories(model("."));
        Files.writeString(model(".vqvae.safetensors.123.tmp"), "half");
        importer().run(request(true));
        assertOnlyWholeFiles();
    }

    @Test
    void namesThatLeadOutOfTheFolderAreRefused() {
        ImportRequest request = request(true);
        ImportRequest.Part part = request.parts().get(0);
        assertThatThrownBy(() -> importer().run(new ImportRequest("../x", request.parts(), true, false)))
                .isInstanceOf(WeightsException.UnsafeName.class);
        assertThatThrownBy(() -> importer()
                        .run(new ImportRequest(
                                "x",
                                List.of(new ImportRequest.Part("../x", part.target(), part.conversion())),
                                true,
                                false)))
                .isInstanceOf(WeightsException.UnsafeName.class);
    }

    @Test
    void thePublishedModelsAreThoseOfTheAuthors() {
        assertThat(PublishedCheckpoints.models()).containsExactlyInAnyOrder("5b", "5b_lyrics", "1b_lyrics");
        assertThat(PublishedCheckpoints.files("1b_lyrics"))
                .containsExactly(
                        Map.entry("vqvae", "5b/vqvae.pth.tar"),
                        Map.entry("prior_level_0", "5b/prior_level_0.pth.tar"),
                        Map.entry("prior_level_1", "5b/prior_level_1.pth.tar"),
                        Map.entry("prior_level_2", "1b_lyrics/prior_level_2.pth.tar"));
        assertThatThrownBy(() -> PublishedCheckpoints.files("6b")).hasMessageContaining("choose one of");
        assertThat(PublishedCheckpoints.ofTheAuthors().checkpoints().resolve("5b/vqvae.pth.tar"))
                .hasToString("https://openaipublic.azureedge.net/jukebox/models/5b/vqvae.pth.tar");
    }

    private static Map<String, String> folders() {
        List<String> vqVaes = withCheckpoint(Fixtures.folders("").filter(name -> name.startsWith("vqvae")));
        List<String> priors = withCheckpoint(Fixtures.folders("priors").map(name -> "priors/" + name));
        assertThat(vqVaes).isNotEmpty();
        assertThat(priors).hasSizeGreaterThan(1);
        Map<String, String> folders = new LinkedHashMap<>();
        folders.put("5b/vqvae.pth.tar", vqVaes.get(0));
        folders.put("5b/prior_level_0.pth.tar", priors.get(priors.size() - 1));
        folders.put("1b_lyrics/prior_level_2.pth.tar", priors.get(0));
        return folders;
    }

    private static List<String> withCheckpoint(Stream<String> folders) {
        return folders.filter(folder -> Fixtures.has(folder + "/checkpoint_legacy.pth.tar"))
                .toList();
    }

    private ModelImporter importer() {
        return importer(new PublishedCheckpoints(server.base(), URI.create(server.base() + "/ids")));
    }

    private ModelImporter importer(PublishedCheckpoints published) {
        return new ModelImporter(folder, published, ModelImporterTest::card, QUICK, events::add);
    }

    private static String card(Path model, List<ModelFile> files) {
        assertThat(files)
                .allSatisfy(file -> assertThat(model.resolve(file.path())).exists());
        ArrayNode list = JSON.createArrayNode();
        files.forEach(file -> list.add(JSON.valueToTree(file)));
        return JSON.createObjectNode().set("files", list).toString();
    }

    private static ImportRequest request(boolean acceptLicence) {
        List<ImportRequest.Part> parts = new ArrayList<>();
        FOLDERS.forEach((checkpoint, fixtures) -> parts.add(new ImportRequest.Part(
                checkpoint,
                target(checkpoint),
                new CheckpointConversion(CheckpointFixturesTest.expected(fixtures), TypePolicy.asStored()))));
        return new ImportRequest("tiny", parts, acceptLicence, false);
    }

    private static String target(String checkpoint) {
        return checkpoint.replaceAll(".*/(.*)\\.pth\\.tar", "$1.safetensors");
    }

    private static Path checkpoint(String fixtures) {
        return Fixtures.file(fixtures + "/checkpoint_legacy.pth.tar");
    }

    private Path model(String file) {
        return folder.resolve("models/tiny").resolve(file);
    }

    private void assertOnlyWholeFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("models/tiny"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith(".")))
                    .containsExactly(".lock");
        }
    }
}
