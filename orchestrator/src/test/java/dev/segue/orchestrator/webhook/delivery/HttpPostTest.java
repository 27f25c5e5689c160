package dev.segue.orchestrator.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.orchestrator.callback.AddressGuard;
import dev.segue.orchestrator.callback.CallbackRules;
import dev.segue.orchestrator.callback.Network;
import dev.segue.orchestrator.webhook.delivery.Receiver.Answer;
import dev.segue.orchestrator.webhook.message.MessageType;
import dev.segue.orchestrator.webhook.message.SongMessage;
import dev.segue.orchestrator.webhook.signature.Signer;
import dev.segue.orchestrator.webhook.signature.SigningSecret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against receivers on this machine: one sending, what is sent and what comes of it. */
class HttpPostTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final AddressGuard STRICT = new AddressGuard(List.of());
    private static final AddressGuard HERE =
            new AddressGuard(Network.parse("127.0.0.1/32").stream().toList());
    private static final Signer SIGNER =
            new Signer(SigningSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").stream()
                    .toList());

    private Receiver receiver;

    @BeforeEach
    void start() throws IOException {
        receiver = Receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void aMessageComesAsItIsWithWhatSignsIt() throws Exception {
        assertThat(send(receiver.url("/hook?key=1"), HERE, Names.SYSTEM, LONG)).isEqualTo(new Outcome.Delivered());
        Receiver.Received request = receiver.received().get(0);
        byte[] body = "{\"type\":\"song.completed\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(request.body()).isEqualTo(body);
        assertThat(request.path()).isEqualTo("/hook?key=1");
        assertThat(request.headers())
                .containsAllEntriesOf(SIGNER.headers("song_a_1_7", NOW, body))
                .containsEntry("content-type", "application/json")
                .containsEntry("user-agent", "Segue-Webhooks/1")
                .doesNotContainKeys("cookie", "authorization");
    }

    @ParameterizedTest
    @CsvSource({
        "200, Delivered",
        "204, Delivered",
        "299, Delivered",
        "400, Refused",
        "401, Refused",
        "404, Refused",
        "408, Failed",
        "410, Gone",
        "425, Failed",
        "429, Failed",
        "500, Failed",
        "503, Failed",
        "304, Refused"
    })
    void anAnswerMeansWhatItsStatusSays(int status, String outcome) throws Exception {
        receiver.answering(request -> Answer.of(status));
        assertThat(send(receiver.url("/"), HERE, Names.SYSTEM, LONG).getClass().getSimpleName())
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"120 | PT2M", "Thu, 01 Jan 2026 00:01:00 GMT | PT1M", "Wed, 31 Dec 2025 00:00:00 GMT | PT0S"})
    void aReceiverCanAskForTime(String header, Duration after) throws Exception {
        receiver.answering(request -> Answer.of(429, "Retry-After", header));
        assertThat(send(receiver.url("/"), HERE, Names.SYSTEM, LONG))
                .isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.after())
                        .contains(after));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5", "99999999999"})
    void aReceiverThatAsksForNoTimeGetsNone(String header) throws Exception {
        receiver.answering(request -> Answer.of(503, "Retry-After", header));
        assertThat(send(receiver.url("/"), HERE, Names.SYSTEM, LONG))
                .isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.after())
                        .isEmpty());
    }

    @Test
    void aReceiverThatHangsIsNotWaitedForLongerThanItMay() throws Exception {
        receiver.answering(request -> Answer.never());
        assertThat(send(receiver.url("/"), HERE, Names.SYSTEM, SHORT))
                .isEqualTo(Outcome.failed("it did not answer within PT0.3S"));
    }

    @Test
    void aRedirectToAPrivateAddressIsNotFollowed() throws Exception {
        try (Receiver inside = Receiver.start()) {
            receiver.answering(request -> Answer.of(307, "Location", inside.url("/admin")));
            assertThat(send(receiver.url("/"), HERE, Names.SYSTEM, LONG))
                    .isEqualTo(new Outcome.Refused("it answered 307, and redirects are not followed"));
            assertThat(inside.received()).isEmpty();
        }
    }

    @Test
    void anAnswerWithoutEndCountsByItsStatusAndIsCutOff() throws Exception {
        receiver.answering(request -> new Answer(200, Map.of(), Integer.MAX_VALUE, Duration.ZERO));
        assertThat(send(receiver.url("/"), HERE, Names.SYSTEM, LONG)).isEqualTo(new Outcome.Delivered());
    }

    @Test
    void aPrivateAddressIsRefusedAndNothingIsSent() throws Exception {
        assertThat(send(receiver.url("/"), STRICT, Names.SYSTEM, LONG))
                .isInstanceOfSatisfying(Outcome.Forbidden.class, forbidden -> assertThat(forbidden.reason())
                        .contains("127.0.0.0/8, this machine"));
        assertThat(receiver.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "10.0.0.1,9.9.9.9", "9.9.9.9,169.254.169.254"})
    void aNameOfWhichAnyAddressIsPrivateIsRefusedAndNothingIsSent(String addresses) throws Exception {
        assertThat(send(named("http"), STRICT, knowing(addresses.split(",")), LONG))
                .isInstanceOfSatisfying(Outcome.Forbidden.class, forbidden -> assertThat(forbidden.reason())
                        .startsWith("its name studio.example stands for an address of"));
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void aNameIsLookedUpOnceAndTheAddressThatWasCheckedIsCalled() throws Exception {
        AtomicInteger lookups = new AtomicInteger();
        Names rebinding = name ->
                List.of(InetAddress.getByName(lookups.getAndIncrement() == 0 ? "127.0.0.1" : "169.254.169.254"));
        assertThat(send(named("http"), HERE, rebinding, LONG)).isEqualTo(new Outcome.Delivered());
        assertThat(lookups).hasValue(1);
        assertThat(receiver.received().get(0).headers()).containsEntry("host", "studio.example:" + receiver.port());
    }

    @Test
    void aNameThatNobodyKnowsNowMayBeKnownLater() throws Exception {
        Names none = name -> {
            throw new UnknownHostException(name);
        };
        assertThat(send(named("http"), HERE, none, LONG)).isEqualTo(Outcome.failed("nobody knows its name"));
    }

    @Test
    void aNameThatNobodyAnswersForIsNotWaitedForLongerThanItMay() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Names slow = name -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(name);
        };
        assertThat(send(named("http"), HERE, slow, SHORT)).isEqualTo(Outcome.failed("it did not answer within PT0.3S"));
    }

    @Test
    void aReceiverThatIsNotThereMayComeBack() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertThat(send("http://127.0.0.1:" + free + "/", HERE, Names.SYSTEM, LONG))
                .isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void tlsIsHeldAgainstTheNameAndNotAgainstTheAddress(@TempDir Path folder) throws Exception {
        TestIdentity identity = TestIdentity.of("studio.example", folder);
        try (Receiver secure = Receiver.start(identity.server())) {
            String right = "https://studio.example:" + secure.port() + "/";
            String wrong = "https://other.example:" + secure.port() + "/";
            Names here = knowing("127.0.0.1");
            assertThat(send(right, HERE, here, LONG, identity.client())).isEqualTo(new Outcome.Delivered());
            assertThat(send(wrong, HERE, here, LONG, identity.client())).isInstanceOf(Outcome.Failed.class);
            assertThat(send(right, HERE, here, LONG, SSLContext.getDefault())).isInstanceOf(Outcome.Failed.class);
            assertThat(secure.received()).hasSize(1);
        }
    }

    private String named(String scheme) {
        return scheme + "://studio.example:" + receiver.port() + "/";
    }

    private static Names knowing(String... addresses) {
        return name -> {
            List<InetAddress> found = new java.util.ArrayList<>();
            for (String address : addresses) {
                found.add(InetAddress.getByName(address));
            }
            return found;
        };
    }

    private static Outcome send(String url, AddressGuard guard, Names names, Duration limit) throws Exception {
        return send(url, guard, names, limit, SSLContext.getDefault());
    }

    private static Outcome send(String url, AddressGuard guard, Names names, Duration limit, SSLContext trust)
            throws Exception {
        CallbackRules rules = new CallbackRules(true, true, Set.of(), guard);
        byte[] body = "{\"type\":\"song.completed\"}".getBytes(StandardCharsets.UTF_8);
        SongMessage message = new SongMessage(7, "a", "song_a_1_7", url, MessageType.COMPLETED, NOW, body);
        try (HttpPost post = new HttpPost(rules, SIGNER, names, limit, trust, 4, new HandClock(NOW))) {
            return post.send(message).get(60, TimeUnit.SECONDS);
        }
    }
}
