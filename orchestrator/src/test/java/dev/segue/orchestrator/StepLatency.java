package dev.segue.orchestrator;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.SongEventKind;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.settings.Settings;
import dev.segue.contracts.topic.Topics;
import dev.segue.contracts.wire.SchemaRegistry;
import dev.segue.embedded.Infrastructure;
import dev.segue.embedded.Ports;
import dev.segue.orchestrator.plan.Cards;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Measures a dependency step on the embedded broker: from handing in a window's codes until a reader of committed records
 * has the next window's task. Run by hand; prints milliseconds.
 */
final class StepLatency {
    private static final int WARM_UP = 50;
    private static final int STEPS = 300;

    private StepLatency() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("segue-latency");
        ModelCard card = Cards.small(List.of(16, 16, 16), List.of(0.5, 0.5, 0.25));
        try (Infrastructure servers = Infrastructure.start(folder.resolve("servers"), Ports.free());
                Orchestrator orchestrator = Orchestrator.start(OrchestratorConfig.from(Settings.of(Map.of(
                        "SEGUE_KAFKA_BOOTSTRAP_SERVERS", servers.bootstrapServers(),
                        "SEGUE_REGISTRY_URL", servers.registryUrl(),
                        "SEGUE_ORCHESTRATOR_TASK_SECONDS", "0s"))));
                ClusterStage stage = new ClusterStage(
                        servers.bootstrapServers(),
                        SchemaRegistry.at(servers.registryUrl()),
                        new Topics(Topics.DEFAULT_PREFIX),
                        card)) {
            orchestrator.awaitRunning(Duration.ofMinutes(1));
            stage.publish(card);
            // The top level alone: one window after the other, each waiting for the last.
            stage.send(SongRequest.newBuilder()
                    .setSongId("song")
                    .setModel(card.name())
                    .setFinestLevel(2)
                    .setDurationSeconds((WARM_UP + STEPS + 20) * 4 / 100.0)
                    .build());
            stage.work(1, () -> stage.has("song", SongEventKind.ACCEPTED));
            List<Double> millis = new ArrayList<>();
            while (millis.size() < WARM_UP + STEPS) {
                while (stage.windowTasks.isEmpty()) {
                    stage.look();
                }
                long before = System.nanoTime();
                stage.workWindow();
                while (stage.windowTasks.isEmpty()) {
                    stage.look();
                }
                millis.add((System.nanoTime() - before) / 1e6);
                while (!stage.audioTasks.isEmpty()) {
                    stage.workOnce();
                }
            }
            List<Double> measured = new ArrayList<>(millis.subList(WARM_UP, millis.size()));
            Collections.sort(measured);
            System.out.printf(
                    "steps %d, median %.1f ms, 95th percentile %.1f ms, least %.1f ms, most %.1f ms%n",
                    measured.size(),
                    measured.get(measured.size() / 2),
                    measured.get(measured.size() * 95 / 100),
                    measured.get(0),
                    measured.get(measured.size() - 1));
        }
    }
}
