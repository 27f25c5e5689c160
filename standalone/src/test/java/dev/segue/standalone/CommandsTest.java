package dev.segue.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.contracts.client.Cluster;
import dev.segue.contracts.client.PublishedModels;
import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.LevelProgress;
import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.record.SongEventKind;
import dev.segue.contracts.settings.Settings;
import dev.segue.standalone.cluster.ClusterSettings;
import dev.segue.standalone.cluster.RunningServe;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that speak to a segue serve, which runs in a process of its own; and its end. */
class CommandsTest {
    @TempDir
    private static Path folder;

    private static SegueProcess serve;
    private static Cluster cluster;

    @BeforeAll
    static void serve() throws IOException, InterruptedException {
        serve = SegueProcess.start(
                folder,
                Map.of(
                        "SEGUE_HOME", home().toString(),
                        "SEGUE_ORCHESTRATOR_RETRY_AFTER", "50ms",
                        "SEGUE_LOG_FORMAT", "json"),
                "serve",
                "--kafka-port=0",
                "--registry-port=0",
                "--s3-port=0",
                "--http-port=0");
        serve.await(line -> line.startsWith("ready"));
        cluster = ClusterSettings.cluster(Settings.of(RunningServe.find(data())));
    }

    @AfterAll
    static void stop() {
        serve.close();
        assertThat(RunningServe.file(data())).doesNotExist();
        assertThat(serve.output()).contains("event=orchestrator_stopped clean=true", "event=kafka_stopped");
        assertThatItsLogIsForPrograms();
    }

    /** Whatever a role or a library says; what the command itself prints is for people. */
    private static void assertThatItsLogIsForPrograms() {
        List<JsonNode> lines = serve.output()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(CommandsTest::json)
                .toList();
        assertThat(lines).isNotEmpty().allMatch(line -> line.hasNonNull("time") && line.hasNonNull("level"));
        assertThat(serve.output()).doesNotContain(" INFO dev.segue", " WARN ");
        assertThat(lines)
                .filteredOn(line -> line.path("event").asText().equals("song_completed"))
                .isNotEmpty()
                .allMatch(line -> line.hasNonNull("song")
                        && line.path("fields").path("sequence").isNumber());
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aServerTellsWhereItIsAndKeepsItsSecret() throws IOException {
        String secret = Files.readAllLines(data().resolve("s3/credentials.properties")).stream()
                .filter(line -> line.startsWith("secret.key="))
                .findFirst()
                .orElseThrow()
                .substring("secret.key=".length());

        assertThat(serve.output())
                .contains(
                        "broker       " + cluster.bootstrapServers(),
                        cluster.registry().url(),
                        "bucket segue")
                .contains("SEGUE_ORCHESTRATOR_RETRY_AFTER=50ms", "models       demo, untrained")
                .doesNotContain(secret);
    }

    @Test
    void aSongIsSubmittedWatchedListedAndFetched() throws IOException {
        assertThat(submit("--id", "first", "--seconds", "1.5").out().strip()).isEqualTo("first");

        CommandRun watched = segue("watch", "first");
        CommandRun json = segue("watch", "first", "--json");
        CommandRun fetched =
                segue("fetch", "first", "--out", folder.resolve("fetched").toString());
        CommandRun some = segue(
                "fetch", "first", "song.*", "--out", folder.resolve("some").toString());

        assertThat(watched.exitCode()).as(watched.err()).isZero();
        assertThat(watched.out()).contains("first: 1.5 s of sound by untrained", "finished: 1.5 s of sound");
        List<String> kinds = new ArrayList<>();
        for (String line : json.out().lines().toList()) {
            kinds.add(new ObjectMapper().readTree(line).path("kind").asText());
        }
        assertThat(kinds)
                .startsWith("RECEIVED", "ACCEPTED")
                .contains("AUDIO_READY")
                .endsWith("COMPLETED");
        assertThat(segue("status").out()).containsPattern("first +default +completed +100 %");
        assertThat(fetched.exitCode()).as(fetched.err()).isZero();
        assertThat(files("fetched"))
                .contains("song.flac", "song.wav", "manifest.json", "codes.safetensors", "peaks.json");
        assertThat(files("fetched")).anyMatch(name -> name.startsWith("level-2/"));
        assertThat(some.exitCode()).as(some.err()).isZero();
        assertThat(files("some")).containsExactlyInAnyOrder("song.flac", "song.wav");
    }

    @Test
    void aSongIsMadeByTheClusterThatSettingsName() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Properties settings = new Properties();
        RunningServe.find(data()).forEach(settings::setProperty);
        settings.setProperty("SEGUE_SONG_AT", "cluster");
        try (Writer writer = Files.newBufferedWriter(elsewhere.resolve("segue.properties"))) {
            settings.store(writer, null);
        }

        CommandRun made = CommandRun.of(
                "song",
                "--home=" + elsewhere,
                "--model=untrained",
                "--id=there",
                "--seconds=1.5",
                "--out=" + folder.resolve("there"));

        assertThat(made.exitCode()).as(made.err()).isZero();
        assertThat(made.err()).contains("finished: 1.5 s of sound", "took ").doesNotContain("starting broker");
        assertThat(files("there")).contains("there.flac", "there.wav", "there.manifest.json");
        assertThat(elsewhere.resolve("data")).doesNotExist();
        assertThat(segue("status").out()).containsPattern("there +default +completed +100 %");
    }

    @Test
    void whatIsFetchedIsHeldAgainstItsDigestAndReplacesNothing() throws IOException {
        submit("--id", "damaged", "--seconds", "1.5", "--watch");
        Path wav = data().resolve("s3/objects/segue/songs/damaged/song.wav");
        Files.write(wav, new byte[] {1, 2, 3});
        Path out = Files.createDirectories(folder.resolve("other"));
        Files.writeString(out.resolve("song.flac"), "mine");

        CommandRun damaged = segue(
                "fetch",
                "damaged",
                "song.wav",
                "--out",
                folder.resolve("damaged").toString());
        CommandRun refused = segue("fetch", "damaged", "song.flac", "--out", out.toString());
        CommandRun forced = segue("fetch", "damaged", "song.flac", "--out", out.toString(), "--force");

        assertThat(damaged.exitCode()).isEqualTo(1);
        assertThat(damaged.err()).contains("s3://segue/songs/damaged/song.wav", "were promised");
        assertThat(files("damaged")).isEmpty();
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("song.flac is there already", "--force");
        assertThat(forced.exitCode()).as(forced.err()).isZero();
        assertThat(Files.size(out.resolve("song.flac"))).isGreaterThan(4);
        assertThat(segue("fetch", "nothing").err()).contains("nothing of such a song exists");
    }

    @Test
    void everyEndHasItsExitCode() throws IOException, InterruptedException {
        CommandRun rejected = segue("submit", "--watch", "--model", "nobody");
        CommandRun expired = submit("--watch", "--seconds", "300", "--deadline", "2");
        ModelCard card = ModelCard.read(home().resolve("models/untrained/model.json"));
        PublishedModels.announce(
                cluster,
                ModelCard.parse(card.toJson().replace("\"name\" : \"untrained\"", "\"name\" : \"absent\"")),
                List.of(),
                List.of());
        CommandRun failed = segue("submit", "--watch", "--seconds", "1.5", "--model", "absent");
        submit("--id", "endless", "--seconds", "300");
        CommandRun cancelled = segue("cancel", "endless", "--reason", "enough");
        CommandRun watched = segue("watch", "endless", "--timeline");

        assertThat(rejected.exitCode()).as(rejected.out()).isEqualTo(3);
        assertThat(rejected.out()).contains("rejected: model is \"nobody\"", "untrained");
        assertThat(expired.exitCode()).as(expired.out()).isEqualTo(6);
        assertThat(failed.exitCode()).as(failed.out()).isEqualTo(4);
        assertThat(failed.out()).contains("failed: ", "absent");
        assertThat(cancelled.exitCode()).as(cancelled.err()).isZero();
        assertThat(watched.exitCode()).as(watched.out()).isEqualTo(5);
        assertThat(watched.out()).contains("cancelled: enough");
        assertThat(segue("cancel", "endless").exitCode()).isEqualTo(3);
        assertThat(segue("cancel", "nothing").exitCode()).isEqualTo(3);
    }

    @Test
    void levelsOverlapAndSoundIsHeardBeforeATenthOfTheCodesIsMade() throws IOException {
        submit("--id", "overlapping", "--seconds", "12");

        CommandRun watched = segue("watch", "overlapping", "--timeline");

        assertThat(watched.exitCode()).as(watched.out()).isZero();
        assertThat(watched.out())
                .contains("level 2 sample │", "level 1 sample │", "level 0 sample │", "level 0 decode │", "compose");
        JsonNode manifest = new ObjectMapper()
                .readTree(data().resolve("s3/objects/segue/songs/overlapping/manifest.json")
                        .toFile());
        Instant firstBottom =
                times(manifest, 0, "startedAt").min(Instant::compareTo).orElseThrow();
        Instant lastTop =
                times(manifest, 2, "finishedAt").max(Instant::compareTo).orElseThrow();
        assertThat(firstBottom).isBefore(lastTop);
        List<SongEvent> events = Songs.toTheEnd(cluster, "overlapping");
        int heard = events.stream().map(SongEvent::getKind).toList().indexOf(SongEventKind.AUDIO_READY);
        List<LevelProgress> before = events.subList(0, heard + 1).stream()
                .filter(event -> event.getProgress() != null)
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .getProgress()
                .getLevels();
        long made = before.stream().mapToLong(LevelProgress::getCodes).sum();
        long all = before.stream().mapToLong(LevelProgress::getTotalCodes).sum();
        assertThat(made).isPositive().isLessThan(all / 10);
    }

    @Test
    void aProducerThatIsNotOursGetsItsSongByThePublishedSchemaAlone()
            throws IOException, InterruptedException, URISyntaxException {
        String libraries = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> !path.contains("target"))
                .collect(Collectors.joining(File.pathSeparator));
        Path source =
                Path.of(CommandsTest.class.getResource("ForeignProducer.java").toURI());
        Path schema = Path.of(System.getProperty("segue.schemas"), "SongRequest.avsc");

        Process producer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        libraries,
                        source.toString(),
                        cluster.bootstrapServers(),
                        cluster.registry().url(),
                        schema.toString(),
                        "not-ours")
                .redirectErrorStream(true)
                .start();
        String output = new String(producer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(producer.waitFor()).as(output).isZero();
        assertThat(Songs.end(cluster, "not-ours").getKind()).isEqualTo(SongEventKind.COMPLETED);
    }

    @Test
    void aRequestInAFileIsTakenAsItStands() throws IOException {
        Path file = Files.writeString(
                folder.resolve("request.json"),
                "{\"songId\": \"filed\", \"model\": \"untrained\", \"durationSeconds\": 3, \"finestLevel\": 2}");

        CommandRun run = segue("submit", "--watch", "--file", file.toString());
        CommandRun both = segue("submit", "--file", file.toString(), "--seconds", "5");

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).doesNotContain("level 0");
        assertThat(both.exitCode()).isEqualTo(2);
        assertThat(both.err()).contains("--file is given beside --seconds");
    }

    @Test
    void aRequestThatNoBrokerTakesIsRefusedWithWhatIsLarge() throws IOException {
        Path words = Files.writeString(folder.resolve("long.txt"), "la ".repeat(700_000));

        CommandRun run = submit("--lyrics", words.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("larger than the 1048576 bytes", "2100000 of them lyrics; shorten lyrics");
    }

    @Test
    void twoAtOnceOnOneFolderAreRefusedWithTheOneThatHoldsIt() {
        CommandRun run = segue("serve", "--kafka-port=0", "--registry-port=0", "--s3-port=0", "--http-port=0");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("data folder " + data() + " is in use by process");
    }

    private static Stream<Instant> times(JsonNode manifest, int level, String field) {
        return StreamSupport.stream(manifest.path("timeline").spliterator(), false)
                .filter(entry -> entry.path("level").asInt() == level
                        && entry.path("work").asText().equals("sample"))
                .map(entry -> Instant.parse(entry.path(field).asText()));
    }

    private static List<String> files(String below) throws IOException {
        Path root = folder.resolve(below);
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .toList();
        }
    }

    /** Of the untrained model, which is quick. */
    private static CommandRun submit(String... options) {
        List<String> line = new ArrayList<>(List.of("submit", "--model", "untrained"));
        line.addAll(List.of(options));
        return segue(line.toArray(String[]::new));
    }

    private static CommandRun segue(String... arguments) {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--home", home().toString()));
        return CommandRun.of(line.toArray(String[]::new));
    }

    private static Path home() {
        return folder.resolve("home");
    }

    private static Path data() {
        return home().resolve("data");
    }
}
