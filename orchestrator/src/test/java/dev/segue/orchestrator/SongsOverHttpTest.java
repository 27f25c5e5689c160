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
import dev.segue.orchestrator.topology.LocalRegistry;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** On a real broker and a real object store: songs from the request to their sound, over HTTP alone. */
@ExtendWith(SharedServers.class)
class SongsOverHttpTest {
    private static final ModelCard CARD = Cards.small();
    private static final String PREFIX = "http.";
    private static final String TOKEN = "a-token-of-this-test";
    private static final String[] BEARER = {"Authorization", "Bearer " + TOKEN};

    @Test
    void aSongIsAskedForFollowedHeardAndGivenUpOverHttp(Infrastructure servers) throws Exception {
        S3Access store = store(servers);
        StatusConfig status = new StatusConfig("127.0.0.1", 0, Optional.of(TOKEN), 100, store, Infrastructure.BUCKET);
        try (LocalRegistry registry = LocalRegistry.start();
                Orchestrator orchestrator = Orchestrator.start(OrchestratorConfig.from(Settings.of(Map.of(
                        "SEGUE_KAFKA_BOOTSTRAP_SERVERS", servers.bootstrapServers(),
                        "SEGUE_REGISTRY_URL", registry.url(),
                        "SEGUE_TOPIC_PREFIX", PREFIX))));
                StatusServer server = orchestrator.serve(status);
                ClusterStage stage = new ClusterStage(
                        servers.bootstrapServers(), SchemaRegistry.at(registry.url()), new Topics(PREFIX), CARD)) {
            orchestrator.awaitRunning(Duration.ofMinutes(1));
            DescribedHttp http = new DescribedHttp(server.port());
            stage.publish(CARD);
            stage.work(Integer.MAX_VALUE, () -> ask(http, "/models").contains("\"name\":\"small\""));
            assertThat(http.get("/health/ready").statusCode()).isEqualTo(200);

            registry.silent(true);
            HttpResponse<String> silent = http.ask("POST", "/songs", request("heard"), BEARER);
            assertThat(silent.statusCode()).as(silent.body()).isEqualTo(503);
            registry.silent(false);

            HttpResponse<String> taken = http.ask("POST", "/songs", request("heard"), BEARER);
            assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
            assertThat(http.get("/songs/heard").statusCode()).isEqualTo(200);
            stage.work(Integer.MAX_VALUE, () -> isState(http, "heard", "completed"));

            assertThat(http.ask("POST", "/songs", request("heard"), BEARER).statusCode())
                    .as("the same request is the same song")
                    .isEqualTo(202);
            assertThat(http.ask("POST", "/songs", request("heard").replace("0.5", "0.6"), BEARER)
                            .statusCode())
                    .isEqualTo(409);

            assertThat(http.ask("POST", "/songs", request("dropped"), BEARER).statusCode())
                    .isEqualTo(202);
            assertThat(http.ask("DELETE", "/songs/dropped?reason=enough", null, BEARER)
                            .statusCode())
                    .isEqualTo(202);
            while (!isState(http, "dropped", "cancelled")) {
                stage.look();
            }

            stage.sendBytes(new Topics(PREFIX).songRequests(), "garbage", new byte[] {1, 2, 3});
            while (stage.deadLetters.isEmpty()) {
                stage.look();
            }
            JsonNode letters = DescribedHttp.json(http.get("/dead-letters", BEARER));
            assertThat(letters.at("/deadLetters/0/song").textValue()).isEqualTo("garbage");
            assertThat(letters.at("/deadLetters/0/topic").textValue()).isEqualTo(PREFIX + "song-requests");
            assertThat(letters.at("/deadLetters/0/bytes").intValue()).isEqualTo(3);

            soundIsStreamed(store, http);
        }
    }

    private static void soundIsStreamed(S3Access store, DescribedHttp http) throws Exception {
        try (S3Client client = store.client()) {
            client.putObject(
                    put -> put.bucket(Infrastructure.BUCKET).key("songs/over-http/level-2/0-16.flac"),
                    RequestBody.fromString("0123456789"));
            client.putObject(
                    put -> put.bucket(Infrastructure.BUCKET).key("songs/over-http/song.flac"),
                    RequestBody.fromString("abcdefghij"));
        }
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
        assertThat(http.get(file, "Range", "bytes=1-2", "If-Range", "\"of-another\"")
                        .statusCode())
                .as("a part of what is another file by now is of no use")
                .isEqualTo(200);
        assertThat(http.get(file, "Range", "bytes=10-").statusCode()).isEqualTo(416);
        assertThat(http.ask("HEAD", file, null).headers().firstValue("Content-Length"))
                .contains("10");
        assertThat(http.get("/songs/over-http/files/none.flac").statusCode()).isEqualTo(404);
    }

    private static S3Access store(Infrastructure servers) {
        S3Credentials credentials = servers.s3().credentials();
        return S3Access.at(servers.s3().endpoint(), credentials.accessKey(), credentials.secretKey());
    }

    private static boolean isState(DescribedHttp http, String id, String state) {
        return ask(http, "/songs/" + id).contains("\"state\":\"" + state + "\"");
    }

    private static String ask(DescribedHttp http, String path) {
        try {
            return http.get(path).body();
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String request(String id) {
        return "{\"songId\":\"" + id + "\",\"model\":\"small\",\"durationSeconds\":0.5}";
    }
}
