package dev.segue.orchestrator.status.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.contracts.client.Cluster;
import dev.segue.contracts.store.S3Access;
import dev.segue.contracts.topic.Topics;
import dev.segue.contracts.wire.SchemaRegistry;
import dev.segue.orchestrator.plan.Limits;
import dev.segue.orchestrator.status.view.ModelView;
import dev.segue.orchestrator.status.view.SongView;
import dev.segue.telemetry.trace.Traces;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of those who ask for sound and files, and of everybody else, when store or readers fail. */
class StoreFaultsTest {
    private static final String FILE = "/songs/a/files/manifest.json";
    /** More than the server has threads. */
    private static final int CROWD = 300;
    /** More than objects are read at once. */
    private static final int MANY = 120;

    private final FaultyStore store;
    private HttpServer server;
    private DescribedHttp http;

    StoreFaultsTest() throws IOException {
        store = new FaultyStore();
    }

    @BeforeEach
    void start() throws Exception {
        Cluster cluster = new Cluster(
                "127.0.0.1:1",
                Map.of("max.block.ms", "500"),
                SchemaRegistry.at("http://127.0.0.1:1"),
                new Topics("away."),
                S3Access.at(store.address(), "key", "secret"),
                "segue");
        HttpServer.Parts parts = new HttpServer.Parts(
                cluster,
                Limits.DEFAULT,
                new SongView(100),
                new ModelView(),
                Optional.empty(),
                () -> true,
                Map.of(),
                List.of(),
                Traces.off());
        server = HttpServer.start("127.0.0.1", 0, Optional.empty(), parts);
        http = new DescribedHttp(server.port());
    }

    @AfterEach
    void stop() throws IOException {
        store.close();
        server.close();
    }

    @Test
    void whileTheStoreHangsEverybodyElseIsAnsweredAndWhoWaitsForItIsToldToComeAgain() throws Exception {
        store.become(FaultyStore.Mood.HANGS);
        HttpClient client = HttpClient.newHttpClient();
        URI file = URI.create("http://127.0.0.1:" + server.port() + FILE);
        List<CompletableFuture<HttpResponse<String>>> crowd = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            crowd.add(client.sendAsync(HttpRequest.newBuilder(file).build(), HttpResponse.BodyHandlers.ofString()));
        }
        await(() -> store.held() > 0);

        assertThat(http.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(http.get("/songs").statusCode()).isEqualTo(200);
        assertThat(crowd).as("those who wait").anyMatch(each -> !each.isDone());
        for (CompletableFuture<HttpResponse<String>> each : crowd) {
            HttpResponse<String> answer = each.get();
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }

        store.become(FaultyStore.Mood.ANSWERS);
        assertThat(http.get(FILE).statusCode()).as("their turns are given back").isEqualTo(200);
    }

    @Test
    void whoGoesAwayBeforeTheEndHoldsNothingAnyMore() throws Exception {
        store.become(FaultyStore.Mood.TALKS_ON);
        for (int i = 0; i < MANY; i++) {
            try (Socket socket = new Socket("127.0.0.1", server.port())) {
                socket.getOutputStream()
                        .write(("GET " + FILE + " HTTP/1.0\r\nHost: localhost\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().read()).isEqualTo('H');
            }
        }
        await(() -> store.held() == 0);

        store.become(FaultyStore.Mood.ANSWERS);
        assertThat(http.get(FILE).statusCode()).isEqualTo(200);
    }

    @Test
    void whoAsksForTheHeadAloneHoldsNothingEither() throws Exception {
        store.become(FaultyStore.Mood.TALKS_ON);
        for (int i = 0; i < MANY; i++) {
            assertThat(http.ask("HEAD", FILE, null).statusCode()).isEqualTo(200);
        }
        await(() -> store.held() == 0);
    }

    @Test
    void whatTheStoreBreaksOffDoesNotLookLikeAWholeFile() throws Exception {
        store.become(FaultyStore.Mood.BREAKS_OFF_EARLY);
        HttpResponse<String> early = http.get(FILE);
        assertThat(early.statusCode()).isEqualTo(503);
        assertThat(early.body()).contains("the object store is silent", "1000 of 2000 bytes");
        assertThat(early.headers().firstValue("Cache-Control")).isEmpty();

        store.become(FaultyStore.Mood.BREAKS_OFF_LATE);
        assertThatThrownBy(() -> http.get(FILE)).isInstanceOf(IOException.class);

        store.become(FaultyStore.Mood.ANSWERS);
        assertThat(http.get(FILE).body()).hasSize(1000);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time that is left").isLessThan(end);
            Thread.sleep(10);
        }
    }
}
