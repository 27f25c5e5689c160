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
import dev.segue.orchestrator.topology.LocalRegistry;
import dev.segue.orchestrator.topology.Tally;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On a real broker, with a registry that falls silent when the test says so. */
@ExtendWith(SharedServers.class)
class RegistrySilenceTest {
    private static final ModelCard CARD = Cards.small();
    private static final String PREFIX = "silence.";

    @Test
    void whileTheRegistryIsSilentNothingIsLostAndNothingIsDeadLettered(Infrastructure servers) throws Exception {
        try (LocalRegistry registry = LocalRegistry.start();
                Orchestrator orchestrator = Orchestrator.start(OrchestratorConfig.from(Settings.of(Map.of(
                        "SEGUE_KAFKA_BOOTSTRAP_SERVERS", servers.bootstrapServers(),
                        "SEGUE_REGISTRY_URL", registry.url(),
                        "SEGUE_TOPIC_PREFIX", PREFIX))));
                ClusterStage stage = new ClusterStage(
                        servers.bootstrapServers(), SchemaRegistry.at(registry.url()), new Topics(PREFIX), CARD)) {
            orchestrator.awaitRunning(Duration.ofMinutes(1));
            stage.publish(CARD);
            stage.send(song("before"));
            stage.work(10, () -> false);

            // As large as a topic takes, so that with its reason it is larger than most topics take.
            stage.sendBytes(new Topics(PREFIX).songRequests(), "large", new byte[1_048_450]);
            while (stage.deadLetters.isEmpty()) {
                stage.look();
            }
            assertThat(stage.deadLetters.remove(0).value()).hasSize(1_048_450);

            registry.silent(true);
            byte[] unknownSchema =
                    ByteBuffer.allocate(20).put((byte) 0).putInt(4711).array();
            stage.sendBytes(new Topics(PREFIX).songRequests(), "behind", unknownSchema);
            stage.send(song("after"));
            // Long enough for the orchestrator to give up and begin again twice.
            stage.awaits(() -> orchestrator.tally().of(Tally.Event.REGISTRY_WAIT) >= 24);
            assertThat(stage.deadLetters).isEmpty();
            registry.silent(false);

            stage.work(
                    Integer.MAX_VALUE,
                    () -> stage.has("before", SongEventKind.COMPLETED)
                            && stage.has("after", SongEventKind.COMPLETED)
                            && stage.has("behind", SongEventKind.REJECTED));
            stage.look();
            assertThat(stage.deadLetters)
                    .as("only what the registry, once it answered, did not know")
                    .hasSize(1);
            assertThat(stage.given).doesNotHaveDuplicates();
        }
    }

    private static SongRequest song(String songId) {
        return SongRequest.newBuilder()
                .setSongId(songId)
                .setModel(CARD.name())
                .setDurationSeconds(0.5)
                .build();
    }
}
