package dev.segue.standalone.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.standalone.CommandRun;
import dev.segue.standalone.SegueProcess;
import dev.segue.standalone.cluster.RunningServe;
import dev.segue.standalone.documents.CommandTable.How;
import dev.segue.standalone.documents.CommandTable.Treatment;
import dev.segue.worker.jukebox.DemoModel;
import dev.segue.worker.jukebox.labels.KnownNames;
import dev.segue.worker.manifest.Manifest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Every command and snippet of README.md and docs, held as {@link CommandTable} says. A server runs beside, as the
 * documents start one.
 */
class DocumentedCommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|([^\\s\"]+)");
    private static final Pattern PORT = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/songs");

    @TempDir
    private static Path folder;

    private static CommandTable table;
    private static Shell shell;
    private static SegueProcess server;
    /** What stands for addresses and keys in the table of substitutions. */
    private static Map<String, String> places;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        table = CommandTable.read();
        shell = new Shell(folder);
        Path home = shell.home().resolve(".segue");
        server = SegueProcess.start(
                folder,
                Map.of("SEGUE_HOME", home.toString(), "SEGUE_LOG_FORMAT", "json"),
                "serve",
                "--kafka-port=0",
                "--registry-port=0",
                "--s3-port=0",
                "--http-port=0");
        server.await(line -> line.startsWith("ready"));
        Map<String, String> running = RunningServe.find(home.resolve("data"));
        Matcher port = PORT.matcher(server.output());
        assertThat(port.find()).isTrue();
        places = Map.of(
                "HTTP_PORT", port.group(1),
                "BROKER", running.get("SEGUE_KAFKA_BOOTSTRAP_SERVERS"),
                "REGISTRY", running.get("SEGUE_REGISTRY_URL"),
                "STORE", running.get("SEGUE_S3_ENDPOINT"),
                "ACCESS_KEY", running.get("SEGUE_S3_ACCESS_KEY"),
                "SECRET_KEY", running.get("SEGUE_S3_SECRET_KEY"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void everyCommandIsInTheTableAndEveryRowOfItHoldsSome() throws IOException {
        List<DocumentedCommand> commands = DocumentedCommand.all();
        Set<Treatment> used = new TreeSet<>((one, other) -> one.beginning().compareTo(other.beginning()));

        assertThat(commands).hasSizeGreaterThan(60).allSatisfy(command -> assertThat(table.of(command))
                .as("%s", command)
                .isPresent());
        commands.forEach(command -> table.of(command).ifPresent(used::add));
        assertThat(used).containsExactlyInAnyOrderElementsOf(table.treatments());
        assertThat(table.substitutions()).allSatisfy(substitution -> assertThat(commands)
                .as(substitution.document())
                .anyMatch(command -> command.line().contains(substitution.document())));
    }

    @TestFactory
    Stream<DynamicTest> commandsDoWhatTheyAreShownToDo() throws IOException {
        return tests(How.RUN);
    }

    @Tag("long")
    @TestFactory
    Stream<DynamicTest> commandsThatTakeMinutesDoWhatTheyAreShownToDo() throws IOException {
        return tests(How.LONG);
    }

    /** A test for each command that is run, in the order of the documents; the same command once. */
    private static Stream<DynamicTest> tests(How how) throws IOException {
        Map<String, Treatment> lines = new java.util.LinkedHashMap<>();
        for (DocumentedCommand command : DocumentedCommand.all()) {
            Treatment treatment = table.of(command).orElseThrow();
            if (treatment.how() == how) {
                lines.putIfAbsent(table.substituted(command.line()), treatment);
            }
        }
        return lines.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> run(entry.getKey(), entry.getValue())));
    }

    private static void run(String line, Treatment treatment) throws IOException, InterruptedException {
        String run = line;
        for (Map.Entry<String, String> place : places.entrySet()) {
            run = run.replace(place.getKey(), place.getValue());
        }
        Path home = line.startsWith("./segue song") ? Files.createTempDirectory(folder, "home") : shell.home();
        Shell.Result result = shell.run(run, home);

        assertThat(result.exitCode()).as(line + "\n" + result.output()).isZero();
        assertThat(result.output()).containsPattern(treatment.prints());
    }

    @Test
    void theCommandLineTakesWhatIsShown() throws IOException {
        int taken = 0;
        for (DocumentedCommand command : DocumentedCommand.all()) {
            List<String> words = words(command);
            if (!words.isEmpty()) {
                taken++;
                parse(command, words);
            }
        }
        assertThat(taken).isGreaterThan(40);
    }

    /** A command that is mentioned may leave out what it needs. */
    private static void parse(DocumentedCommand command, List<String> words) {
        try {
            ParseResult parsed = CommandRun.parse(words.toArray(String[]::new));
            assertThat(parsed.hasSubcommand()).as("%s", command).isTrue();
        } catch (MissingParameterException e) {
            assertThat(words).as("%s", command).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void songsAreAskedOfNamesThatTheDemoKnowsWithWordsThatAreThere() throws IOException {
        KnownNames known = DemoModel.unpack(folder.resolve("demo-names")).names();
        int songs = 0;
        for (DocumentedCommand command : DocumentedCommand.all()) {
            List<String> words = words(command);
            if (words.size() > 1 && List.of("song", "submit").contains(words.get(0))) {
                songs++;
                ParseResult song =
                        CommandRun.parse(words.toArray(String[]::new)).subcommand();
                assertThat(known.artists()).contains(song.matchedOptionValue("--artist", "orla venn"));
                assertThat(known.genres()).containsAll(song.matchedOptionValue("--genre", List.<String>of()));
                assertThat(DocumentedCommand.ROOT.resolve(song.matchedOptionValue("--lyrics", Path.of("README.md"))))
                        .isRegularFile();
            }
        }
        assertThat(songs).isGreaterThan(4);
    }

    @Test
    void variablesThatAreShownAreSettings() throws IOException {
        String settings = Files.readString(DocumentedCommand.ROOT.resolve("docs/settings.md"));
        for (DocumentedCommand command : DocumentedCommand.all()) {
            for (Matcher variable = Pattern.compile("\\bSEGUE_[A-Z0-9_]+").matcher(command.line()); variable.find(); ) {
                if (!variable.group().matches("SEGUE_(KAFKA|REGISTRY)_CLIENT_.+")) {
                    assertThat(settings).as("%s", command).contains("`" + variable.group() + "`");
                }
            }
        }
    }

    /** Java and Python of webhooks.md are held by {@code VerificationTest}; the timeline of the README is a picture. */
    @Test
    void everyOtherSnippetIsHeldByATest() throws IOException {
        Map<String, Long> snippets = new TreeMap<>();
        for (String document : DocumentedCommand.documents()) {
            for (String language : List.of("json", "java", "python", "yaml", "")) {
                long count = DocumentedCommand.blocks(document, language).size();
                if (count > 0) {
                    snippets.put(document + " " + language, count);
                }
            }
        }
        assertThat(snippets)
                .isEqualTo(Map.of(
                        "README.md ", 1L,
                        "docs/observability.md json", 2L,
                        "docs/training.md json", 1L,
                        "docs/webhooks.md json", 1L,
                        "docs/webhooks.md java", 1L,
                        "docs/webhooks.md python", 1L));
    }

    @Test
    void theBacklogThatIsShownHasTheKeysOfTheOneThatIsServed() throws IOException, InterruptedException {
        HttpResponse<String> served = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + places.get("HTTP_PORT") + "/backlog"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(keys(
                        "",
                        JSON.readTree(DocumentedCommand.blocks("docs/observability.md", "json")
                                .get(0))))
                .isEqualTo(keys("", JSON.readTree(served.body())));
    }

    @Test
    void theLineOfTheLogThatIsShownHasTheKeysOfThoseThatAreWritten() throws IOException, InterruptedException {
        assertThat(shell.run("./segue submit --model untrained --seconds 2 --watch", shell.home())
                        .exitCode())
                .isZero();
        JsonNode shown = JSON.readTree(
                DocumentedCommand.blocks("docs/observability.md", "json").get(1));
        JsonNode written = JSON.readTree(server.output()
                .lines()
                .filter(line -> line.contains("\"event\":\"window_done\""))
                .findFirst()
                .orElseThrow());

        assertThat(keys("", shown)).isEqualTo(keys("", written));
        assertThat(shown.path("logger")).isEqualTo(written.path("logger"));
    }

    @Test
    void theLineOfAManifestThatIsShownIsRead() throws IOException {
        Path songs = Files.createTempDirectory(folder, "songs");
        Files.writeString(
                songs.resolve(Manifest.FILE),
                DocumentedCommand.blocks("docs/training.md", "json").get(0));

        Files.createDirectories(songs.resolve("songs"));
        Files.write(songs.resolve("songs/one.flac"), new byte[] {0});

        assertThat(Manifest.read(songs).songs()).hasSize(1);
    }

    private static Set<String> keys(String above, JsonNode node) {
        Set<String> keys = new TreeSet<>();
        node.properties().forEach(entry -> {
            keys.add(above + entry.getKey());
            keys.addAll(keys(above + entry.getKey() + ".", entry.getValue()));
        });
        return keys;
    }

    /** What a command gives {@code segue}, as a shell splits it; empty for another program's. */
    private static List<String> words(DocumentedCommand command) {
        Matcher start = Pattern.compile("^(?:SEGUE_\\S+ )*(?:source <\\()?(?:\\./)?segue (.*)$")
                .matcher(command.line());
        List<String> words = new ArrayList<>();
        if (start.matches()) {
            String line = start.group(1).replaceAll(" >.*|\\)$", "");
            for (Matcher word = WORD.matcher(line); word.find(); ) {
                words.add(word.group(1) == null ? word.group(2) : word.group(1));
            }
        }
        return words;
    }
}
