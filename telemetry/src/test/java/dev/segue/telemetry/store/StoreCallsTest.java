package dev.segue.telemetry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.contracts.store.S3Access;
import dev.segue.embedded.EmbeddedS3;
import dev.segue.telemetry.Telemetry;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

class StoreCallsTest {
    private static final String BUCKET = "songs";

    @TempDir
    private static Path folder;

    private static EmbeddedS3 store;

    private final Telemetry telemetry = Telemetry.measured();

    @BeforeAll
    static void start() throws Exception {
        store = EmbeddedS3.start(folder, 0, BUCKET);
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @AfterEach
    void forget() {
        telemetry.close();
    }

    private S3Client client(URI endpoint) {
        return S3Access.at(
                        endpoint,
                        store.credentials().accessKey(),
                        store.credentials().secretKey())
                .withAttempts(1)
                .client(StoreCalls.toldTo(telemetry));
    }

    @Test
    void eachCallIsTimedByWhatItWasAndHowItEnded() {
        try (S3Client client = client(store.endpoint())) {
            client.putObject(put -> put.bucket(BUCKET).key("a"), RequestBody.fromString("sound"));
            client.putObject(put -> put.bucket(BUCKET).key("b"), RequestBody.fromString("sound"));
            client.getObjectAsBytes(get -> get.bucket(BUCKET).key("a"));
        }

        assertThat(count("PutObject", "success")).isEqualTo(2);
        assertThat(count("GetObject", "success")).isEqualTo(1);
        assertThat(telemetry.scrape())
                .containsPattern(
                        "segue_s3_seconds_sum\\{operation=\"PutObject\",outcome=\"success\"} (?!0\\.0\\n)[0-9.E-]+");
    }

    @Test
    void anObjectThatIsNotThereIsMissingRatherThanAFailure() {
        try (S3Client client = client(store.endpoint())) {
            assertThatThrownBy(() ->
                            client.getObjectAsBytes(get -> get.bucket(BUCKET).key("nothing")))
                    .isInstanceOf(NoSuchKeyException.class);
        }

        assertThat(count("GetObject", "missing")).isEqualTo(1);
        assertThat(count("GetObject", "failure")).isZero();
    }

    @Test
    void aStoreThatIsAwayIsAFailure() {
        try (S3Client client = client(URI.create("http://127.0.0.1:1"))) {
            assertThatThrownBy(
                            () -> client.headObject(head -> head.bucket(BUCKET).key("a")))
                    .isInstanceOf(SdkException.class);
        }

        assertThat(count("HeadObject", "failure")).isEqualTo(1);
        assertThat(count("HeadObject", "missing")).isZero();
    }

    private double count(String operation, String outcome) {
        String series = "segue_s3_seconds_count{operation=\"" + operation + "\",outcome=\"" + outcome + "\"} ";
        return telemetry
                .scrape()
                .lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                .findFirst()
                .orElse(0);
    }
}
