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
import dev.segue.orchestrator.webhook.delivery.Receiver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On real servers: a song from its request to what the address that it names is told. */
@ExtendWith(SharedServers.class)
class CallbackTest {
    private static final ModelCard CARD = Cards.small();
    private static final String PREFIX = "callback.";

    @Test
    void aReceiverIsToldOfItsSongFromTheRequestToTheEnd(Infrastructure servers) throws Exception {
        Map<String, String> settings = Map.of(
                "SEGUE_KAFKA_BOOTSTRAP_SERVERS", servers.bootstrapServers(),
                "SEGUE_REGISTRY_URL", servers.registryUrl(),
                "SEGUE_TOPIC_PREFIX", PREFIX,
                "SEGUE_WEBHOOK_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "SEGUE_WEBHOOK_PLAIN_HTTP", "yes",
                "SEGUE_WEBHOOK_PORTS", "any",
                "SEGUE_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.1/32");
        try (Receiver receiver = Receiver.start();
                Orchestrator orchestrator = Orchestrator.start(OrchestratorConfig.from(Settings.of(settings)));
                ClusterStage stage = new ClusterStage(
                        servers.bootstrapServers(),
                        SchemaRegistry.at(servers.registryUrl()),
                        new Topics(PREFIX),
                        CARD)) {
            orchestrator.awaitRunning(Duration.ofMinutes(1));
            stage.publish(CARD);
            stage.send(SongRequest.newBuilder()
                    .setSongId("song")
                    .setModel(CARD.name())
                    .setDurationSeconds(1)
                    .setCallbackUrl(receiver.url("/hook"))
                    .build());
            stage.work(Integer.MAX_VALUE, () -> stage.has("song", SongEventKind.COMPLETED));
            Receiver.await(() -> text(receiver).stream().anyMatch(body -> body.contains("song.completed")));

            List<String> told = text(receiver);
            assertThat(told.get(0)).contains("\"song.received\"");
            assertThat(told.get(1)).contains("\"song.accepted\"");
            assertThat(told.get(told.size() - 1)).contains("\"song.completed\"", "\"files\":[{");
            assertThat(new HashSet<>(receiver.ids())).hasSameSizeAs(receiver.ids());
        }
    }

    private static List<String> text(Receiver receiver) {
        return receiver.received().stream()
                .map(request -> new String(request.body(), StandardCharsets.UTF_8))
                .toList();
    }
}
