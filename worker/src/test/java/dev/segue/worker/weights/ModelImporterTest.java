package dev.segue.worker.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.segue.worker.parity.Fixtures;
import dev.segue.worker.weights.FileServer.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> FOLDERS = new LinkedHashMap<>();

    static {
        FOLDERS.put("5b/vqvae.pth.tar", "vqvae_3level");
        FOLDERS.put("5b/prior_level_0.pth.tar", "priors/up0");
        FOLDERS.put("1b_lyrics/prior_level_2.pth.tar", "priors/top_single");
    }

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
            server.put("ids/" + table, Files.readAllBytes(Fixtures.file("labels/ids/" + table)));
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
            assertThat(model("ids/" + table)).hasSameBinaryContentAs(Fixtures.file("labels/ids/" + table));
        }
        ModelStore store = new ModelStore(folder.resolve("other"), new FolderSource(folder), ModelFile::ofCard, QUICK);
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
        server.fail(Fault.cutAfter(100_000), Fault.status(503), Fault.cutAfter(50_000));
        importer().run(request(true));
        assertThat(server.requests())
                .startsWith(
                        "5b/vqvae.pth.tar",
                        "5b/vqvae.pth.tar bytes=100000-",
                        "5b/vqvae.pth.tar bytes=100000-",
                        "5b/vqvae.pth.tar bytes=150000-");
        assertThat(model("model.json")).exists();
    }

    @Test
    void anInterruptedImportGoesOnWithWhatIsDone() throws IOException {
        byte[] second = Files.readAllBytes(checkpoint("priors/up0"));
        server.put("5b/prior_level_0.pth.tar", java.util.Arrays.copyOf(second, 1000));
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
        server.fail(Fault.cutAfter(100_000), Fault.status(500), Fault.status(500), Fault.status(500));
        assertThatThrownBy(() -> importer().run(request(true))).isInstanceOf(WeightsException.Interrupted.class);
        importer().run(request(true));
        assertThat(server.requests().get(4)).isEqualTo("5b/vqvae.pth.tar bytes=100000-");
    }

    @Test
    void aCheckpointOfAnotherModelIsRefusedAndNoCardIsWritten() throws IOException {
        server.put("5b/prior_level_0.pth.tar", Files.readAllBytes(checkpoint("priors/top_plain")));
        assertThatThrownBy(() -> importer().run(request(true)))
                .isInstanceOf(WeightsException.Mismatch.class)
                .hasMessageContaining("names are missing")
                .hasMessageContaining("conditioner_blocks.0");
        assertOnlyWholeFiles();
        assertThat(model("model.json")).doesNotExist();
    }

    @Test
    void anAbsentFileNamesItsAddress() {
        server.close();
        PublishedCheckpoints nowhere = new PublishedCheckpoints(server.base(), server.base());
        assertThatThrownBy(() -> importer(nowhere).run(request(true))).isInstanceOf(WeightsException.Interrupted.class);
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
                checkpoint, target(checkpoint), new CheckpointConversion(expected(fixtures), TypePolicy.asStored()))));
        return new ImportRequest("tiny", parts, acceptLicence, false);
    }

    private static String target(String checkpoint) {
        return checkpoint.replaceAll(".*/(.*)\\.pth\\.tar", "$1.safetensors");
    }

    private static Path checkpoint(String fixtures) {
        return Fixtures.file(fixtures + "/checkpoint_legacy.pth.tar");
    }

    private static Map<String, List<Long>> expected(String fixtures) {
        Map<String, List<Long>> expected = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry :
                Fixtures.json(fixtures + "/config.json").get("state_dict").properties()) {
            JsonNode shape =
                    entry.getValue().path(1).isArray() ? entry.getValue().get(1) : entry.getValue();
            List<Long> axes = new ArrayList<>();
            shape.forEach(axis -> axes.add(axis.asLong()));
            expected.put(entry.getKey(), axes);
        }
        return expected;
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
