package dev.segue.orchestrator.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.record.SongEventKind;
import dev.segue.contracts.settings.Settings;
import dev.segue.contracts.topic.Topics;
import dev.segue.contracts.wire.AvroFormat;
import dev.segue.contracts.wire.SchemaRegistry;
import dev.segue.contracts.wire.TopicSetup;
import dev.segue.embedded.Infrastructure;
import dev.segue.embedded.SharedServers;
import dev.segue.orchestrator.webhook.delivery.HandClock;
import dev.segue.orchestrator.webhook.delivery.Names;
import dev.segue.orchestrator.webhook.delivery.Receiver;
import dev.segue.orchestrator.webhook.delivery.Receiver.Answer;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/** On a real cluster, with receivers on this machine: from events to what receivers get. */
@ExtendWith(SharedServers.class)
class WebhooksTest {
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private Map<String, Object> kafka;
    private Topics topics;
    private AvroFormat avro;
    private KafkaProducer<byte[], byte[]> producer;
    private Receiver receiver;
    private final Map<String, Integer> sequences = new HashMap<>();

    @BeforeEach
    void start(Infrastructure servers, TestInfo test) throws Exception {
        kafka = Map.of("bootstrap.servers", servers.bootstrapServers());
        topics = new Topics(
                "webhooks-" + test.getTestMethod().orElseThrow().getName().hashCode() + ".");
        SchemaRegistry registry = SchemaRegistry.at(servers.registryUrl());
        try (Admin admin = Admin.create(kafka)) {
            new TopicSetup(topics, admin, registry).run(Optional.empty());
        }
        avro = new AvroFormat(registry);
        producer = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
        receiver = Receiver.start();
    }

    @AfterEach
    void stop() throws Exception {
        receiver.close();
        producer.close();
        avro.close();
    }

    @Test
    void aReceiverIsToldOfItsSongInOrderAndCanVerifyEachMessage() throws Exception {
        tell("song", SongEventKind.RECEIVED, receiver.url("/hook"));
        producer.send(new ProducerRecord<>(topics.songEvents().name(), new byte[] {1}, new byte[] {9, 9}));
        tell("song", SongEventKind.REPEATED, receiver.url("/hook"));
        tell("song", SongEventKind.ACCEPTED, receiver.url("/hook"));
        tell("silent", SongEventKind.RECEIVED, null);
        tell("song", SongEventKind.COMPLETED, receiver.url("/hook"));
        try (Webhooks webhooks = webhooks(Map.of(), Clock.systemUTC())) {
            Receiver.await(() -> receiver.received().size() == 3);
        }
        assertThat(receiver.ids()).containsExactly("song_song_1_0", "song_song_3_3", "song_song_4_5");
        for (Receiver.Received request : receiver.received()) {
            assertThat(VerificationExample.isGenuine(SECRET, request.headers(), request.body(), Instant.now()))
                    .isTrue();
        }
    }

    @Test
    void aReceiverThatFailsIsAskedAgainAtTheTimesThatWereSet() throws Exception {
        HandClock clock = new HandClock(start);
        AtomicInteger tries = new AtomicInteger();
        receiver.answering(request -> Answer.of(tries.incrementAndGet() < 4 ? 500 : 200));
        tell("song", SongEventKind.COMPLETED, receiver.url("/"));
        try (Webhooks webhooks = webhooks(Map.of("SEGUE_WEBHOOK_RETRY_AFTER", "10s"), clock)) {
            for (int seen = 1; seen <= 4; seen++) {
                int expected = seen;
                Receiver.await(() -> {
                    clock.pass(receiver.received().size() < expected ? Duration.ofMillis(100) : Duration.ZERO);
                    return receiver.received().size() >= expected;
                });
            }
        }
        List<Long> sentAt = receiver.received().stream()
                .map(request -> Long.parseLong(request.headers().get("webhook-timestamp")) - start.getEpochSecond())
                .toList();
        assertThat(receiver.ids()).containsOnly("song_song_1_0").hasSize(4);
        assertThat(sentAt.get(1) - sentAt.get(0)).isGreaterThanOrEqualTo(9);
        assertThat(sentAt.get(2) - sentAt.get(1)).isGreaterThanOrEqualTo(19);
        assertThat(sentAt.get(3) - sentAt.get(2)).isGreaterThanOrEqualTo(39);
    }

    @Test
    void aReceiverThatHangsHoldsUpItsOwnSongsOnly() throws Exception {
        try (Receiver hanging = Receiver.start().answering(request -> Answer.never())) {
            for (int i = 0; i < 20; i++) {
                tell("hangs-" + i, SongEventKind.COMPLETED, hanging.url("/"));
            }
            tell("song", SongEventKind.COMPLETED, receiver.url("/"));
            Webhooks webhooks = webhooks(Map.of("SEGUE_WEBHOOK_TIME_LIMIT", "1m"), Clock.systemUTC());
            Receiver.await(() -> receiver.received().size() == 1);
            assertThat(hanging.received()).hasSizeLessThanOrEqualTo(4);
            hanging.close();
            webhooks.close();
        }
    }

    @Test
    void aReceiverThatAnswersTooLateGetsTheSameMessageAgainUnderTheSameId() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        receiver.answering(request -> tries.incrementAndGet() == 1 ? Answer.never() : Answer.of(200));
        tell("song", SongEventKind.COMPLETED, receiver.url("/"));
        try (Webhooks webhooks = webhooks(Map.of("SEGUE_WEBHOOK_TIME_LIMIT", "500ms"), Clock.systemUTC())) {
            Receiver.await(() -> receiver.received().size() == 2);
        }
        assertThat(receiver.ids()).containsExactly("song_song_1_0", "song_song_1_0");
        assertThat(receiver.received().get(0).body())
                .isEqualTo(receiver.received().get(1).body());
    }

    @Test
    void aRestartRepeatsNoMessageThatArrivedAndLosesNone() throws Exception {
        try (Receiver failing = Receiver.start().answering(request -> Answer.of(503))) {
            tell("fails", SongEventKind.RECEIVED, failing.url("/"));
            tell("fails", SongEventKind.COMPLETED, failing.url("/"));
            tell("song", SongEventKind.RECEIVED, receiver.url("/"));
            tell("song", SongEventKind.COMPLETED, receiver.url("/"));
            try (Webhooks first = webhooks(Map.of(), Clock.systemUTC())) {
                Receiver.await(() -> receiver.received().size() == 2);
            }
            failing.answering(request -> Answer.of(200));
            int before = failing.received().size();
            tell("later", SongEventKind.RECEIVED, receiver.url("/"));
            try (Webhooks second = webhooks(Map.of(), Clock.systemUTC())) {
                Receiver.await(() -> failing.received().size() == before + 2
                        && receiver.received().size() >= 3);
            }
            assertThat(failing.ids().subList(before, before + 2)).containsExactly("song_fails_1_0", "song_fails_2_1");
            assertThat(receiver.ids()).containsExactly("song_song_1_2", "song_song_2_3", "song_later_1_4");
        }
    }

    @Test
    void whatIsGivenUpIsADeadLetterWithItsReason() throws Exception {
        receiver.answering(request -> Answer.of(500));
        tell("old", SongEventKind.COMPLETED, receiver.url("/"));
        tell("inside", SongEventKind.COMPLETED, "http://inside.example:" + receiver.port() + "/?key=secret");
        List<ConsumerRecord<byte[], byte[]>> letters;
        try (Webhooks webhooks = webhooks(Map.of("SEGUE_WEBHOOK_GIVE_UP_AFTER", "0s"), Clock.systemUTC())) {
            letters = deadLetters(2);
        }
        Map<String, String> reasons = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> letter : letters) {
            SongEvent event = avro.deserializer(topics.songEvents())
                    .deserialize(topics.songEvents().name(), letter.value());
            assertThat(header(letter, "segue.topic"))
                    .isEqualTo(topics.songEvents().name());
            reasons.put(event.getSongId(), header(letter, "segue.reason"));
        }
        assertThat(reasons.get("old")).contains("song.completed", "it answered 500", "once");
        assertThat(reasons.get("inside")).contains("10.0.0.0/8, private").doesNotContain("secret");
        assertThat(receiver.received()).hasSize(1);
    }

    private Webhooks webhooks(Map<String, String> more, Clock clock) throws Exception {
        Map<String, String> settings = new HashMap<>();
        settings.put("SEGUE_WEBHOOK_SECRET", SECRET);
        settings.put("SEGUE_WEBHOOK_PLAIN_HTTP", "yes");
        settings.put("SEGUE_WEBHOOK_PORTS", "any");
        settings.put("SEGUE_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.1/32");
        settings.put("SEGUE_WEBHOOK_RETRY_AFTER", "10ms");
        settings.putAll(more);
        Names names = name -> List.of(InetAddress.getByName(name.equals("inside.example") ? "10.0.0.1" : name));
        return Webhooks.start(
                WebhookConfig.from(Settings.of(settings)),
                topics,
                avro,
                kafka,
                new Surroundings(clock, () -> 1.0, names, SSLContext.getDefault()));
    }

    private void tell(String song, SongEventKind kind, String callback) throws Exception {
        SongEvent event = SongEvent.newBuilder()
                .setSongId(song)
                .setTenant("studio")
                .setSequence(sequences.merge(song, 1, Integer::sum))
                .setAt(start)
                .setKind(kind)
                .setCallbackUrl(callback)
                .build();
        byte[] value =
                avro.<SpecificRecord>serializer().serialize(topics.songEvents().name(), event);
        producer.send(new ProducerRecord<>(topics.songEvents().name(), song.getBytes(StandardCharsets.UTF_8), value))
                .get();
    }

    private List<ConsumerRecord<byte[], byte[]>> deadLetters(int count) throws Exception {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("auto.offset.reset", "earliest");
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topics.deadLetters().name(), 0)));
            Receiver.await(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
                return found.size() >= count;
            });
        }
        return found;
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
