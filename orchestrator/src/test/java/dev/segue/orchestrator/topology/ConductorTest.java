package dev.segue.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.contracts.wire.AvroFormat;
import dev.segue.contracts.wire.SchemaRegistry;
import dev.segue.telemetry.Telemetry;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

class ConductorTest {
    private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();

    @Test
    void aTaskThatWasClosedIsNotRevivedSinceItWouldSkipRecords() throws IOException {
        for (String name : List.of(SongTopology.SONGS, SongTopology.CODES, SongTopology.MODELS)) {
            StateStore store = SongTopology.store(name).withLoggingDisabled().build();
            store.init(context.getStateStoreContext(), store);
            context.addStateStore(store);
        }
        Tally tally = new Tally();
        SongTelemetry telemetry = new SongTelemetry(Telemetry.unheard(), tally);
        try (LocalRegistry registry = LocalRegistry.start();
                AvroFormat avro = new AvroFormat(SchemaRegistry.at(registry.url()))) {
            Conductor conductor = new Conductor(
                    its -> Desk.of(its, Rehearsal.TOPICS, avro, FlowSettings.DEFAULT, tally, telemetry), () -> {});
            conductor.init(context);
            assertThat(context.scheduledPunctuators()).hasSize(2);
            conductor.close();

            assertThatThrownBy(() -> conductor.init(context))
                    .isInstanceOf(StreamsException.class)
                    .hasMessageContaining("a new thread begins it anew");
            assertThat(context.scheduledPunctuators()).hasSize(2);
        }
    }
}
