package dev.segue.orchestrator;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.AudioSegment;
import dev.segue.contracts.record.AudioTask;
import dev.segue.contracts.record.CodeSegment;
import dev.segue.contracts.record.ModelRegistration;
import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.record.SongEventKind;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.record.WindowTask;
import dev.segue.contracts.topic.LevelPool;
import dev.segue.contracts.topic.Topic;
import dev.segue.contracts.topic.Topics;
import dev.segue.contracts.wire.AvroFormat;
import dev.segue.contracts.wire.SchemaRegistry;
import dev.segue.orchestrator.topology.ScriptedWorker;
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
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The other side of an orchestrator on a real cluster: reads what it committed, all of it, and answers as workers do.
 *
 * <p>Owned by the test's thread.
 */
final class ClusterStage implements AutoCloseable {
    final Deque<WindowTask> windowTasks = new ArrayDeque<>();
    final Deque<AudioTask> audioTasks = new ArrayDeque<>();
    final List<String> given = new ArrayList<>();
    final List<SongEvent> events = new ArrayList<>();
    final List<ConsumerRecord<byte[], byte[]>> deadLetters = new ArrayList<>();

    private final Topics topics;
    private final AvroFormat avro;
    private final Serializer<SpecificRecord> serializer;
    private final ScriptedWorker worker;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Deserializer<?>> deserializers = new HashMap<>();

    ClusterStage(String bootstrapServers, SchemaRegistry registry, Topics topics, ModelCard card) {
        this.topics = topics;
        this.avro = new AvroFormat(registry);
        this.serializer = avro.serializer();
        this.worker = new ScriptedWorker(card, 64);
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0, "max.request.size", 2 << 20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest",
                        "fetch.max.wait.ms",
                        20),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(Stream.concat(
                        Stream.of(LevelPool.values()).map(topics::windowTasks),
                        Stream.of(topics.audioTasks(), topics.songEvents(), topics.deadLetters()))
                .map(topic -> new TopicPartition(topic.name(), 0))
                .toList());
    }

    void publish(ModelCard card) throws Exception {
        send(
                topics.models(),
                card.name(),
                new ModelRegistration(card.name(), card.digest(), card.toJson(), List.of(), List.of()));
    }

    void send(SongRequest request) throws Exception {
        send(topics.songRequests(), request.getSongId(), request);
    }

    private <T extends SpecificRecord> void send(Topic<T> topic, String key, T value)
            throws ExecutionException, InterruptedException {
        sendBytes(topic, key, serializer.serialize(topic.name(), value));
    }

    void sendBytes(Topic<?> topic, String key, byte[] value) throws ExecutionException, InterruptedException {
        producer.send(new ProducerRecord<>(topic.name(), key.getBytes(StandardCharsets.UTF_8), value))
                .get();
    }

    /** Takes in what was committed since the last look. */
    void look() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
            if (record.topic().equals(topics.songEvents().name())) {
                events.add(read(topics.songEvents(), record));
            } else if (record.topic().equals(topics.audioTasks().name())) {
                AudioTask task = read(topics.audioTasks(), record);
                audioTasks.add(task);
                given.add(describe(task));
            } else if (record.topic().equals(topics.deadLetters().name())) {
                deadLetters.add(record);
            } else {
                WindowTask task = read(topics.windowTasks(LevelPool.TOP), record);
                windowTasks.add(task);
                given.add(describe(task));
            }
        }
    }

    private static String describe(AudioTask task) {
        return task.getSongId() + " " + task.getKind()
                + (task.getDecode() == null
                        ? ""
                        : " " + task.getDecode().getLevel() + " "
                                + task.getDecode().getStart());
    }

    private static String describe(WindowTask task) {
        return task.getSongId() + " " + task.getKind() + " " + task.getLevel()
                + (task.getSample() == null ? "" : " " + task.getSample().getWindow());
    }

    private <T extends SpecificRecord> T read(Topic<T> topic, ConsumerRecord<byte[], byte[]> record) {
        Deserializer<?> deserializer = deserializers.computeIfAbsent(record.topic(), name -> avro.deserializer(topic));
        return topic.value().cast(deserializer.deserialize(record.topic(), record.value()));
    }

    /** Does at most {@code most} tasks, waiting for them as long as it takes, until {@code done}. */
    int work(int most, BooleanSupplier done) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        int worked = 0;
        while (worked < most && !done.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("nothing more to do; events " + events.size() + ", tasks " + given);
            }
            look();
            while (worked < most && !(audioTasks.isEmpty() && windowTasks.isEmpty())) {
                workOnce();
                worked++;
            }
        }
        return worked;
    }

    /** Takes in what is committed until {@code done}. */
    void awaits(BooleanSupplier done) {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("waited in vain; events " + events.size() + ", tasks " + given);
            }
            look();
        }
    }

    /** Does the oldest task, sound before codes. */
    void workOnce() throws Exception {
        if (audioTasks.isEmpty()) {
            workWindow();
        } else {
            for (AudioSegment answer : worker.done(audioTasks.poll(), Instant.now())) {
                send(topics.audioSegments(), answer.getSongId(), answer);
            }
        }
    }

    /** Does the oldest window. */
    void workWindow() throws Exception {
        for (CodeSegment answer : worker.all(windowTasks.poll(), Instant.now())) {
            send(topics.codeSegments(), answer.getSongId(), answer);
        }
    }

    boolean has(String songId, SongEventKind kind) {
        return kinds(songId).contains(kind);
    }

    List<SongEventKind> kinds(String songId) {
        return events.stream()
                .filter(event -> event.getSongId().equals(songId))
                .map(SongEvent::getKind)
                .toList();
    }

    @Override
    public void close() throws IOException {
        producer.close();
        consumer.close();
        avro.close();
    }
}
