package dev.segue.standalone.songs;

import dev.segue.contracts.record.SongCommand;
import dev.segue.contracts.record.SongCommandKind;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.topic.Topic;
import dev.segue.contracts.topic.Topics;
import dev.segue.contracts.wire.AvroFormat;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes requests and commands; each call returns when the cluster has the record. Safe for any number of threads. */
public final class SongOrders implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final AvroFormat format;
    private final Producer<String, SpecificRecord> producer;

    /** Orders to an installation; nothing is sent yet. */
    public SongOrders(Cluster cluster) {
        this.cluster = cluster;
        this.format = new AvroFormat(cluster.registry());
        Map<String, Object> settings = cluster.clientSettings();
        settings.put("acks", "all");
        settings.put("linger.ms", "0");
        settings.put("max.block.ms", Integer.toString(Cluster.PATIENCE_MILLIS));
        settings.put("delivery.timeout.ms", Integer.toString(2 * Cluster.PATIENCE_MILLIS));
        settings.put("compression.type", "none");
        this.producer = new KafkaProducer<>(settings, new StringSerializer(), format.serializer());
    }

    /**
     * Asks for a song; events tell what becomes of it.
     *
     * @throws RequestTooLargeException if the cluster does not take a record of its size
     * @throws ClusterException if the cluster or the registry does not answer
     */
    public void submit(SongRequest request) throws IOException, InterruptedException {
        Topic<SongRequest> topic = cluster.topics().songRequests();
        try {
            send(topic, request.getSongId(), request);
        } catch (RecordTooLargeException e) {
            throw new RequestTooLargeException(request, topic.name(), Topics.LARGEST_RECORD, e);
        }
    }

    /**
     * Asks for a song to be given up; events tell whether it was.
     *
     * @param reason for people
     * @throws ClusterException if the cluster or the registry does not answer
     */
    public void cancel(String songId, String reason) throws IOException, InterruptedException {
        send(
                cluster.topics().songCommands(),
                songId,
                SongCommand.newBuilder()
                        .setSongId(songId)
                        .setCommand(SongCommandKind.CANCEL)
                        .setReason(reason)
                        .build());
    }

    private void send(Topic<?> topic, String key, SpecificRecord value) throws IOException, InterruptedException {
        try {
            producer.send(new ProducerRecord<>(topic.name(), key, value)).get();
        } catch (ExecutionException e) {
            throw translated(e.getCause(), topic);
        } catch (KafkaException e) {
            throw translated(e, topic);
        }
    }

    private IOException translated(Throwable failure, Topic<?> topic) {
        if (failure instanceof RecordTooLargeException tooLarge) {
            throw tooLarge;
        }
        if (failure instanceof TimeoutException) {
            return new ClusterException(cluster.silence(), failure);
        }
        if (failure instanceof SerializationException) {
            return new ClusterException(
                    "the schema registry at " + cluster.registry().url() + " does not answer for " + topic.subject()
                            + "; start it, or name another with --registry-url",
                    failure);
        }
        return new ClusterException(
                "the cluster at " + cluster.bootstrapServers() + " does not take a record of " + topic.name() + ": "
                        + failure.getMessage(),
                failure);
    }

    @Override
    public void close() throws IOException {
        producer.close(CLOSE_LIMIT);
        format.close();
    }
}
