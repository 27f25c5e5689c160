package dev.segue.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.SongEventKind;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.settings.Settings;
import dev.segue.contracts.topic.Topics;
import dev.segue.contracts.wire.SchemaRegistry;
import dev.segue.embedded.Infrastructure;
import dev.segue.embedded.SharedServers;
import dev.segue.orchestrator.plan.Cards;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** On real servers: what a song is worth when the orchestrator goes away and comes back. */
@ExtendWith(SharedServers.class)
class RestartTest {
    private static final ModelCard CARD = Cards.small();
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Set<SongEventKind> TERMINAL =
            Set.of(SongEventKind.COMPLETED, SongEventKind.FAILED, SongEventKind.CANCELLED, SongEventKind.EXPIRED);

    @TempDir
    Path folder;

    @Test
    void aSongGoesOnFromStateAloneWhenTheOrchestratorWasStopped(Infrastructure servers) throws Exception {
        Map<String, String> settings = settings(servers, "stopped.");
        Orchestrator first = start(settings);
        try (ClusterStage stage = stage(servers, "stopped.")) {
            stage.publish(CARD);
            stage.send(request("song"));
            stage.work(12, () -> false);
            first.close();
            try (Orchestrator second = start(settings)) {
                assertThat(second.isRunning()).isTrue();
                stage.work(Integer.MAX_VALUE, () -> stage.has("song", SongEventKind.COMPLETED));
            }
            assertOneEnd(stage, "song");
        }
    }

    @Test
    void aSongGoesOnFromStateAloneWhenTheOrchestratorWasKilled(Infrastructure servers) throws Exception {
        Map<String, String> settings = settings(servers, "killed.");
        try (ClusterStage stage = afterSetup(settings, servers, "killed.")) {
            Process first = child(settings);
            try {
                stage.publish(CARD);
                stage.send(request("song"));
                stage.work(12, () -> false);
            } finally {
                first.destroyForcibly().waitFor();
            }
            try (Stream<Path> left = Files.list(folder)) {
                assertThat(left)
                        .as("its state lies in memory and in the cluster; of temporary files, too, it makes none")
                        .containsExactly(log());
            }
            try (Orchestrator second = start(settings)) {
                stage.work(Integer.MAX_VALUE, () -> stage.has("song", SongEventKind.COMPLETED));
                assertThat(second.isRunning()).isTrue();
            }
            assertOneEnd(stage, "song");
        }
    }

    private static void assertOneEnd(ClusterStage stage, String songId) {
        stage.look();
        assertThat(stage.kinds(songId)).filteredOn(TERMINAL::contains).containsExactly(SongEventKind.COMPLETED);
        assertThat(stage.given).as("every piece of work is given out once").doesNotHaveDuplicates();
        assertThat(stage.events)
                .extracting(event -> event.getSequence())
                .as("no event is lost and none comes twice")
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, stage.events.size()).boxed().toList());
        assertThat(stage.deadLetters).isEmpty();
    }

    private static SongRequest request(String songId) {
        return SongRequest.newBuilder()
                .setSongId(songId)
                .setModel(CARD.name())
                .setLyrics("la la")
                .setDurationSeconds(1.5)
                .build();
    }

    private static Map<String, String> settings(Infrastructure servers, String prefix) {
        Map<String, String> settings = new HashMap<>();
        settings.put("SEGUE_KAFKA_BOOTSTRAP_SERVERS", servers.bootstrapServers());
        settings.put("SEGUE_REGISTRY_URL", servers.registryUrl());
        settings.put("SEGUE_TOPIC_PREFIX", prefix);
        return settings;
    }

    private static Orchestrator start(Map<String, String> settings) throws Exception {
        Orchestrator orchestrator = Orchestrator.start(OrchestratorConfig.from(Settings.of(settings)));
        orchestrator.awaitRunning(SOON);
        return orchestrator;
    }

    private static ClusterStage afterSetup(Map<String, String> settings, Infrastructure servers, String prefix)
            throws Exception {
        ClusterSetup.run(OrchestratorConfig.from(Settings.of(settings)));
        return stage(servers, prefix);
    }

    private static ClusterStage stage(Infrastructure servers, String prefix) {
        return new ClusterStage(
                servers.bootstrapServers(), SchemaRegistry.at(servers.registryUrl()), new Topics(prefix), CARD);
    }

    private Path log() {
        return folder.resolve("orchestrator.log");
    }

    private Process child(Map<String, String> settings) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                OrchestratorMain.class.getName()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log().toFile());
        builder.environment().putAll(settings);
        return builder.start();
    }
}
