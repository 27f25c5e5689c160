package dev.segue.worker.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.segue.contracts.store.S3Access;
import dev.segue.embedded.EmbeddedS3;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Against a real server of the protocol, and for faults against one that fails as told. */
class ObjectStoreTest {
    @TempDir
    private static Path folder;

    private static EmbeddedS3 s3;
    private static S3Access access;
    private static S3Client client;
    private static ObjectStore store;

    @BeforeAll
    static void start() throws Exception {
        s3 = EmbeddedS3.start(folder, 0, "segue");
        access = S3Access.at(
                        s3.endpoint(),
                        s3.credentials().accessKey(),
                        s3.credentials().secretKey())
                .withAttempts(3);
        client = access.client();
        store = new ObjectStore(client, "segue");
    }

    @AfterAll
    static void stop() {
        client.close();
        s3.close();
    }

    @Test
    void whatIsPutSaysWhatItIs() throws IOException {
        ObjectInfo put = store.put("a/text", bytes("hello"), "text/plain");

        assertThat(put)
                .isEqualTo(new ObjectInfo(
                        "a/text", "text/plain", 5, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"));
        assertThat(store.head("a/text")).contains(put);
        assertThat(store.read("a/text", 5)).isEqualTo(bytes("hello"));
        assertThat(store.head("a/nothing")).isEmpty();
    }

    @Test
    void aFileOfManyPartsArrivesWhole() throws IOException {
        byte[] content = new byte[2 * ObjectStore.PART + 12_345];
        new Random(1).nextBytes(content);
        Path file = Files.write(folder.resolve("large"), content);

        ObjectInfo put = store.put("large", file, "application/octet-stream");

        assertThat(put.bytes()).isEqualTo(content.length);
        assertThat(store.head("large")).contains(put);
        try (InputStream in = store.open("large")) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void theSameFileIsNotPutAgainAndAnotherOneReplacesIt() throws IOException {
        Path file = Files.write(folder.resolve("same"), bytes("one"));
        store.put("same", file, "text/plain");
        HeadObjectResponse before = head("same");
        store.put("same", file, "text/plain");
        assertThat(head("same").lastModified()).isEqualTo(before.lastModified());

        Files.write(file, bytes("two"));
        store.put("same", file, "text/plain");
        assertThat(store.read("same", 10)).isEqualTo(bytes("two"));
    }

    @Test
    void anObjectThatMustBeNewIsPutOnce() throws IOException {
        store.putNew("new", bytes("first"), "text/plain");

        assertThatThrownBy(() -> store.putNew("new", bytes("second"), "text/plain"))
                .isInstanceOf(StoreException.Exists.class)
                .hasMessage("s3://segue/new exists already and is never changed; choose another key");
        assertThat(store.read("new", 10)).isEqualTo(bytes("first"));
    }

    @Test
    void anObjectWhoseFirstPutWasNotAnsweredIsPutAgain() throws IOException {
        ObjectInfo put = store.putNew("unanswered", bytes("first"), "text/plain");

        assertThat(store.putNew("unanswered", bytes("first"), "text/plain")).isEqualTo(put);
        assertThatThrownBy(() -> store.putNew("unanswered", bytes("first"), "text/html"))
                .isInstanceOf(StoreException.Exists.class);
    }

    @Test
    void aRangeIsReadWithoutTheRest() throws IOException {
        store.put("range", bytes("0123456789"), "text/plain");
        try (InputStream in = store.open("range", 3, 7)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes("3456"));
        }
        try (InputStream in = store.open("range", 8, 100)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes("89"));
        }
        assertThatThrownBy(() -> store.open("range", 100, 101)).isInstanceOf(StoreException.Refused.class);
        assertThatThrownBy(() -> store.open("range", 5, 5)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void moreThanIsAllowedIsNotRead() throws IOException {
        store.put("long", new byte[100], "text/plain");
        assertThatThrownBy(() -> store.read("long", 99))
                .isInstanceOf(StoreException.Refused.class)
                .hasMessage("s3://segue/long is refused: it has more than the 99 bytes allowed");
    }

    @Test
    void whatIsNotThereIsMissing() {
        assertThatThrownBy(() -> store.open("nothing"))
                .isInstanceOf(StoreException.Missing.class)
                .hasMessage("s3://segue/nothing does not exist; check the bucket and the key");
        assertThatThrownBy(() -> new ObjectStore(client, "nowhere").check()).isInstanceOf(StoreException.Missing.class);
    }

    @Test
    void whoeverSignsWithAWrongSecretIsDenied() {
        try (S3Client stranger =
                access.withCredentials(s3.credentials().accessKey(), "wrong").client()) {
            assertThatThrownBy(() -> new ObjectStore(stranger, "segue").open("a"))
                    .isInstanceOf(StoreException.Denied.class)
                    .hasMessage(
                            "s3://segue/a is denied (403); check the credentials and what the bucket's policy allows");
        }
    }

    @Test
    void aStoreThatDoesNotAnswerIsUnreachable() {
        try (S3Client nobody = S3Access.at(URI.create("http://127.0.0.1:1"), "a", "b")
                .withAttempts(2)
                .client()) {
            assertThatThrownBy(() -> new ObjectStore(nobody, "segue").put("a", new byte[1], "text/plain"))
                    .isInstanceOf(StoreException.Unreachable.class)
                    .hasMessageStartingWith("s3://segue/a cannot be reached now: ");
        }
    }

    @Test
    void whatFailsForAMomentIsTriedAgain() throws Exception {
        try (FailingStore failing = new FailingStore(bytes("content"))) {
            failing.statuses.add(503);
            failing.statuses.add(500);
            assertThat(failing.store(3).read("a", 10)).isEqualTo(bytes("content"));
            assertThat(failing.requests).hasSize(3);
        }
    }

    @Test
    void whatFailsTooOftenIsUnreachable() throws Exception {
        try (FailingStore failing = new FailingStore(bytes("content"))) {
            failing.statuses.add(503);
            failing.statuses.add(503);
            assertThatThrownBy(() -> failing.store(2).read("a", 10))
                    .isInstanceOf(StoreException.Unreachable.class)
                    .hasMessageContaining("503");
        }
    }

    @Test
    void aStreamGoesOnWhereTheConnectionBroke() throws Exception {
        byte[] content = new byte[300_000];
        new Random(2).nextBytes(content);
        try (FailingStore failing = new FailingStore(content)) {
            failing.cuts.add(100_000);
            failing.cuts.add(50_000);
            assertThat(failing.store(3).read("a", content.length)).isEqualTo(content);
            assertThat(failing.requests).containsExactly("whole", "bytes=100000-299999", "bytes=150000-299999");
        }
    }

    @Test
    void aStreamThatBringsNothingAnyMoreIsUnreachable() throws Exception {
        try (FailingStore failing = new FailingStore(new byte[1000])) {
            for (int i = 0; i < 10; i++) {
                failing.cuts.add(i == 0 ? 100 : 0);
            }
            assertThatThrownBy(() -> failing.store(3).read("a", 1000)).isInstanceOf(StoreException.Unreachable.class);
        }
    }

    @Test
    void anAddressIsAKeyOrABucketAndAKey() {
        assertThat(ObjectAddress.parse("a/b.wav", "segue")).isEqualTo(new ObjectAddress("segue", "a/b.wav"));
        assertThat(ObjectAddress.parse("s3://other/a/b.wav", "segue")).isEqualTo(new ObjectAddress("other", "a/b.wav"));
        assertThat(ObjectAddress.parse("s3://other/a", "segue")).hasToString("s3://other/a");
        for (String wrong :
                Arrays.asList("", "s3://other", "s3://other/", "s3://A_B/x", "file:///x", "a\nb", "a".repeat(1025))) {
            assertThatThrownBy(() -> ObjectAddress.parse(wrong, "segue")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aSecretIsNeverPrinted() {
        assertThat(access.toString())
                .contains("***")
                .doesNotContain(s3.credentials().secretKey());
    }

    private static HeadObjectResponse head(String key) {
        return client.headObject(request -> request.bucket("segue").key(key));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** One object on a server that answers with errors, or breaks off, as often as told. */
    private static final class FailingStore implements AutoCloseable {
        final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
        final Queue<Integer> cuts = new ConcurrentLinkedQueue<>();
        final Queue<String> requests = new ConcurrentLinkedQueue<>();
        private final HttpServer server;
        private final byte[] content;

        FailingStore(byte[] content) throws IOException {
            this.content = content;
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::answer);
            server.start();
        }

        ObjectStore store(int attempts) {
            URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            return new ObjectStore(
                    S3Access.at(endpoint, "a", "b").withAttempts(attempts).client(), "segue", attempts);
        }

        private void answer(HttpExchange exchange) throws IOException {
            String range = exchange.getRequestHeaders().getFirst("Range");
            requests.add(range == null ? "whole" : range);
            Integer status = statuses.poll();
            if (status != null) {
                exchange.sendResponseHeaders(status, -1);
                exchange.close();
                return;
            }
            int from = range == null ? 0 : Integer.parseInt(range.substring(6, range.indexOf('-')));
            exchange.getResponseHeaders().add("ETag", "\"1\"");
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
            exchange.sendResponseHeaders(range == null ? 200 : 206, content.length - from);
            Integer cut = cuts.poll();
            exchange.getResponseBody()
                    .write(content, from, cut == null ? content.length - from : Math.min(cut, content.length - from));
            exchange.getResponseBody().flush();
            exchange.close();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
