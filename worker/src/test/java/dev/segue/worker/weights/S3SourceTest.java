package dev.segue.worker.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Against a real server of the protocol on a folder. */
class S3SourceTest {
    private static final RetryPolicy QUICK = new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(2));
    private static final StoredModel MODEL = StoredModel.small();

    @TempDir
    private static Path disk;

    @TempDir
    private Path folder;

    private static S3Proxy proxy;
    private static S3Client client;

    @BeforeAll
    static void start() throws Exception {
        proxy = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(disk.toString()))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, "access", "secret")
                .build();
        proxy.start();
        client = client("access", "secret");
        client.createBucket(request -> request.bucket("weights"));
        for (Map.Entry<String, byte[]> object : MODEL.objects().entrySet()) {
            put("team/" + object.getKey(), object.getValue());
        }
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
        proxy.stop();
    }

    @Test
    void aModelIsFetchedFromABucket() throws IOException {
        Path model = store(client, "s3://weights/team").resolve(MODEL.name(), MODEL.digest());
        for (Map.Entry<String, byte[]> file : MODEL.files().entrySet()) {
            assertThat(model.resolve(file.getKey())).hasBinaryContent(file.getValue());
        }
    }

    @Test
    void aTransferGoesOnWhereItBroke() throws IOException {
        S3Source source = S3Source.at(URI.create("s3://weights/team"), client);
        byte[] whole = MODEL.files().get("prior.safetensors");
        String tag;
        try (Transfer first = source.open("models/small-1/prior.safetensors", 0, Optional.empty())) {
            assertThat(first.total()).hasValue(whole.length);
            tag = first.validator().orElseThrow();
        }
        try (Transfer rest = source.open("models/small-1/prior.safetensors", 100_000, Optional.of(tag))) {
            assertThat(rest.from()).isEqualTo(100_000);
            assertThat(rest.total()).hasValue(whole.length);
            assertThat(rest.body().readAllBytes()).isEqualTo(Arrays.copyOfRange(whole, 100_000, whole.length));
        }
    }

    @Test
    void aFileThatIsAnotherByNowStartsAnew() throws IOException {
        S3Source source = S3Source.at(URI.create("s3://weights/team"), client);
        byte[] whole = MODEL.files().get("prior.safetensors");
        for (String tag : new String[] {"\"00000000000000000000000000000000\""}) {
            try (Transfer anew = source.open("models/small-1/prior.safetensors", 100_000, Optional.of(tag))) {
                assertThat(anew.from()).isZero();
                assertThat(anew.body().readAllBytes()).isEqualTo(whole);
            }
        }
        try (Transfer anew = source.open("models/small-1/prior.safetensors", 400_000, Optional.empty())) {
            assertThat(anew.from()).isZero();
        }
    }

    @Test
    void whatArrivedBeforeIsNotFetchedAgain() throws IOException {
        byte[] whole = MODEL.files().get("prior.safetensors");
        Path part = folder.resolve("cache/models/small-1/.prior.safetensors.part");
        Files.createDirectories(part.getParent());
        Files.write(part, Arrays.copyOf(whole, 200_000));
        Path model = store(client, "s3://weights/team/").resolve(MODEL.name(), MODEL.digest());
        assertThat(model.resolve("prior.safetensors")).hasBinaryContent(whole);
    }

    @Test
    void anAbsentModelOrBucketSaysSo() {
        assertThatThrownBy(() -> store(client, "s3://weights/other").resolve(MODEL.name(), MODEL.digest()))
                .isInstanceOf(WeightsException.Missing.class)
                .hasMessageContaining("s3://weights/other/models/small-1/model.json does not exist");
        assertThatThrownBy(() -> store(client, "s3://nobucket/team").resolve(MODEL.name(), MODEL.digest()))
                .isInstanceOf(WeightsException.Missing.class);
    }

    @Test
    void wrongCredentialsSaySo() {
        try (S3Client stranger = client("access", "wrong")) {
            assertThatThrownBy(() -> store(stranger, "s3://weights/team").resolve(MODEL.name(), MODEL.digest()))
                    .isInstanceOf(WeightsException.Denied.class)
                    .hasMessageContaining("403")
                    .hasMessageContaining("credentials");
        }
    }

    @Test
    void aWrongDigestLeavesNothing() throws IOException {
        StoredModel damaged = new StoredModel("damaged", MODEL.files());
        for (Map.Entry<String, byte[]> object : damaged.objects().entrySet()) {
            put(object.getKey(), object.getValue());
        }
        put("models/damaged/prior.safetensors", new byte[300_000]);
        assertThatThrownBy(() -> store(client, "s3://weights").resolve("damaged", damaged.digest()))
                .isInstanceOf(WeightsException.WrongContent.class)
                .hasMessageContaining("s3://weights/models/damaged/prior.safetensors");
        assertThat(folder.resolve("cache/models/damaged/prior.safetensors")).doesNotExist();
        put("models/damaged/prior.safetensors", MODEL.files().get("prior.safetensors"));
        store(client, "s3://weights").resolve("damaged", damaged.digest());
    }

    @Test
    void aServerThatIsNotThereIsAnInterruptedTransfer() {
        try (S3Client nobody = client(URI.create("http://127.0.0.1:1"), "a", "b")) {
            assertThatThrownBy(() -> store(nobody, "s3://weights/team").resolve(MODEL.name(), MODEL.digest()))
                    .isInstanceOf(WeightsException.Interrupted.class);
        }
    }

    @Test
    void anAddressOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> S3Source.at(URI.create("http://weights/team"), client))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("s3://bucket/prefix");
    }

    private ModelStore store(S3Client s3, String address) {
        return new ModelStore(
                folder.resolve("cache"), S3Source.at(URI.create(address), s3), StoredModel::filesOf, QUICK);
    }

    private static S3Client client(String access, String secret) {
        return client(URI.create("http://127.0.0.1:" + proxy.getPort()), access, secret);
    }

    private static S3Client client(URI endpoint, String access, String secret) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(access, secret)))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    private static void put(String key, byte[] content) {
        client.putObject(request -> request.bucket("weights").key(key), RequestBody.fromBytes(content));
    }
}
