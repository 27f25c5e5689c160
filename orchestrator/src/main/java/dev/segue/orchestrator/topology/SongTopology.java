package dev.segue.orchestrator.topology;

import dev.segue.contracts.topic.LevelPool;
import dev.segue.contracts.topic.Topic;
import dev.segue.contracts.topic.Topics;
import dev.segue.contracts.wire.AvroFormat;
import dev.segue.telemetry.Telemetry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology: five sources, one processor with three stores, and a sink for each topic that it writes. All topics have
 * one partition, so that there is one task, which sees everything in one order.
 *
 * <p>Keys and values cross it as bytes: what cannot be read must be kept as it came, and only the processor can tell a
 * record that is unreadable from one that cannot be read now.
 */
public final class SongTopology {
    /** Store of everything about songs but their codes. */
    public static final String SONGS = "songs";

    /** Store of codes. */
    public static final String CODES = "codes";

    /** Store of model cards, and of the schemas that the stores are written with. */
    public static final String MODELS = "models";

    private static final String PROCESSOR = "conductor";

    /** Segments of changelogs are small, so that what is obsolete goes soon and a restart reads little. */
    private static final Map<String, String> CHANGELOG = Map.of("segment.bytes", Integer.toString(16 << 20));

    private SongTopology() {}

    /**
     * Puts it together.
     *
     * @param topics of the installation
     * @param avro how values become bytes; stays the caller's
     * @param settings how songs are handled
     * @param tally takes note of what happens
     */
    public static Topology of(Topics topics, AvroFormat avro, FlowSettings settings, Tally tally) {
        return of(topics, avro, settings, tally, new SongTelemetry(Telemetry.unheard(), tally));
    }

    /**
     * Puts it together.
     *
     * @param telemetry tells of songs
     */
    public static Topology of(
            Topics topics, AvroFormat avro, FlowSettings settings, Tally tally, SongTelemetry telemetry) {
        Objects.requireNonNull(topics, "topics is null");
        Objects.requireNonNull(avro, "avro is null");
        Objects.requireNonNull(settings, "settings is null");
        Objects.requireNonNull(tally, "tally is null");
        Topology topology = new Topology();
        Deserializer<byte[]> reader = Serdes.ByteArray().deserializer();
        List<String> sources = new ArrayList<>();
        for (Topic<?> topic : sources(topics)) {
            topology.addSource(AutoOffsetReset.earliest(), topic.name(), reader, reader, topic.name());
            sources.add(topic.name());
        }
        topology.addProcessor(
                PROCESSOR,
                () -> new Conductor(
                        context -> Desk.of(context, topics, avro, settings, tally, telemetry), telemetry::standsBy),
                sources.toArray(String[]::new));
        for (String name : List.of(SONGS, CODES, MODELS)) {
            topology.addStateStore(store(name), PROCESSOR);
        }
        Serializer<byte[]> writer = Serdes.ByteArray().serializer();
        for (Topic<?> topic : sinks(topics)) {
            topology.addSink(topic.name(), topic.name(), writer, writer, PROCESSOR);
        }
        return topology;
    }

    private static List<Topic<?>> sources(Topics topics) {
        return List.of(
                topics.songRequests(),
                topics.songCommands(),
                topics.models(),
                topics.codeSegments(),
                topics.audioSegments());
    }

    private static List<Topic<?>> sinks(Topics topics) {
        return List.of(
                topics.windowTasks(LevelPool.TOP),
                topics.windowTasks(LevelPool.MIDDLE),
                topics.windowTasks(LevelPool.BOTTOM),
                topics.audioTasks(),
                topics.stoppedSongs(),
                topics.songEvents(),
                topics.deadLetters());
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(CHANGELOG);
    }
}
