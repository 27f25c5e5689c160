package dev.segue.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.CodeSegment;
import dev.segue.contracts.record.CodeSegmentKind;
import dev.segue.contracts.topic.LevelPool;
import dev.segue.embedded.Infrastructure;
import dev.segue.embedded.SharedServers;
import dev.segue.worker.generation.WindowTasks;
import dev.segue.worker.jukebox.UntrainedModel;
import dev.segue.worker.tasks.TestInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Workers in processes of their own, which end as processes end. */
@ExtendWith(SharedServers.class)
class WorkerProcessTest {
    private static final int TERMINATED = 128 + 15;
    private static final int TASKS = 12;

    @TempDir
    static Path folder;

    private static Infrastructure infrastructure;
    private static ModelCard card;
    private Process process;

    @BeforeAll
    static void setUp(Infrastructure servers) throws IOException {
        infrastructure = servers;
        card = UntrainedModel.write(folder.resolve("models/untrained"), 1).card();
    }

    @AfterEach
    void tearDown() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void whatAKilledWorkerHadGoesToAnother() throws Exception {
        try (TestInstallation servers = installation("killed.")) {
            give(servers);
            process = start("killed.", "first", "30s");
            awaitRunning(servers, "first");
            process.destroyForcibly().waitFor();
            process = start("killed.", "second", "30s");
            assertThat(answered(servers)).hasSize(TASKS);
        }
    }

    @Test
    void aWorkerThatIsToldToEndLosesNothing() throws Exception {
        try (TestInstallation servers = installation("ended.")) {
            give(servers);
            process = start("ended.", "first", "20s");
            awaitRunning(servers, "first");
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(TERMINATED);
            String log = Files.readString(log("first"));
            assertThat(log).contains("event=generation_worker_stopped worker=first");
            process = start("ended.", "second", "20s");
            assertThat(answered(servers)).hasSize(TASKS);
        }
    }

    @Test
    void aWorkerThatIsToldNonsenseSaysSoAndEnds() throws Exception {
        process = start(Map.of("SEGUE_WORKER_ROLES", "generation"), "misconfigured");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(Files.readString(log("misconfigured")))
                .contains("event=misconfigured key=SEGUE_KAFKA_BOOTSTRAP_SERVERS");
    }

    @Test
    void aWorkerWhoseLogIsForProgramsWritesAnObjectALine() throws Exception {
        process = start(Map.of("SEGUE_WORKER_ROLES", "generation", "SEGUE_LOG_FORMAT", "json"), "json");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

        List<String> lines = Files.readAllLines(log("json"));

        assertThat(lines).hasSize(1);
        JsonNode line = new ObjectMapper().readTree(lines.get(0));
        assertThat(line.path("level").asText()).isEqualTo("ERROR");
        assertThat(line.path("event").asText()).isEqualTo("misconfigured");
        assertThat(line.path("fields").path("key").asText()).isEqualTo("SEGUE_KAFKA_BOOTSTRAP_SERVERS");
    }

    private static TestInstallation installation(String prefix) throws Exception {
        return new TestInstallation(
                infrastructure.bootstrapServers(), infrastructure.registryUrl(), prefix, Duration.ofSeconds(3));
    }

    private static void give(TestInstallation servers) {
        for (int i = 0; i < TASKS; i++) {
            servers.send(
                    servers.topics().windowTasks(LevelPool.BOTTOM),
                    "song-" + i,
                    WindowTasks.wholeOfLevelZero(card, "song-" + i));
        }
    }

    private static void awaitRunning(TestInstallation servers, String worker) {
        read(servers, segment -> segment.getWorker().equals(worker) && segment.getKind() == CodeSegmentKind.RUNNING, 1);
    }

    private static Set<String> answered(TestInstallation servers) {
        return read(servers, segment -> segment.getKind() == CodeSegmentKind.CODES, TASKS);
    }

    /** Songs of segments of a kind, once there are so many. */
    private static Set<String> read(TestInstallation servers, Predicate<CodeSegment> wanted, int songs) {
        return songs(
                servers.read(
                        servers.topics().codeSegments(),
                        all -> songs(all, wanted).size() >= songs),
                wanted);
    }

    private static Set<String> songs(List<CodeSegment> segments, Predicate<CodeSegment> wanted) {
        return segments.stream().filter(wanted).map(CodeSegment::getSongId).collect(Collectors.toSet());
    }

    private static Process start(String prefix, String name, String grace) throws IOException {
        return start(
                Map.of(
                        "SEGUE_WORKER_ROLES",
                        "generation",
                        "SEGUE_KAFKA_BOOTSTRAP_SERVERS",
                        infrastructure.bootstrapServers(),
                        "SEGUE_REGISTRY_URL",
                        infrastructure.registryUrl(),
                        "SEGUE_TOPIC_PREFIX",
                        prefix,
                        "SEGUE_WORKER_NAME",
                        name,
                        "SEGUE_WORKER_LEVEL",
                        "bottom",
                        "SEGUE_WORKER_SLOTS",
                        "2",
                        "SEGUE_WORKER_THREADS",
                        "1",
                        "SEGUE_MODELS",
                        folder.toString(),
                        "SEGUE_WORKER_GRACE",
                        grace),
                name);
    }

    private static Process start(Map<String, String> settings, String name) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WorkerMain.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log(name).toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("SEGUE_"));
        builder.environment().putAll(settings);
        builder.environment().put("SEGUE_MODELS_CACHE", folder.resolve("cache").toString());
        return builder.start();
    }

    private static Path log(String name) {
        return folder.resolve(name + ".log");
    }
}
