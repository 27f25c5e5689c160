package dev.segue.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The servers after a stop and a second start on the same folder and ports: what they kept, and that they work. */
class RestartTest {
    private static final Schema SONG =
            SchemaBuilder.record("Song").fields().requiredString("title").endRecord();
    private static final Schema SONG_WITH_MORE = SchemaBuilder.record("Song")
            .fields()
            .requiredString("title")
            .optionalString("artist")
            .endRecord();
    private static final Schema SONG_WITH_DEMANDS = SchemaBuilder.record("Song")
            .fields()
            .requiredString("title")
            .requiredString("artist")
            .endRecord();

    @TempDir
    private static Path data;

    private static Infrastructure servers;
    private static KafkaProducer<String, String> connectedBefore;
    private static String clusterBefore;
    private static int schemaBefore;
    private static S3Credentials credentialsBefore;

    @BeforeAll
    static void startTwice() throws Exception {
        Ports ports;
        servers = Infrastructure.start(data, Ports.free());
        ports = new Ports(
                servers.kafka().port(), servers.registry().port(), servers.s3().port());
        credentialsBefore = servers.s3().credentials();
        try (Admin admin = Clients.admin(servers)) {
            admin.createTopics(List.of("kept", "avro", "tasks").stream()
                            .map(name -> new NewTopic(name, 1, (short) 1))
                            .toList())
                    .all()
                    .get();
            clusterBefore = admin.describeCluster().clusterId().get();
        }
        connectedBefore = Clients.producer(servers, new StringSerializer());
        connectedBefore.send(new ProducerRecord<>("kept", "song", "before")).get();
        schemaBefore = registry().register("kept-value", new AvroSchema(SONG));
        try (S3Client client = Clients.s3(servers.s3(), credentialsBefore)) {
            client.putObject(
                    request -> request.bucket(Infrastructure.BUCKET).key("songs/a/song.wav"),
                    RequestBody.fromString("sound"));
        }
        servers.close();
        servers = Infrastructure.start(data, ports);
    }

    @AfterAll
    static void stop() throws Exception {
        connectedBefore.close(Duration.ofSeconds(1));
        servers.close();
    }

    @Test
    void theBrokerKeepsRecordsIdentityAndClients() throws Exception {
        connectedBefore.send(new ProducerRecord<>("kept", "song", "after")).get();
        assertThat(Clients.read(servers, "kept", 2, new StringDeserializer())).containsExactly("before", "after");
        try (Admin admin = Clients.admin(servers)) {
            assertThat(admin.describeCluster().clusterId().get()).isEqualTo(clusterBefore);
        }
    }

    @Test
    void aTopicThatNobodyMadeIsNotMadeByUse() throws Exception {
        try (Admin admin = Clients.admin(servers);
                KafkaProducer<String, String> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", servers.bootstrapServers(), "max.block.ms", "1000"),
                        new StringSerializer(),
                        new StringSerializer())) {
            assertThatThrownBy(() ->
                            producer.send(new ProducerRecord<>("unknown", "x")).get())
                    .hasMessageContaining("unknown");
            assertThat(admin.listTopics().names().get()).doesNotContain("unknown");
        }
    }

    @Test
    void theRegistryKeepsSchemasUnderTheirNumbers() throws Exception {
        assertThat(registry().getSchemaById(schemaBefore).canonicalString())
                .isEqualTo(new AvroSchema(SONG).canonicalString());
        assertThat(registry().getAllSubjects()).contains("kept-value");
    }

    @Test
    void aSchemaThatOldReadersOrWritersCannotFollowIsRefused() throws Exception {
        SchemaRegistryClient registry = registry();
        registry.register("song-value", new AvroSchema(SONG));
        registry.register("song-value", new AvroSchema(SONG_WITH_MORE));
        assertThatThrownBy(() -> registry.register("song-value", new AvroSchema(SONG_WITH_DEMANDS)))
                .isInstanceOfSatisfying(RestClientException.class, e -> assertThat(e.getStatus())
                        .isEqualTo(409));
        assertThat(registry.getCompatibility(null)).isEqualTo("FULL_TRANSITIVE");
        assertThat(registry.getAllVersions("song-value")).hasSize(2);
    }

    @Test
    void whatConfluentsSerializerWritesItsDeserializerReads() throws Exception {
        registry().register("avro-value", new AvroSchema(SONG));
        GenericRecord song = new GenericData.Record(SONG);
        song.put("title", "Über den Wolken");
        Map<String, String> settings =
                Map.of("schema.registry.url", servers.registryUrl(), "auto.register.schemas", "false");
        KafkaAvroSerializer serializer = new KafkaAvroSerializer();
        serializer.configure(settings, false);
        KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer();
        deserializer.configure(settings, false);
        try (KafkaProducer<String, Object> producer = Clients.producer(servers, serializer)) {
            producer.send(new ProducerRecord<>("avro", "song", song)).get();
        }
        List<Object> read = Clients.read(servers, "avro", 1, deserializer);
        assertThat(read).singleElement().isInstanceOfSatisfying(GenericRecord.class, record -> assertThat(
                        record.get("title").toString())
                .isEqualTo("Über den Wolken"));
    }

    @Test
    void objectsAndCredentialsAreKept() {
        assertThat(servers.s3().credentials()).isEqualTo(credentialsBefore);
        try (S3Client client = Clients.s3(servers.s3(), credentialsBefore)) {
            assertThat(client.getObjectAsBytes(request ->
                                    request.bucket(Infrastructure.BUCKET).key("songs/a/song.wav"))
                            .asString(StandardCharsets.UTF_8))
                    .isEqualTo("sound");
            assertThat(client.listObjectsV2(request ->
                                    request.bucket(Infrastructure.BUCKET).prefix("songs/a/"))
                            .contents())
                    .extracting(S3Object::key)
                    .containsExactly("songs/a/song.wav");
        }
    }

    @Test
    void aForgedSignatureAndNoSignatureAreRefused() throws Exception {
        S3Credentials forged = new S3Credentials(credentialsBefore.accessKey(), "guessed");
        try (S3Client client = Clients.s3(servers.s3(), forged)) {
            assertThatThrownBy(() -> client.getObjectAsBytes(
                            request -> request.bucket(Infrastructure.BUCKET).key("songs/a/song.wav")))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
            assertThatThrownBy(() -> client.putObject(
                            request -> request.bucket(Infrastructure.BUCKET).key("forged"),
                            RequestBody.fromString("x")))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
        }
        assertThat(Clients.get(servers.s3().endpoint() + "/segue/songs/a/song.wav")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aShareGroupKeepsARecordWhoseLockIsRenewedFromOthers() throws Exception {
        setGroup("lanes", Map.of("share.auto.offset.reset", "earliest", "share.record.lock.duration.ms", "1500"));
        try (KafkaProducer<String, String> producer = Clients.producer(servers, new StringSerializer())) {
            producer.send(new ProducerRecord<>("tasks", "song", "long")).get();
        }
        try (KafkaShareConsumer<String, String> worker = lane();
                KafkaShareConsumer<String, String> other = lane()) {
            ConsumerRecord<String, String> task = first(worker);
            List<String> stolen = new ArrayList<>();
            // Twice as long as the lock.
            long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
            while (System.nanoTime() < end) {
                other.poll(Duration.ofMillis(300)).forEach(record -> stolen.add(record.value()));
                worker.acknowledge(task, AcknowledgeType.RENEW);
                requireCommitted(worker);
                task = first(worker);
            }
            worker.acknowledge(task, AcknowledgeType.ACCEPT);
            requireCommitted(worker);
            assertThat(stolen).isEmpty();
            assertThat(task.deliveryCount()).hasValue((short) 1);
        }
    }

    @Test
    void aSecondHolderOfTheFolderIsRefused() {
        assertThatThrownBy(() -> Infrastructure.start(data, Ports.free()))
                .isInstanceOf(EmbeddedException.FolderInUse.class)
                .hasMessage("data folder %s is in use by this program: stop that first, or give another folder", data);
    }

    private static void requireCommitted(KafkaShareConsumer<String, String> consumer) {
        consumer.commitSync().values().forEach(error -> assertThat(error).isEmpty());
    }

    private static ConsumerRecord<String, String> first(KafkaShareConsumer<String, String> consumer) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < end) {
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                return record;
            }
        }
        throw new AssertionError("no task came");
    }

    private static KafkaShareConsumer<String, String> lane() {
        KafkaShareConsumer<String, String> consumer = new KafkaShareConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        servers.bootstrapServers(),
                        "group.id",
                        "lanes",
                        "share.acknowledgement.mode",
                        "explicit",
                        "share.acquire.mode",
                        "record_limit",
                        "max.poll.records",
                        "1"),
                new StringDeserializer(),
                new StringDeserializer());
        consumer.subscribe(List.of("tasks"));
        return consumer;
    }

    private static void setGroup(String group, Map<String, String> settings) throws Exception {
        List<AlterConfigOp> changes = settings.entrySet().stream()
                .map(setting -> new AlterConfigOp(new ConfigEntry(setting.getKey(), setting.getValue()), OpType.SET))
                .toList();
        try (Admin admin = Clients.admin(servers)) {
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.GROUP, group), changes))
                    .all()
                    .get();
        }
    }

    private static SchemaRegistryClient registry() {
        return new CachedSchemaRegistryClient(servers.registryUrl(), 10);
    }
}
