package dev.segue.orchestrator.status.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.contracts.client.Cluster;
import dev.segue.contracts.client.TopicReader;
import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.ModelRegistration;
import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.record.SongEventKind;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.record.TrustedRecords;
import dev.segue.contracts.store.S3Access;
import dev.segue.contracts.topic.Topics;
import dev.segue.contracts.wire.SchemaRegistry;
import dev.segue.orchestrator.plan.Backlog;
import dev.segue.orchestrator.plan.Cards;
import dev.segue.orchestrator.plan.Limits;
import dev.segue.orchestrator.status.view.ModelView;
import dev.segue.orchestrator.status.view.SongView;
import dev.segue.orchestrator.status.view.TopicFollower;
import dev.segue.telemetry.trace.Traces;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The server as it runs, with songs that the test tells of, and with broker, registry and object store away. Larger than
 * most classes, since every way to be refused is taken.
 */
class HttpServerTest {
    private static final String TOKEN = "a-token-of-this-test";
    private static final String[] BEARER = {"Authorization", "Bearer " + TOKEN};
    private static final ModelCard CARD = Cards.small();
    private static final Instant THEN = Instant.parse("2026-11-23T12:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    static {
        TrustedRecords.trust();
    }

    private final SongView songs = new SongView(100);
    private final ModelView models = new ModelView();
    /** Null while another orchestrator has the work. */
    private volatile Backlog backlog;

    private HttpServer server;
    private DescribedHttp http;

    @BeforeEach
    void start() throws Exception {
        models.take(List.of(new TopicReader.Entry<>(
                CARD.name(),
                new ModelRegistration(
                        CARD.name(), CARD.digest(), CARD.toJson(), List.of("Orla Venn"), List.of("drift")))));
        server = start(0, Optional.of(TOKEN), Map.of());
        http = new DescribedHttp(server.port());
    }

    /** Nobody listens there. */
    private static Cluster away() {
        Map<String, String> impatient =
                Map.of("max.block.ms", "500", "default.api.timeout.ms", "500", "request.timeout.ms", "500");
        return new Cluster(
                "127.0.0.1:1",
                impatient,
                SchemaRegistry.at("http://127.0.0.1:1"),
                new Topics("away."),
                S3Access.at(URI.create("http://127.0.0.1:1"), "key", "secret"),
                "segue");
    }

    private HttpServer start(int port, Optional<String> token, Map<String, TopicFollower<?>> followers)
            throws IOException {
        return HttpServer.start(
                "127.0.0.1",
                port,
                token,
                new HttpServer.Parts(
                        away(),
                        Limits.DEFAULT,
                        songs,
                        models,
                        Optional.empty(),
                        () -> false,
                        followers,
                        new TelemetryRoutes(
                                        () -> "segue_songs 1.0\n", () -> Optional.ofNullable(backlog), Optional::empty)
                                .routes(),
                        Traces.off()));
    }

    @Test
    void anOrchestratorThatStandsByTellsOfNoBacklogRatherThanOfAnEmptyOne() throws Exception {
        assertThat(http.get("/backlog").statusCode()).isEqualTo(503);

        backlog = new Backlog(Map.of(2, new Backlog.Level(1, 512, 1.5, 1)), new Backlog.Audio(0, 2.5));

        JsonNode known = DescribedHttp.json(http.get("/backlog"));
        assertThat(known.at("/levels/2/codes").longValue()).isEqualTo(512);
        assertThat(known.at("/audio/seconds").doubleValue()).isEqualTo(2.5);
        assertThat(http.get("/metrics").body()).isEqualTo("segue_songs 1.0\n");
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void songsAreListedTheLastOneFirstAPageAfterTheOther() throws Exception {
        songs.take(List.of(received("a"), received("b"), received("c"), event("b", 2, SongEventKind.CANCELLED)));

        JsonNode first = DescribedHttp.json(http.get("/songs?limit=2"));
        assertThat(first.at("/songs").findValuesAsText("id")).containsExactly("c", "b");
        assertThat(first.get("total").intValue()).isEqualTo(3);
        JsonNode second = DescribedHttp.json(
                http.get("/songs?limit=2&after=" + first.get("next").textValue()));
        assertThat(second.at("/songs").findValuesAsText("id")).containsExactly("a");
        assertThat(second.get("next").isNull()).isTrue();
        assertThat(DescribedHttp.json(http.get("/songs?state=cancelled"))
                        .at("/songs")
                        .findValuesAsText("id"))
                .containsExactly("b");
    }

    @ParameterizedTest
    @CsvSource({"limit=0, limit", "limit=1001, limit", "limit=many, limit", "state=asleep, state", "after=nobody, after"
    })
    void aParameterThatCannotBeIsNamed(String query, String field) throws Exception {
        HttpResponse<String> answer = http.get("/songs?" + query);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(DescribedHttp.json(answer).at("/problems/0/field").textValue())
                .isEqualTo(field);
    }

    @Test
    void whatIsNotThereIsSaidSo() throws Exception {
        assertThat(http.get("/songs/nobody").statusCode()).isEqualTo(404);
        assertThat(http.get("/songs/nobody/events").statusCode()).isEqualTo(404);
        assertThat(http.get("/nothing").statusCode()).isEqualTo(404);
        assertThat(http.get("/songs/a/files/..%2Fb").statusCode()).isIn(400, 404);
        assertThat(http.get("/songs/a/audio/0/all.flac").statusCode()).isEqualTo(404);
        assertThat(http.ask("PUT", "/songs", "{}").statusCode()).isEqualTo(405);
        assertThat(http.ask("DELETE", "/songs/nobody", null, BEARER).statusCode())
                .isEqualTo(404);
    }

    @Test
    void nobodyWritesWithoutTheToken() throws Exception {
        for (String[] headers : new String[][] {{}, {"Authorization", "Bearer wrong"}, {"Authorization", TOKEN}}) {
            HttpResponse<String> answer = http.ask("POST", "/songs", request("a"), headers);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"segue\"");
            assertThat(http.ask("DELETE", "/songs/a", null, headers).statusCode())
                    .isEqualTo(401);
            assertThat(http.get("/dead-letters", headers).statusCode()).isEqualTo(401);
        }
        server.close();
        server = start(0, Optional.empty(), Map.of());
        http = new DescribedHttp(server.port());
        assertThat(http.ask("POST", "/songs", request("a"), BEARER).statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"model\": | 400 | the request",
                "[] | 422 | the request",
                "{\"model\":\"small\",\"durationSeconds\":0.5,\"tempo\":3} | 422 | tempo",
                "{\"model\":\"small\",\"durationSeconds\":\"long\"} | 422 | durationSeconds",
                "{\"model\":\"small\"} | 422 | durationSeconds",
                "{\"model\":\"large\",\"durationSeconds\":0.5} | 422 | model",
                "{\"model\":\"small\",\"durationSeconds\":1e9} | 422 | durationSeconds",
                "{\"songId\":\"A b\",\"model\":\"small\",\"durationSeconds\":0.5} | 422 | songId",
            })
    void aRequestThatCannotBeIsRefusedAtItsFields(String body, int status, String field) throws Exception {
        HttpResponse<String> answer = http.ask("POST", "/songs", body, BEARER);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(DescribedHttp.json(answer).at("/problems").findValuesAsText("field"))
                .contains(field);
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws Exception {
        String large = request("a").replace("}", ",\"lyrics\":\"" + "la ".repeat(200_000) + "\"}");
        assertThat(http.ask("POST", "/songs", large, BEARER).statusCode()).isEqualTo(413);
    }

    @Test
    void whileNobodyAnswersBehindItWhoAsksIsToldToComeAgain() throws Exception {
        songs.take(List.of(received("a")));
        for (HttpResponse<String> answer : List.of(
                http.ask("POST", "/songs", request("b"), BEARER),
                http.ask("DELETE", "/songs/a", null, BEARER),
                http.get("/dead-letters", BEARER),
                http.get("/songs/a/files/song.flac"),
                http.get("/songs/a/audio/0/0-16.flac"))) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("5");
        }
        assertThat(http.get("/songs/b").statusCode()).as("it was not taken").isEqualTo(404);
        HttpResponse<String> ready = http.get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).contains("\"waitingFor\":[\"orchestrator\"]");
        assertThat(http.get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void beforeEverythingIsReadWhoAsksIsToldToComeAgain() throws Exception {
        server.close();
        TopicFollower<SongEvent> unread = new TopicFollower<>(away(), new Topics("away.").songEvents(), entries -> {});
        server = start(0, Optional.of(TOKEN), Map.of("song events", unread));
        http = new DescribedHttp(server.port());
        songs.take(List.of(received("a")));

        HttpResponse<String> early = http.get("/songs/a");
        assertThat(early.statusCode()).isEqualTo(503);
        assertThat(early.body()).contains("song events is not read yet");
        assertThat(http.get("/health/ready").body()).contains("\"song events\"");
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        assertThatThrownBy(() -> start(server.port(), Optional.empty(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("port " + server.port())
                .hasMessageContaining("SEGUE_HTTP_PORT");
    }

    @Test
    void whatHasEndedCannotBeGivenUpAndReasonsAreShort() throws Exception {
        songs.take(List.of(received("a"), event("a", 2, SongEventKind.CANCELLED), received("b")));
        assertThat(http.ask("DELETE", "/songs/a", null, BEARER).statusCode()).isEqualTo(409);
        String reason = "x".repeat(201);
        assertThat(http.ask("DELETE", "/songs/b?reason=" + reason, null, BEARER).statusCode())
                .isEqualTo(422);
    }

    @Test
    void anIdInUseByAnotherRequestIsRefusedAndTheSameOneIsTheSameSong() throws Exception {
        SongRequest request = SongRequest.newBuilder()
                .setSongId("a")
                .setModel("small")
                .setDurationSeconds(0.5)
                .build();
        songs.expect(request, THEN);
        HttpResponse<String> same = http.ask("POST", "/songs", request("a"), BEARER);
        assertThat(same.statusCode()).isEqualTo(202);
        assertThat(same.headers().firstValue("Location")).contains("/songs/a");
        assertThat(http.ask("POST", "/songs", request("a").replace("0.5", "0.6"), BEARER)
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void aSongIsToldOfUntilItEnds() throws Exception {
        songs.take(List.of(received("a")));
        try (EventReader reader = new EventReader(server.port(), "/songs/a/events", "")) {
            EventReader.Event first = reader.next().orElseThrow();
            assertThat(first.id()).isEqualTo("1");
            songs.take(List.of(event("a", 2, SongEventKind.CANCELLED)));
            EventReader.Event last = reader.next().orElseThrow();
            assertThat(JSON.readTree(last.data()).get("state").textValue()).isEqualTo("cancelled");
            assertThat(reader.next()).isEmpty();
            http.holdEvent("/songs/a/events", first.data());
            http.holdEvent("/songs/a/events", last.data());
        }
        try (EventReader late = new EventReader(server.port(), "/songs/a/events", "Last-Event-ID: 1\r\n")) {
            assertThat(late.next().orElseThrow().id()).isEqualTo("2");
            assertThat(late.next()).isEmpty();
        }
        try (EventReader done = new EventReader(server.port(), "/songs/a/events", "Last-Event-ID: 2\r\n")) {
            assertThat(done.status()).contains("204");
        }
    }

    @Test
    void whoFollowsAllSongsHearsOfEachThatChanged() throws Exception {
        try (EventReader reader = new EventReader(server.port(), "/events", "")) {
            songs.take(List.of(received("a"), received("b")));
            EventReader.Event first = reader.next().orElseThrow();
            http.holdEvent("/events", first.data());
            assertThat(JSON.readTree(first.data()).get("id").textValue()).isEqualTo("a");
            assertThat(JSON.readTree(reader.next().orElseThrow().data())
                            .get("id")
                            .textValue())
                    .isEqualTo("b");
        }
    }

    @Test
    void whoDoesNotReadHoldsUpNobodyAndHearsOfTheLatestStateThen() throws Exception {
        int changes = 2000;
        songs.take(List.of(received("a", "la ".repeat(5000))));
        try (EventReader slow = new EventReader(server.port(), "/songs/a/events", "");
                EventReader quick = new EventReader(server.port(), "/songs/a/events", "")) {
            for (int sequence = 2; sequence <= changes; sequence++) {
                songs.take(List.of(event("a", sequence, SongEventKind.PROGRESS)));
            }
            songs.take(List.of(event("a", changes + 1, SongEventKind.CANCELLED)));

            assertThat(lastOf(quick)).isEqualTo(changes + 1);
            assertThat(http.get("/songs/a").statusCode()).isEqualTo(200);
            int heard = 0;
            long latest = 0;
            for (Optional<EventReader.Event> next = slow.next(); next.isPresent(); next = slow.next()) {
                heard++;
                latest = Long.parseLong(next.get().id());
            }
            assertThat(latest).isEqualTo(changes + 1);
            assertThat(heard).as("what was overtaken was left out").isLessThan(changes);
        }
    }

    private static long lastOf(EventReader reader) throws IOException {
        long last = 0;
        for (Optional<EventReader.Event> next = reader.next(); next.isPresent(); next = reader.next()) {
            last = Long.parseLong(next.get().id());
        }
        return last;
    }

    @Test
    void aServerOfThisMachineAnswersToItsOwnNamesOnly() throws Exception {
        try (EventReader other = new EventReader(server.port(), "/songs", "Host: evil.example\r\n")) {
            // Two hosts are no request at all.
            assertThat(other.status()).contains("400");
        }
        try (java.net.Socket socket = new java.net.Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write("GET /songs HTTP/1.0\r\nHost: evil.example\r\n\r\n".getBytes("UTF-8"));
            assertThat(new String(socket.getInputStream().readAllBytes(), "UTF-8"))
                    .startsWith("HTTP/1.1 403")
                    .contains("must be localhost");
        }
    }

    @Test
    void everythingDescribedIsServedAndEverythingServedIsDescribed() throws Exception {
        assertThat(http.description().get("openapi").textValue()).startsWith("3.1");
        long described = 0;
        for (JsonNode path : http.description().get("paths")) {
            described += path.size();
        }
        assertThat(described).isEqualTo(server.routes().size());
        for (var route : server.routes()) {
            String path = route.path().replaceAll("\\{[a-z]+}", "x");
            if (!path.equals("/events")) {
                HttpResponse<String> answer = http.ask(route.method().name(), path, null);
                assertThat(answer.statusCode()).as(path).isNotEqualTo(405);
                assertThat(answer.body()).doesNotContain("is nothing that can be asked for");
            }
        }
    }

    private static String request(String id) {
        return "{\"songId\":\"" + id + "\",\"model\":\"small\",\"durationSeconds\":0.5}";
    }

    private static SongEvent received(String id) {
        return received(id, "");
    }

    private static SongEvent received(String id, String lyrics) {
        return SongEvent.newBuilder(event(id, 1, SongEventKind.RECEIVED))
                .setRequest(SongRequest.newBuilder()
                        .setSongId(id)
                        .setModel("small")
                        .setLyrics(lyrics)
                        .setDurationSeconds(0.5)
                        .build())
                .build();
    }

    private static SongEvent event(String id, long sequence, SongEventKind kind) {
        return SongEvent.newBuilder()
                .setSongId(id)
                .setTenant("")
                .setSequence(sequence)
                .setKind(kind)
                .setAt(THEN)
                .build();
    }
}
