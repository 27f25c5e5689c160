package dev.segue.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.contracts.client.Cluster;
import dev.segue.contracts.client.SongEvents;
import dev.segue.contracts.client.SongOrders;
import dev.segue.contracts.record.AudioPrompt;
import dev.segue.contracts.record.EarlierSong;
import dev.segue.contracts.record.EarlierSongUse;
import dev.segue.contracts.record.LevelSampling;
import dev.segue.contracts.record.RequestProblem;
import dev.segue.contracts.record.SongAccepted;
import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.record.SongEventKind;
import dev.segue.contracts.record.SongRequest;
import dev.segue.embedded.EmbeddedRegistry;
import dev.segue.embedded.Ports;
import dev.segue.standalone.Songs;
import dev.segue.standalone.models.Home;
import dev.segue.standalone.songs.SongObjects;
import dev.segue.worker.jukebox.UntrainedModel;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that producers can get wrong, on a real broker with all roles, while a good song is made: each is answered by
 * an event that names what is wrong, and the good song is finished. Long because the list is.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BadInputTest {
    private static final String GOOD = "good";

    @TempDir
    private static Path folder;

    private static LocalSegue segue;
    private static Cluster cluster;
    private static SongOrders orders;
    private static KafkaProducer<String, byte[]> raw;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Home home = new Home(folder);
        segue = LocalSegue.start(
                home,
                new LocalSettings(
                        Ports.free(), 1, false, Map.of("SEGUE_WORKER_THREADS", "1", "SEGUE_WORKER_SLOTS", "2")),
                LocalModels.of(home, UntrainedModel.NAME));
        cluster = segue.cluster();
        orders = new SongOrders(cluster);
        raw = new KafkaProducer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers(), "max.request.size", 16 << 20),
                new StringSerializer(),
                new ByteArraySerializer());
        orders.submit(Songs.request(GOOD, 8).setSeed(1L).build());
    }

    @AfterAll
    static void stop() throws IOException {
        raw.close();
        orders.close();
        segue.close();
    }

    /** A request that cannot be served: what is wrong with it, and what its answer must name. */
    private record Wrong(
            String what, UnaryOperator<SongRequest.Builder> request, String field, String value, String limit) {}

    @TestFactory
    @Order(1)
    List<DynamicTest> aRequestThatCannotBeServedIsRejectedWithFieldValueAndLimit() throws IOException {
        String text = put("text.wav", "this is no sound".repeat(10).getBytes(StandardCharsets.US_ASCII));
        String silence = put("silence.wav", wav(22_050 * 4));
        List<Wrong> all = List.of(
                // First, while that song is made.
                new Wrong(
                        "codes of a song that is not finished",
                        r -> r.setEarlierSong(new EarlierSong(GOOD, EarlierSongUse.CONTINUE, 1.0)),
                        "earlierSong.songId",
                        GOOD,
                        "not finished"),
                new Wrong("a song of no length", r -> r.setDurationSeconds(0), "durationSeconds", "0", "more than 0"),
                new Wrong("a negative length", r -> r.setDurationSeconds(-5), "durationSeconds", "-5", "more than 0"),
                new Wrong(
                        "a length that is no number",
                        r -> r.setDurationSeconds(Double.NaN),
                        "durationSeconds",
                        "NaN",
                        ""),
                new Wrong(
                        "a song longer than the model knows",
                        r -> r.setDurationSeconds(601),
                        "durationSeconds",
                        "601",
                        "600"),
                new Wrong(
                        "less than an upsampling window", r -> r.setDurationSeconds(1), "durationSeconds", "1", "1.4"),
                new Wrong("a model that nobody published", r -> r.setModel("nobody"), "model", "nobody", "untrained"),
                new Wrong(
                        "a megabyte of lyrics", r -> r.setLyrics("la ".repeat(340_000)), "lyrics", "1020000", "20000"),
                new Wrong(
                        "a temperature that is no number",
                        r -> r.setSampling(sampling(Double.NaN, 0, 0)),
                        "sampling[0].temperature",
                        "NaN",
                        "0.001"),
                new Wrong(
                        "a temperature of nothing",
                        r -> r.setSampling(sampling(0, 0, 0)),
                        "sampling[0].temperature",
                        "0",
                        "0.001"),
                new Wrong(
                        "a temperature beyond all",
                        r -> r.setSampling(sampling(1e9, 0, 0)),
                        "sampling[0].temperature",
                        "1000000000",
                        "100"),
                new Wrong("top-k and top-p", r -> r.setSampling(sampling(1, 5, 0.5)), "sampling[0].topK", "5", "topP"),
                new Wrong(
                        "two beginnings",
                        r -> r.setAudioPrompt(new AudioPrompt(silence, 1.0))
                                .setEarlierSong(new EarlierSong("other", EarlierSongUse.CONTINUE, 1.0)),
                        "audioPrompt",
                        "given",
                        "earlierSong"),
                new Wrong(
                        "a prompt that is not there",
                        r -> r.setAudioPrompt(new AudioPrompt("prompts/none.wav", null)),
                        "audioPrompt.object",
                        "prompts/none.wav",
                        ""),
                new Wrong(
                        "a prompt that is no sound",
                        r -> r.setAudioPrompt(new AudioPrompt(text, null)),
                        "audioPrompt.object",
                        text,
                        ""),
                new Wrong(
                        "a prompt longer than its song",
                        r -> r.setAudioPrompt(new AudioPrompt(silence, null)),
                        "audioPrompt",
                        "",
                        ""),
                new Wrong(
                        "codes of a song that nobody knows",
                        r -> r.setEarlierSong(new EarlierSong("unheard-of", EarlierSongUse.CONTINUE, 1.0)),
                        "earlierSong.songId",
                        "unheard-of",
                        "not known"),
                new Wrong(
                        "a deadline that has passed",
                        r -> r.setDeadline(Instant.parse("2020-01-01T00:00:00Z")),
                        "deadline",
                        "2020-01-01",
                        ""),
                new Wrong("no segments at all", r -> r.setParallelSegments(0), "parallelSegments", "0", "1"),
                new Wrong("a level that the model has not", r -> r.setFinestLevel(3), "finestLevel", "3", "2"));
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            String id = "wrong-" + i;
            Wrong wrong = all.get(i);
            tests.add(DynamicTest.dynamicTest(wrong.what(), () -> rejected(id, wrong)));
        }
        return tests;
    }

    private static void rejected(String id, Wrong wrong) throws IOException, InterruptedException {
        orders.submit(wrong.request().apply(Songs.request(id, 2)).build());

        SongEvent end = Songs.end(cluster, id);

        assertThat(end.getKind()).as(end.toString()).isEqualTo(SongEventKind.REJECTED);
        RequestProblem problem = end.getProblem();
        assertThat(problem.getField()).startsWith(wrong.field());
        assertThat(problem.getSentence()).contains(problem.getField(), wrong.value(), wrong.limit(), problem.getFix());
        assertThat(problem.getLimit()).isNotBlank();
    }

    @Test
    @Order(2)
    void bytesThatAreNoRequestAreAnsweredByTheirKeyAndKeptAsTheyCame() throws Exception {
        Map<String, byte[]> bytes = Map.of(
                "no-avro", "hello".getBytes(StandardCharsets.US_ASCII),
                "unknown-schema", new byte[] {0, 0x7F, 0, 0, 1, 2, 3},
                "empty", new byte[0],
                "half", new byte[] {0, 0, 0});
        for (Map.Entry<String, byte[]> record : bytes.entrySet()) {
            send(record.getKey(), record.getValue());
        }
        send("null-value", null);

        for (String id : List.of("no-avro", "unknown-schema", "empty", "half", "null-value")) {
            SongEvent end = Songs.end(cluster, id);
            assertThat(end.getKind()).as(id).isEqualTo(SongEventKind.REJECTED);
            assertThat(end.getProblem().getField()).isEqualTo("value");
            assertThat(end.getProblem().getSentence()).contains("Avro");
        }
        List<ConsumerRecord<String, byte[]>> dead = deadLetters(5);
        assertThat(dead).anySatisfy(record -> assertThat(record.value()).isEqualTo(bytes.get("no-avro")));
        assertThat(dead).allSatisfy(record -> assertThat(record.headers()).isNotEmpty());
    }

    @Test
    @Order(3)
    void anIdThatIsNoneAndOneThatIsInUseAreRefusedAndTheSameRequestAgainIsNot() throws Exception {
        orders.submit(Songs.request("Not An Id", 2).build());
        SongEvent malformed = Songs.end(cluster, "Not An Id");
        try (SongEvents events = SongEvents.fromNow(cluster, GOOD)) {
            orders.submit(Songs.request(GOOD, 8).setSeed(1L).build());
            SongEvent repeated = next(events, SongEventKind.REPEATED);
            orders.submit(Songs.request(GOOD, 9).setSeed(1L).build());
            SongEvent refused = next(events, SongEventKind.REFUSED);

            assertThat(malformed.getKind()).isEqualTo(SongEventKind.REJECTED);
            assertThat(malformed.getProblem().getSentence()).contains("songId", "Not An Id", "1 to 64");
            assertThat(repeated.getProgress()).isNotNull();
            assertThat(refused.getProblem().getField()).isEqualTo("songId");
            assertThat(refused.getProblem().getSentence()).contains(GOOD, "another request");
        }
    }

    @Test
    @Order(4)
    void aRecordThatNoBrokerTakesReachesNobody() {
        assertThatThrownBy(() -> send("too-large", new byte[2 << 20]))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RecordTooLargeException.class);
    }

    @Test
    @Order(5)
    void wordsThatTheModelDoesNotKnowAreSaidAndSungAsUnknown() throws Exception {
        orders.submit(coarse("unknown-names")
                .setArtist("nobody known")
                .setGenres(List.of("polka"))
                .build());
        orders.submit(coarse("han").setLyrics("漢字").build());
        orders.submit(coarse("right-to-left").setLyrics("שלום oh עולם").build());
        orders.submit(
                coarse("combining").setLyrics("e\u0301te\u0301 nai\u0308ve").build());

        assertThat(accepted("unknown-names").getUnknownWords())
                .extracting(word -> word.getField() + " " + word.getWord())
                .contains("artist nobody known", "genres polka");
        for (String id : List.of("han", "right-to-left", "combining")) {
            assertThat(accepted(id).getHeardLyrics()).as(id).matches("[ -~\n]*");
            assertThat(Songs.end(cluster, id).getKind()).as(id).isEqualTo(SongEventKind.COMPLETED);
        }
    }

    @Test
    @Order(6)
    void whileTheRegistryIsAwayARequestOfAnotherSchemaWaitsAndIsNotThrownAway() throws Exception {
        byte[] request = ofANewerProducer("patient");
        EmbeddedRegistry registry = segue.infrastructure().registry();
        int port = registry.port();
        int dead = deadLetters(0).size();
        registry.close();
        try (SongEvents events = SongEvents.fromNow(cluster, "patient")) {
            send("patient", request);
            long end = System.nanoTime() + Duration.ofSeconds(4).toNanos();
            List<SongEvent> meanwhile = new ArrayList<>();
            while (System.nanoTime() < end) {
                meanwhile.addAll(events.next(Duration.ofMillis(100)));
            }
            assertThat(meanwhile).isEmpty();
            try (EmbeddedRegistry again = EmbeddedRegistry.start(folder.resolve("data/registry"), port)) {
                assertThat(again.port()).isEqualTo(port);
                assertThat(Songs.end(cluster, "patient").getKind()).isEqualTo(SongEventKind.COMPLETED);
                assertThat(deadLetters(0)).hasSize(dead);
                theGoodSongIsFinished();
            }
        }
    }

    private static void theGoodSongIsFinished() throws IOException {
        SongEvent end = Songs.end(cluster, GOOD);
        assertThat(end.getKind()).as(end.toString()).isEqualTo(SongEventKind.COMPLETED);
        assertThat(Songs.codes(cluster, end, folder.resolve("codes")).get(0)).hasSize(8 * 22_050 / 128 * 16);
    }

    /** A producer with a later version of the schema, whose bytes nobody has read before. */
    private static byte[] ofANewerProducer(String id) {
        Schema ours = SongRequest.getClassSchema();
        Schema newer = Schema.createRecord(ours.getName(), "Later", ours.getNamespace(), false);
        List<Schema.Field> fields = new ArrayList<>();
        ours.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        fields.add(new Schema.Field("mood", Schema.create(Schema.Type.STRING), "Of later days.", ""));
        newer.setFields(fields);
        GenericRecord record = new GenericRecordBuilder(newer)
                .set("songId", id)
                .set("model", UntrainedModel.NAME)
                .set("durationSeconds", 1.0)
                .set("finestLevel", 2)
                .set("mood", "blue")
                .build();
        try (KafkaAvroSerializer serializer = new KafkaAvroSerializer()) {
            serializer.configure(
                    Map.of("schema.registry.url", cluster.registry().url()), false);
            return serializer.serialize(cluster.topics().songRequests().name(), record);
        }
    }

    private static SongRequest.Builder coarse(String id) {
        return Songs.request(id, 1).setFinestLevel(2);
    }

    private static SongAccepted accepted(String id) throws IOException {
        return Songs.toTheEnd(cluster, id).stream()
                .filter(event -> event.getKind() == SongEventKind.ACCEPTED)
                .findFirst()
                .orElseThrow()
                .getAccepted();
    }

    private static SongEvent next(SongEvents events, SongEventKind kind) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < end) {
            for (SongEvent event : events.next(Duration.ofMillis(100))) {
                if (event.getKind() == kind) {
                    return event;
                }
            }
        }
        throw new AssertionError("no " + kind + " came");
    }

    private static void send(String key, byte[] value) throws ExecutionException, InterruptedException {
        raw.send(new ProducerRecord<>(cluster.topics().songRequests().name(), key, value))
                .get();
    }

    private static List<ConsumerRecord<String, byte[]>> deadLetters(int least) {
        TopicPartition partition =
                new TopicPartition(cluster.topics().deadLetters().name(), 0);
        Map<String, Object> settings =
                Map.of("bootstrap.servers", cluster.bootstrapServers(), "isolation.level", "read_committed");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            do {
                consumer.poll(Duration.ofMillis(500)).forEach(records::add);
            } while (records.size() < least && System.nanoTime() < end);
            return records;
        }
    }

    private static List<LevelSampling> sampling(double temperature, int topK, double topP) {
        return List.of(new LevelSampling(2, temperature, topK, topP));
    }

    private static String put(String name, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        try (SongObjects objects = new SongObjects(cluster)) {
            return objects.putPrompt(file);
        }
    }

    /** Silence, 16-bit mono. */
    private static byte[] wav(int samples) {
        ByteBuffer bytes = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples);
        bytes.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 1);
        bytes.putInt(22_050).putInt(44_100).putShort((short) 2).putShort((short) 16);
        bytes.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
        return bytes.array();
    }
}
