package dev.segue.orchestrator.topology;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.AudioSegment;
import dev.segue.contracts.record.AudioTask;
import dev.segue.contracts.record.CodeSegment;
import dev.segue.contracts.record.ModelRegistration;
import dev.segue.contracts.record.SongCommand;
import dev.segue.contracts.record.SongCommandKind;
import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.record.SongEventKind;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.record.StoppedSong;
import dev.segue.contracts.record.WindowTask;
import dev.segue.contracts.topic.LevelPool;
import dev.segue.contracts.topic.Topic;
import dev.segue.contracts.topic.Topics;
import dev.segue.contracts.wire.AvroFormat;
import dev.segue.contracts.wire.SchemaRegistry;
import dev.segue.orchestrator.callback.OpenCallbacks;
import dev.segue.telemetry.Telemetry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The whole topology without a cluster: one thread, a clock that stands still until it is told, scripted workers. */
final class Rehearsal implements AutoCloseable {
    static final Topics TOPICS = new Topics("test.");
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String APPLICATION = "rehearsal";

    final Deque<WindowTask> windowTasks = new ArrayDeque<>();
    final Deque<AudioTask> audioTasks = new ArrayDeque<>();
    final List<SongEvent> events = new ArrayList<>();
    final List<StoppedSong> stopped = new ArrayList<>();
    final List<TestRecord<byte[], byte[]>> deadLetters = new ArrayList<>();
    final Map<String, Long> changelogBytes = new HashMap<>();
    final List<Headers> taskHeaders = new ArrayList<>();
    final Tally tally = new Tally();
    final SongTelemetry telemetry = new SongTelemetry(Telemetry.unheard(), tally);
    final ScriptedWorker worker;

    private final LocalRegistry registry;
    private final AvroFormat avro;
    private final TopologyTestDriver driver;
    private final ModelCard card;
    private final Serializer<SpecificRecord> serializer;
    private final Map<String, TestInputTopic<byte[], byte[]>> inputs = new HashMap<>();
    private final Map<String, TestOutputTopic<byte[], byte[]>> outputs = new HashMap<>();
    private final Map<String, Deserializer<?>> deserializers = new HashMap<>();
    private Instant now = START;

    Rehearsal(ModelCard card, FlowSettings settings) throws IOException {
        this(card, settings, 64);
    }

    Rehearsal(ModelCard card, FlowSettings settings, int promptPiece) throws IOException {
        this.card = card;
        this.worker = new ScriptedWorker(card, promptPiece);
        this.registry = LocalRegistry.start();
        this.avro = new AvroFormat(SchemaRegistry.at(registry.url()));
        this.serializer = avro.serializer();
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        this.driver = new TopologyTestDriver(
                SongTopology.of(TOPICS, avro, telling(settings), tally, telemetry), properties, START);
        publish(card);
    }

    private static FlowSettings telling(FlowSettings settings) {
        return new FlowSettings(
                settings.limits().with(OpenCallbacks.RULES),
                settings.songsInFlight(),
                settings.lostAfter(),
                settings.unclaimedAfter(),
                settings.retryAfter(),
                settings.keepEnded(),
                settings.taskLength(),
                settings.registryPatience());
    }

    void publish(ModelCard model) {
        send(
                TOPICS.models(),
                model.name(),
                new ModelRegistration(model.name(), model.digest(), model.toJson(), List.of(), List.of()));
    }

    SongRequest.Builder request(String songId, double seconds) {
        return SongRequest.newBuilder().setSongId(songId).setModel(card.name()).setDurationSeconds(seconds);
    }

    void send(SongRequest request) {
        send(TOPICS.songRequests(), request.getSongId(), request);
    }

    void cancel(String songId) {
        send(TOPICS.songCommands(), songId, new SongCommand(songId, SongCommandKind.CANCEL, "changed my mind"));
    }

    void answer(CodeSegment segment) {
        send(TOPICS.codeSegments(), segment.getSongId(), segment);
    }

    void answer(AudioSegment segment) {
        send(TOPICS.audioSegments(), segment.getSongId(), segment);
    }

    <T extends SpecificRecord> void send(Topic<T> topic, String key, T value) {
        sendBytes(topic, key == null ? null : new StringSerializer().serialize("", key), bytes(topic, value));
    }

    <T extends SpecificRecord> byte[] bytes(Topic<T> topic, T value) {
        return serializer.serialize(topic.name(), value);
    }

    void sendBytes(Topic<?> topic, byte[] key, byte[] value) {
        sendBytes(topic, key, value, new RecordHeaders());
    }

    void sendBytes(Topic<?> topic, byte[] key, byte[] value, Headers headers) {
        inputs.computeIfAbsent(
                        topic.name(),
                        name -> driver.createInputTopic(name, new ByteArraySerializer(), new ByteArraySerializer()))
                .pipeInput(new TestRecord<>(key, value, headers, now));
        collect();
    }

    /** Lets time pass. */
    void pass(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(time);
        collect();
    }

    Instant now() {
        return now;
    }

    /** Lets the registry fail, or answer again. */
    void registrySilent(boolean silent) {
        registry.silent(silent);
    }

    /** Does the oldest task of each kind; whether there was one. */
    boolean work() {
        AudioTask audio = audioTasks.poll();
        if (audio != null) {
            worker.done(audio, now).forEach(this::answer);
        }
        WindowTask window = windowTasks.poll();
        if (window != null) {
            worker.all(window, now).forEach(this::answer);
        }
        return audio != null || window != null;
    }

    /** Does tasks until there are none. */
    void workAll() {
        while (work()) {
            // the next one
        }
    }

    /** Does preparations until none is left. */
    void prepareAll() {
        while (!audioTasks.isEmpty() && audioTasks.peek().getPrepare() != null) {
            worker.done(audioTasks.poll(), now).forEach(this::answer);
        }
    }

    List<SongEvent> events(String songId) {
        return events.stream().filter(event -> event.getSongId().equals(songId)).toList();
    }

    List<SongEventKind> kinds(String songId) {
        return events(songId).stream().map(SongEvent::getKind).toList();
    }

    SongEvent last(String songId) {
        List<SongEvent> all = events(songId);
        return all.get(all.size() - 1);
    }

    SongEvent only(String songId, SongEventKind kind) {
        List<SongEvent> found =
                events(songId).stream().filter(event -> event.getKind() == kind).toList();
        if (found.size() != 1) {
            throw new AssertionError("events of " + songId + " are " + kinds(songId) + ", not one " + kind);
        }
        return found.get(0);
    }

    /** Entries of a store. */
    long entries(String store) {
        long count = 0;
        try (var all = driver.getKeyValueStore(store).all()) {
            while (all.hasNext()) {
                all.next();
                count++;
            }
        }
        return count;
    }

    /** Overwrites a song's entry of a kind with bytes that mean nothing. */
    void breakEntry(String store, String songId, char kind) {
        KeyValueStore<Bytes, byte[]> entries = driver.getKeyValueStore(store);
        entries.put(Bytes.wrap((songId + "\0" + kind).getBytes(StandardCharsets.UTF_8)), new byte[] {1, 2, 3});
    }

    /** Loses codes of a song as soon as there are some. */
    void breakCodes(String songId) {
        while (true) {
            work();
            KeyValueStore<Bytes, byte[]> codes = driver.getKeyValueStore(SongTopology.CODES);
            Bytes from = Bytes.wrap((songId + "\0").getBytes(StandardCharsets.UTF_8));
            Bytes to = Bytes.wrap((songId + "\1").getBytes(StandardCharsets.UTF_8));
            List<Bytes> keys = new ArrayList<>();
            try (var all = codes.range(from, to)) {
                all.forEachRemaining(entry -> keys.add(entry.key));
            }
            if (!keys.isEmpty()) {
                keys.forEach(codes::delete);
                return;
            }
        }
    }

    /** Lets one step fail that concerns no song that matters, so that all songs are read again. */
    void failAStep() {
        send(request("bystander", 0.5).build());
        breakEntry(SongTopology.SONGS, "bystander", 'r');
        prepareAll();
    }

    private void collect() {
        for (LevelPool pool : LevelPool.values()) {
            read(TOPICS.windowTasks(pool)).forEach(task -> {
                windowTasks.add(task.value());
                taskHeaders.add(task.headers());
            });
        }
        read(TOPICS.audioTasks()).forEach(task -> {
            audioTasks.add(task.value());
            taskHeaders.add(task.headers());
        });
        read(TOPICS.songEvents()).forEach(event -> events.add(event.value()));
        read(TOPICS.stoppedSongs()).forEach(song -> stopped.add(song.value()));
        deadLetters.addAll(output(TOPICS.deadLetters().name()).readRecordsToList());
        for (String store : List.of(SongTopology.SONGS, SongTopology.CODES, SongTopology.MODELS)) {
            String topic = APPLICATION + "-" + store + "-changelog";
            if (!driver.producedTopicNames().contains(topic)) {
                continue;
            }
            for (TestRecord<byte[], byte[]> change : output(topic).readRecordsToList()) {
                long bytes = (long) change.key().length + (change.value() == null ? 0 : change.value().length);
                changelogBytes.merge(store, bytes, Long::sum);
            }
        }
    }

    private TestOutputTopic<byte[], byte[]> output(String topic) {
        return outputs.computeIfAbsent(
                topic,
                name -> driver.createOutputTopic(name, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    }

    private <T extends SpecificRecord> List<TestRecord<byte[], T>> read(Topic<T> topic) {
        Deserializer<?> deserializer = deserializers.computeIfAbsent(topic.name(), name -> avro.deserializer(topic));
        List<TestRecord<byte[], T>> records = new ArrayList<>();
        for (TestRecord<byte[], byte[]> record : output(topic.name()).readRecordsToList()) {
            T value = topic.value().cast(deserializer.deserialize(topic.name(), record.value()));
            records.add(new TestRecord<>(record.key(), value, record.headers(), record.getRecordTime()));
        }
        return records;
    }

    @Override
    public void close() throws IOException {
        driver.close();
        avro.close();
        registry.close();
    }
}
