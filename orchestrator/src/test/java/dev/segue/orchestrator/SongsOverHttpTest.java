package dev.segue.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.settings.Settings;
import dev.segue.contracts.store.S3Access;
import dev.segue.contracts.topic.Topics;
import dev.segue.contracts.wire.SchemaRegistry;
import dev.segue.embedded.Infrastructure;
import dev.segue.embedded.S3Credentials;
import dev.segue.embedded.SharedServers;
import dev.segue.orchestrator.plan.Cards;
import dev.segue.orchestrator.status.StatusConfig;
import dev.segue.orchestrator.status.StatusServer;
import dev.segue.orchestrator.status.http.DescribedHttp;
import dev.segue.orchestrator.status.http.EventReader;
import dev.segue.orchestrator.topology.LocalRegistry;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * On a real broker and a real object store: everything that can be asked over HTTP, each answer held against what the server
 * says of itself. Larger than most classes, since the last test makes sure that nothing was left out.
 */
@ExtendWith(SharedServers.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SongsOverHttpTest {
    private static final ModelCard CARD = Cards.small();
    private static final String PREFIX = "http.";
    private static final String TOKEN = "a-token-of-this-test";
    private static final String[] BEARER = {"Authorization", "Bearer " + TOKEN};

    private static S3Access store;
    private static LocalRegistry registry;
    private static Orchestrator orchestrator;
    private static StatusServer server;
    private static ClusterStage stage;
    private static DescribedHttp http;

    @BeforeAll
    static void start(Infrastructure servers) throws Exception {
        S3Credentials credentials = servers.s3().credentials();
        store = S3Access.at(servers.s3().endpoint(), credentials.accessKey(), credentials.secretKey());
        registry = LocalRegistry.start();
        orchestrator = Orchestrator.start(OrchestratorConfig.from(Settings.of(Map.of(
                "SEGUE_KAFKA_BOOTSTRAP_SERVERS", servers.bootstrapServers(),
                "SEGUE_REGISTRY_URL", registry.url(),
                "SEGUE_TOPIC_PREFIX", PREFIX))));
        server = orchestrator.serve(
                new StatusConfig("127.0.0.1", 0, Optional.of(TOKEN), 100, store, Infrastructure.BUCKET));
        orchestrator.awaitRunning(Duration.ofMinutes(1));
        stage = new ClusterStage(
                servers.bootstrapServers(), SchemaRegistry.at(registry.url()), new Topics(PREFIX), CARD);
        http = new DescribedHttp(server.port());
        stage.publish(CARD);
        stage.work(Integer.MAX_VALUE, () -> ask("/models").contains("\"name\":\"small\""));
    }

    @AfterAll
    static void stop() throws IOException {
        stage.close();
        server.close();
        orchestrator.close();
        registry.close();
    }

    @Test
    @Order(1)
    void aSongIsAskedForFollowedToItsEndAndFound() throws Exception {
        HttpResponse<String> taken = post(request("heard"));
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
        assertThat(taken.headers().firstValue("Location")).contains("/songs/heard");
        CompletableFuture<List<EventReader.Event>> told =
                CompletableFuture.supplyAsync(() -> all("/songs/heard/events"));
        stage.work(Integer.MAX_VALUE, () -> isState("heard", "completed"));

        List<EventReader.Event> events = told.get();
        for (EventReader.Event event : events) {
            http.holdEvent("/songs/{id}/events", event.data());
        }
        assertThat(events).extracting(event -> Long.parseLong(event.id())).isSorted();
        HttpResponse<String> answer = http.get("/songs/heard");
        assertThat(events.get(events.size() - 1).data()).isEqualTo(answer.body());
        JsonNode song = DescribedHttp.json(answer);
        assertThat(song.get("share").doubleValue()).isEqualTo(1);
        assertThat(song.at("/levels/0/segments/0/done")).isEqualTo(song.at("/levels/0/totalCodes"));
        assertThat(song.at("/audio/0/href").textValue()).startsWith("/songs/heard/audio/");
        assertThat(song.get("files").findValuesAsText("name")).contains("manifest.json");
        assertThat(listed("completed")).containsExactly("heard");
    }

    private static List<EventReader.Event> all(String path) {
        List<EventReader.Event> all = new ArrayList<>();
        try (EventReader reader = new EventReader(server.port(), path, "")) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                all.add(next.get());
            }
            return all;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Order(2)
    void theSameRequestIsTheSameSongAndWhatHasEndedStaysAsItIs() throws Exception {
        assertThat(post(request("heard")).statusCode()).isEqualTo(202);
        assertThat(field(409, post(request("heard").replace("0.5", "0.6")))).isEqualTo("songId");
        assertThat(field(409, http.ask("DELETE", "/songs/heard", null, BEARER))).isEqualTo("state");
    }

    @Test
    @Order(3)
    void aSongIsGivenUpAndWhoFollowsAllSongsHearsOfIt() throws Exception {
        try (EventReader reader = new EventReader(server.port(), "/events", "")) {
            assertThat(post(request("dropped")).statusCode()).isEqualTo(202);
            String path = "/songs/dropped?reason=";
            assertThat(field(422, http.ask("DELETE", path + "x".repeat(201), null, BEARER)))
                    .isEqualTo("reason");
            assertThat(http.ask("DELETE", path + "enough", null, BEARER).statusCode())
                    .isEqualTo(202);
            String heard = "";
            while (!heard.contains("\"cancelled\"")) {
                stage.look();
                heard = reader.next().orElseThrow().data();
                http.holdEvent("/events", heard);
            }
            assertThat(heard).contains("\"id\":\"dropped\"", "\"reason\":\"enough\"");
        }
        assertThat(listed("cancelled")).containsExactly("dropped");
    }

    @Test
    @Order(4)
    void aSongIsMadeFromOneThatWasFinishedHereOnly() throws Exception {
        assertThat(post(goingOnFrom("heard-of-by-nobody")).body())
                .contains("earlierSong.songId is \\\"heard-of-by-nobody\\\", but is not known here");
        assertThat(field(422, post(goingOnFrom("heard-of-by-nobody")))).isEqualTo("earlierSong.songId");
        assertThat(post(goingOnFrom("dropped")).body()).contains("never finished: it is cancelled");

        put("songs/long-ago/manifest.json", "{}");
        assertThat(post(goingOnFrom("long-ago")).statusCode())
                .as("it may be one that is remembered by its orchestrator alone")
                .isEqualTo(202);
        assertThat(post(goingOnFrom("heard").replace("\"next\"", "\"next-of-heard\""))
                        .statusCode())
                .isEqualTo(202);
        while (!isState("next", "rejected")) {
            stage.look();
        }
        assertThat(DescribedHttp.json(http.get("/songs/next"))
                        .at("/problems/0/field")
                        .textValue())
                .isEqualTo("earlierSong.songId");
    }

    private static String goingOnFrom(String id) {
        return request("next")
                .replace("}", ",\"earlierSong\":{\"songId\":\"" + id + "\",\"use\":\"CONTINUE\",\"seconds\":0.2}}");
    }

    @Test
    @Order(0)
    void whileTheRegistryIsSilentNothingIsTaken() throws Exception {
        registry.silent(true);
        HttpResponse<String> silent = post(request("unheard"));
        registry.silent(false);
        assertThat(silent.statusCode()).as(silent.body()).isEqualTo(503);
        assertThat(http.get("/songs/unheard").statusCode()).isEqualTo(404);
    }

    @Test
    void whoGivesNoIdGetsOne() throws Exception {
        HttpResponse<String> taken = post("{\"model\":\"small\",\"durationSeconds\":0.5}");
        assertThat(taken.statusCode()).isEqualTo(202);
        assertThat(http.get(DescribedHttp.json(taken).get("href").textValue()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void everyFieldThatIsAtFaultIsNamed() throws Exception {
        assertThat(fields(post("{\"model\":5,\"colour\":\"red\"}")))
                .containsExactly("colour", "model", "durationSeconds");
        assertThat(fields(post(
                        "{\"songId\":\"X\",\"model\":\"nobody\",\"durationSeconds\":-1,\"callbackUrl\":\"here\"}")))
                .containsExactly("songId", "model", "durationSeconds", "callbackUrl");
        HttpResponse<String> broken = post("{\n\"songId\": }");
        assertThat(field(400, broken)).isEqualTo("the request");
        assertThat(broken.body()).contains("line 2");
        assertThat(field(422, post(""))).isEqualTo("the request");
        assertThat(field(413, post("{\"lyrics\":\"" + "la ".repeat(200_000) + "\"}")))
                .isEqualTo("the request");
    }

    @Test
    void whatCouldNotBeReadIsListedWithItsReasonAndWithoutWhatItHolds() throws Exception {
        stage.sendBytes(new Topics(PREFIX).songRequests(), "garbage", "secret".getBytes(StandardCharsets.UTF_8));
        while (stage.deadLetters.isEmpty()) {
            stage.look();
        }
        HttpResponse<String> answer = http.get("/dead-letters", BEARER);
        assertThat(DescribedHttp.json(answer).get("deadLetters")).hasSize(1);
        assertThat(DescribedHttp.json(answer).get("more").booleanValue()).isFalse();
        JsonNode letter = DescribedHttp.json(answer).at("/deadLetters/0");
        assertThat(letter.get("song").textValue()).isEqualTo("garbage");
        assertThat(letter.get("topic").textValue()).isEqualTo(PREFIX + "song-requests");
        assertThat(letter.get("bytes").intValue()).isEqualTo(6);
        assertThat(letter.get("reason").textValue()).isNotBlank();
        assertThat(answer.body()).doesNotContain("secret");
        assertThat(http.get("/dead-letters").statusCode()).isEqualTo(401);
    }

    @Test
    void soundIsStreamedWholeOrInPart() throws Exception {
        put("songs/over-http/level-2/0-16.flac", "0123456789");
        put("songs/over-http/song.flac", "abcdefghij");
        String sound = "/songs/over-http/audio/2/0-16.flac";
        String file = "/songs/over-http/files/song.flac";
        HttpResponse<String> whole = http.get(file);
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo("abcdefghij");
        assertThat(whole.headers().firstValue("Content-Type")).contains("audio/flac");
        assertThat(whole.headers().firstValue("Accept-Ranges")).contains("bytes");
        String tag = whole.headers().firstValue("ETag").orElseThrow();
        assertThat(http.get(file, "If-None-Match", tag).statusCode()).isEqualTo(304);

        HttpResponse<String> part = http.get(sound, "Range", "bytes=2-4");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("234");
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes 2-4/10");
        assertThat(http.get(file, "Range", "bytes=-3").body()).isEqualTo("hij");
        assertThat(http.get(file, "Range", "bytes=8-").body()).isEqualTo("ij");
        assertThat(http.get(file, "Range", "bytes=of-some-kind").body()).isEqualTo("abcdefghij");
        assertThat(http.get(file, "Range", "bytes=1-2", "If-Range", tag).body()).isEqualTo("bc");
        assertThat(http.get(file, "Range", "bytes=1-2", "If-Range", "\"of-another\"")
                        .body())
                .as("a part of what is another file by now is of no use")
                .isEqualTo("abcdefghij");
        assertThat(http.get(file, "Range", "bytes=10-").statusCode()).isEqualTo(416);
        for (String path : List.of(file, sound)) {
            assertThat(http.ask("HEAD", path, null).headers().firstValue("Content-Length"))
                    .contains("10");
        }
        assertThat(http.get("/songs/over-http/files/none.flac").statusCode()).isEqualTo(404);
        assertThat(http.get("/songs/over-http/audio/2/song.flac").statusCode()).isEqualTo(404);
    }

    private static void put(String key, String content) {
        try (S3Client client = store.client()) {
            client.putObject(put -> put.bucket(Infrastructure.BUCKET).key(key), RequestBody.fromString(content));
        }
    }

    @Test
    void browsersAreToldWhatTheyMayDo() throws Exception {
        for (String path : List.of("/songs", "/songs/nobody")) {
            HttpResponse<String> answer = http.get(path);
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                    .startsWith("default-src 'self'");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(answer.headers().firstValue("Server")).isEmpty();
        }
    }

    @Test
    void aServerOfThisMachineAnswersToItsOwnNamesOnly() throws Exception {
        assertThat(firstLine("localhost:" + server.port())).contains(" 200 ");
        assertThat(firstLine("[::1]:" + server.port())).contains(" 200 ");
        assertThat(firstLine("evil.example:" + server.port())).contains(" 403 ");
        assertThat(firstLine("localhost.evil.example")).contains(" 403 ");
    }

    private static String firstLine(String host) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            String ask = "GET /songs HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(ask.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.lines().findFirst().orElse("");
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void everythingThatIsDescribedWasAskedAndAnsweredAsDescribed() throws Exception {
        HttpResponse<String> page = http.get("/songs", "Accept", "text/html");
        assertThat(http.get(page.body().replaceFirst("(?s).*href=\"(/assets/[^\"]+page.css)\".*", "$1"))
                        .body())
                .contains("body");
        assertThat(http.get("/").headers().firstValue("Location")).contains("/songs");
        for (String path : List.of("/health/live", "/health/ready", "/openapi.json", "/metrics", "/backlog")) {
            assertThat(http.get(path).statusCode()).as(path).isEqualTo(200);
        }
        TreeSet<String> described = new TreeSet<>();
        http.description().get("paths").properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> described.add(method + " " + path.getKey())));
        assertThat(http.asked()).isEqualTo(described);
    }

    private static HttpResponse<String> post(String body) throws Exception {
        return http.ask("POST", "/songs", body, BEARER);
    }

    private static List<String> fields(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        return DescribedHttp.json(answer).get("problems").findValuesAsText("field");
    }

    /** What an error says is at fault, once it is one. */
    private static String field(int status, HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = DescribedHttp.json(answer);
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("fix").textValue()).isNotBlank();
        return problem.get("field").textValue();
    }

    private static List<String> listed(String state) throws Exception {
        return DescribedHttp.json(http.get("/songs?state=" + state))
                .get("songs")
                .findValuesAsText("id");
    }

    private static boolean isState(String id, String state) {
        return ask("/songs/" + id).contains("\"state\":\"" + state + "\"");
    }

    private static String ask(String path) {
        try {
            return http.get(path).body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String request(String id) {
        return "{\"songId\":\"" + id + "\",\"model\":\"small\",\"durationSeconds\":0.5}";
    }
}
