package dev.segue.telemetry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.telemetry.Telemetry;
import dev.segue.telemetry.metrics.Metric;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TelemetryServerTest {
    private static final String HOST = "127.0.0.1";

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicBoolean turns = new AtomicBoolean(true);
    private final AtomicBoolean asks = new AtomicBoolean(true);
    private final Telemetry telemetry = Telemetry.measured();
    private TelemetryServer server;

    @BeforeEach
    void start() {
        server = TelemetryServer.start(
                HOST, 0, telemetry, new Health(Map.of("sampler", turns::get), Map.of("top lane", asks::get)));
    }

    @AfterEach
    void stop() {
        server.close();
        telemetry.close();
    }

    @Test
    void aWorkerThatTurnsAndAsksForTasksIsAliveAndReady() throws Exception {
        assertThat(health("/health/live", 200)).isEqualTo(List.of());
        assertThat(health("/health/ready", 200)).isEqualTo(List.of());
    }

    @Test
    void whatStandsStillIsNamedAndOneAnswerSaysNothingOfTheOther() throws Exception {
        turns.set(false);

        assertThat(health("/health/live", 503)).isEqualTo(List.of("sampler"));
        assertThat(health("/health/ready", 200)).isEqualTo(List.of());

        turns.set(true);
        asks.set(false);

        assertThat(health("/health/live", 200)).isEqualTo(List.of());
        assertThat(health("/health/ready", 503)).isEqualTo(List.of("top lane"));
    }

    @Test
    void partsOfOneNameAreWellOnlyTogether() throws Exception {
        Health both = Health.ofAll(List.of(
                new Health(Map.of("sampler", turns::get), Map.of()),
                new Health(Map.of("sampler", () -> true), Map.of("lane", asks::get))));
        try (TelemetryServer together = TelemetryServer.start(HOST, 0, telemetry, both)) {
            assertThat(get(together.port(), "/health/live").statusCode()).isEqualTo(200);
            turns.set(false);
            assertThat(get(together.port(), "/health/live").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void metricsAreThoseThatWereCounted() throws Exception {
        Metric.AUDIO_SECONDS.counter(telemetry.meters(), "0").increment(2.5);

        HttpResponse<String> metrics = get(server.port(), "/metrics");

        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
        assertThat(metrics.body())
                .contains("# TYPE segue_audio_seconds_total counter", "segue_audio_seconds_total{level=\"0\"} 2.5")
                .contains("segue_process_resident_bytes ", "jvm_memory_used_bytes{");
    }

    @Test
    void thereIsNothingElse() throws Exception {
        assertThat(get(server.port(), "/").statusCode()).isEqualTo(404);
        assertThat(get(server.port(), "/songs").statusCode()).isEqualTo(404);
        HttpResponse<String> posted = client.send(
                request(server.port(), "/metrics")
                        .POST(HttpRequest.BodyPublishers.ofString("x"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(posted.statusCode()).isEqualTo(405);
        assertThat(posted.headers().firstValue("Allow")).contains("GET");
    }

    @Test
    void aPortThatIsTakenIsNamedWithTheSettingThatChangesIt() {
        assertThatThrownBy(() -> TelemetryServer.start(HOST, server.port(), telemetry, Health.ofAll(List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Integer.toString(server.port()))
                .hasMessageContaining("SEGUE_HTTP_PORT");
    }

    @Test
    void whenItIsClosedNobodyListensAnyMore() throws Exception {
        int port = server.port();
        assertThat(get(port, "/metrics").statusCode()).isEqualTo(200);

        server.close();

        assertThatThrownBy(() -> HttpClient.newHttpClient()
                        .send(request(port, "/metrics").build(), HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(ConnectException.class);
    }

    private Object health(String path, int status) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(server.port(), path);
        assertThat(answer.statusCode()).isEqualTo(status);
        JsonNode body = new ObjectMapper().readTree(answer.body());
        assertThat(body.path("ok").asBoolean()).isEqualTo(status == 200);
        return new ObjectMapper().convertValue(body.path("missing"), List.class);
    }

    private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return client.send(request(port, path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://" + HOST + ":" + port + path));
    }
}
