package dev.segue.standalone.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.contracts.client.SongOrders;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.record.TrustedRecords;
import dev.segue.embedded.Ports;
import dev.segue.orchestrator.status.StatusConfig;
import dev.segue.standalone.models.Home;
import dev.segue.standalone.serve.LocalModels;
import dev.segue.standalone.serve.LocalSegue;
import dev.segue.standalone.serve.LocalSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Everything in this process, with the demo model, at an address that stays the same when it stops and starts again.
 *
 * <p>Used by one thread.
 */
final class Installation implements AutoCloseable {
    static final String TOKEN = "of-whoever-runs-these-tests";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Home home;
    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();
    private LocalSegue segue;
    private SongOrders orders;

    Installation(Path folder) throws IOException, InterruptedException {
        this.home = new Home(folder);
        try (ServerSocket free = new ServerSocket(0)) {
            this.port = free.getLocalPort();
        }
        start();
    }

    void start() throws IOException, InterruptedException {
        Map<String, String> variables = Map.of(
                StatusConfig.HOST.key(),
                Ports.HOST,
                StatusConfig.PORT.key(),
                Integer.toString(port),
                StatusConfig.TOKEN.key(),
                TOKEN,
                // All that these tests ask for: none of it is to be forgotten meanwhile.
                StatusConfig.KEPT_ENDED.key(),
                "10000",
                "SEGUE_WORKER_SLOTS",
                "2",
                "SEGUE_WORKER_THREADS",
                "1");
        segue = LocalSegue.start(
                home, new LocalSettings(Ports.free(), 1, true, variables), LocalModels.of(home, "demo"));
        TrustedRecords.trust();
        orders = new SongOrders(segue.cluster());
    }

    void stop() throws IOException {
        orders.close();
        segue.close();
    }

    /** An address of it. */
    String at(String path) {
        return "http://" + Ports.HOST + ":" + port + path;
    }

    /** Asks for a song as a program does. */
    void ask(String id, double seconds, String lyrics) throws IOException, InterruptedException {
        ask(id, seconds, lyrics, "Orla Venn", "waltz");
    }

    /** Asks for a song as a program does. */
    void ask(String id, double seconds, String lyrics, String artist, String genre)
            throws IOException, InterruptedException {
        String request = JSON.createObjectNode()
                .put("songId", id)
                .put("model", "demo")
                .put("artist", artist)
                .put("lyrics", lyrics)
                .put("durationSeconds", seconds)
                .put("seed", 7)
                .set("genres", JSON.createArrayNode().add(genre))
                .toString();
        HttpRequest post = HttpRequest.newBuilder(URI.create(at("/songs")))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(request))
                .build();
        HttpResponse<String> answer = client.send(post, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 202) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
    }

    /** Asks for a song on the topic, where nobody looks at the request before the orchestrator does. */
    void order(String id, String model, String artist) throws IOException, InterruptedException {
        orders.submit(SongRequest.newBuilder()
                .setSongId(id)
                .setModel(model)
                .setArtist(artist)
                .setDurationSeconds(4)
                .build());
    }

    /** Gives a song up. */
    void cancel(String id) throws IOException, InterruptedException {
        orders.cancel(id, "");
    }

    /** Writes bytes that are no request where requests are read. */
    void garble(String key, byte[] value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                segue.cluster().clientSettings(), new ByteArraySerializer(), new ByteArraySerializer())) {
            String topic = segue.cluster().topics().songRequests().name();
            producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value))
                    .get();
        }
    }

    /** A short finished song with words: asked for by whoever needs it first. */
    String finished() throws IOException, InterruptedException {
        String id = "orla-waltz";
        JsonNode song = read("/songs/" + id);
        if (!song.has("state")) {
            ask(id, 5, "Harbour lights are leaning low\n\nCarry me home, carry me slow");
        }
        await(id, "completed");
        return id;
    }

    /** Waits until a song is in a state. */
    void await(String id, String state) throws IOException, InterruptedException {
        long end =
                System.nanoTime() + Duration.ofMillis(Chromium.PATIENCE_MILLIS).toNanos();
        String now = "";
        while (!now.equals(state)) {
            if (System.nanoTime() > end) {
                throw new AssertionError(id + " is still " + now);
            }
            Thread.sleep(100);
            now = read("/songs/" + id).path("state").asText();
        }
    }

    /** What a program gets there. */
    JsonNode read(String path) throws IOException, InterruptedException {
        HttpRequest get = HttpRequest.newBuilder(URI.create(at(path))).build();
        return JSON.readTree(
                client.send(get, HttpResponse.BodyHandlers.ofString()).body());
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}
