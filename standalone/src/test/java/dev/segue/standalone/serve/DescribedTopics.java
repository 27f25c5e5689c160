package dev.segue.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.contracts.client.Cluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Holds {@code contracts/asyncapi.json} against a cluster: its topics, and every record that lies in them. */
final class DescribedTopics {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ENVELOPE = 1 + Integer.BYTES;

    private final JsonNode document;
    private final Cluster cluster;
    private final Map<Integer, Schema> registered = new HashMap<>();

    DescribedTopics(Cluster cluster) throws IOException {
        this.document = JSON.readTree(Files.readString(Path.of("..", "contracts", "asyncapi.json")));
        this.cluster = cluster;
    }

    private Set<String> addresses() {
        return StreamSupport.stream(document.path("channels").spliterator(), false)
                .map(channel -> channel.path("address").asText())
                .collect(Collectors.toSet());
    }

    /** Every topic has the partitions and the configuration of its description. */
    void holdTopics() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(cluster.clientSettings())) {
            Map<String, TopicDescription> topics =
                    admin.describeTopics(addresses()).allTopicNames().get();
            for (JsonNode channel : document.path("channels")) {
                String name = channel.path("address").asText();
                JsonNode kafka = channel.at("/bindings/kafka");
                ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
                var config =
                        admin.describeConfigs(List.of(resource)).all().get().get(resource);
                assertThat(topics.get(name).partitions())
                        .as(name)
                        .hasSize(kafka.path("partitions").asInt());
                kafka.path("topicConfiguration").properties().forEach(setting -> assertThat(
                                config.get(setting.getKey()).value())
                        .as(name + " " + setting.getKey())
                        .isEqualTo(text(setting.getValue())));
            }
        }
    }

    private static String text(JsonNode value) {
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(","))
                : value.asText();
    }

    /**
     * Every record is as the message of its topic says, and every topic has some; waits until it has.
     *
     * @param garbled key of what the test wrote wrongly as a request on purpose
     */
    Map<String, Integer> holdRecords(String garbled, Duration limit) throws IOException, InterruptedException {
        Map<String, Integer> records = new HashMap<>();
        Map<String, Object> settings = new HashMap<>(cluster.clientSettings());
        settings.put("isolation.level", "read_committed");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = addresses().stream()
                    .map(name -> new TopicPartition(name, 0))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            long end = System.nanoTime() + limit.toNanos();
            while (records.size() < all.size()) {
                assertThat(System.nanoTime()).as("records by topic: " + records).isLessThan(end);
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    boolean wrong = record.topic()
                                    .equals(cluster.topics().songRequests().name())
                            && garbled.equals(record.key());
                    if (!wrong) {
                        hold(record);
                    }
                    records.merge(record.topic(), 1, Integer::sum);
                }
            }
        }
        return records;
    }

    private void hold(ConsumerRecord<String, byte[]> record) throws IOException, InterruptedException {
        String place = record.topic() + " at " + record.offset();
        JsonNode message = message(record.topic());
        JsonNode described = message.at("/headers/properties");
        for (Header header : record.headers()) {
            JsonNode says = described.path(header.key());
            assertThat(says.isMissingNode())
                    .as(place + " has an unknown header " + header.key())
                    .isFalse();
            assertThat(new String(header.value(), StandardCharsets.UTF_8))
                    .as(place)
                    .matches(says.path("pattern").asText(".*"));
        }
        for (JsonNode required : message.at("/headers/required")) {
            assertThat(record.headers().lastHeader(required.asText()))
                    .as(place + " " + required)
                    .isNotNull();
        }
        JsonNode schema = message.at("/payload/schema");
        if (!schema.isMissingNode()) {
            assertThat(record.key()).as(place).isNotBlank();
            holdPayload(place, record.value(), new Schema.Parser().parse(schema.toString()));
        }
    }

    private void holdPayload(String place, byte[] value, Schema schema) throws IOException, InterruptedException {
        ByteBuffer envelope = ByteBuffer.wrap(value);
        assertThat(envelope.get()).as(place).isZero();
        assertThat(registered(envelope.getInt())).as(place).isEqualTo(schema);
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(value, ENVELOPE, value.length - ENVELOPE, null);
        Object read = new GenericDatumReader<>(schema).read(null, decoder);
        assertThat(read).as(place).isNotNull();
        assertThat(decoder.isEnd()).as(place + " is read whole").isTrue();
    }

    private JsonNode message(String topic) {
        for (JsonNode channel : document.path("channels")) {
            if (channel.path("address").asText().equals(topic)) {
                String reference =
                        channel.path("messages").iterator().next().path("$ref").asText();
                return document.at(reference.substring(1));
            }
        }
        throw new IllegalArgumentException(topic + " is not described");
    }

    private Schema registered(int id) throws IOException, InterruptedException {
        Schema known = registered.get(id);
        if (known == null) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(cluster.registry().url() + "/schemas/ids/" + id))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            known = new Schema.Parser()
                    .parse(JSON.readTree(answer.body()).path("schema").asText());
            registered.put(id, known);
        }
        return known;
    }
}
