package dev.segue.worker.tasks;

import dev.segue.contracts.record.StopReason;
import dev.segue.contracts.record.StoppedSong;
import dev.segue.contracts.topic.ShareGroups;
import dev.segue.contracts.topic.Topic;
import dev.segue.contracts.topic.Topics;
import dev.segue.contracts.wire.AvroFormat;
import dev.segue.contracts.wire.SchemaRegistry;
import dev.segue.contracts.wire.ShareGroupSetup;
import dev.segue.contracts.wire.TopicSetup;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

/** Topics and groups of a test on real servers, with what the other side of a worker does: give out, listen. */
public final class TestInstallation implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Installation installation;
    private final AvroFormat format;
    private final KafkaProducer<String, byte[]> producer;

    /** Sets up topics with names of their own and groups with a lock of so long. */
    public TestInstallation(String bootstrapServers, String registryUrl, String prefix, Duration lock)
            throws IOException, ExecutionException, InterruptedException {
        this.installation = new Installation(
                KafkaCluster.at(bootstrapServers),
                SchemaRegistry.at(registryUrl),
                new Topics(prefix),
                new ShareGroups(prefix, lock));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            new TopicSetup(installation.topics(), admin, installation.registry()).run(Optional.of((short) 1));
            ShareGroupSetup.run(installation.groups(), admin);
        }
        this.format = new AvroFormat(installation.registry());
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new StringSerializer(),
                new org.apache.kafka.common.serialization.ByteArraySerializer());
    }

    public Installation installation() {
        return installation;
    }

    public Topics topics() {
        return installation.topics();
    }

    public AvroFormat format() {
        return format;
    }

    /** Writes a record, and returns when it is written. */
    public <T extends SpecificRecord> void send(Topic<T> topic, String songId, T value) {
        sendBytes(topic.name(), songId, format.<T>serializer().serialize(topic.name(), value));
    }

    public void sendBytes(String topic, String songId, byte[] value) {
        try {
            producer.send(new ProducerRecord<>(topic, songId, value)).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public void stop(String songId) {
        send(
                topics().stoppedSongs(),
                songId,
                StoppedSong.newBuilder()
                        .setSongId(songId)
                        .setReason(StopReason.CANCELLED)
                        .setStoppedAt(Instant.now())
                        .build());
    }

    /** Reads a topic from its beginning until what was read suffices. */
    public <T extends SpecificRecord> List<T> read(Topic<T> topic, Predicate<List<T>> enough) {
        List<T> read = new ArrayList<>();
        var deserializer = format.deserializer(topic);
        readBytes(topic.name(), records -> {
            while (read.size() < records.size()) {
                read.add(deserializer.deserialize(
                        topic.name(), records.get(read.size()).value()));
            }
            return enough.test(read);
        });
        return read;
    }

    /** Reads a topic from its beginning until what was read suffices. */
    public List<ConsumerRecord<byte[], byte[]>> readBytes(
            String topic, Predicate<List<ConsumerRecord<byte[], byte[]>>> enough) {
        List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = installation.cluster().reader()) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = System.nanoTime() + LIMIT.toNanos();
            while (!enough.test(read)) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("only " + read.size() + " records came to " + topic);
                }
                consumer.poll(Duration.ofMillis(100)).forEach(read::add);
            }
        }
        return read;
    }

    /** Waits for something that takes its time. */
    public static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(what + " did not come about");
            }
            Thread.sleep(5);
        }
    }

    @Override
    public void close() throws IOException {
        producer.close();
        format.close();
    }
}
