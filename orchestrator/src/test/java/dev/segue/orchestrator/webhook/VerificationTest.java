package dev.segue.orchestrator.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.orchestrator.webhook.signature.Signer;
import dev.segue.orchestrator.webhook.signature.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerificationTest {
    private static final String OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String NEW = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

    @Test
    void whatReceiversAreToldToDoAcceptsWhatWeSignAndNothingElse() throws Exception {
        Map<String, String> headers = signer(OLD).headers("song_a_1_0", NOW, BODY);
        assertThat(VerificationExample.isGenuine(OLD, headers, BODY, NOW)).isTrue();
        assertThat(VerificationExample.isGenuine(OLD, headers, BODY, NOW.plusSeconds(301)))
                .isFalse();
        assertThat(VerificationExample.isGenuine(OLD, headers, new byte[] {'{', ' ', '}'}, NOW))
                .isFalse();
        assertThat(VerificationExample.isGenuine(NEW, headers, BODY, NOW)).isFalse();
    }

    @Test
    void whileSecretsChangeReceiversWithEitherAccept() throws Exception {
        Map<String, String> headers = signer(NEW, OLD).headers("song_a_1_0", NOW, BODY);
        assertThat(VerificationExample.isGenuine(OLD, headers, BODY, NOW)).isTrue();
        assertThat(VerificationExample.isGenuine(NEW, headers, BODY, NOW)).isTrue();
    }

    @Test
    void theDocumentationShowsWhatIsTestedHere() throws Exception {
        String source =
                Files.readString(Path.of("src/test/java/dev/segue/orchestrator/webhook/VerificationExample.java"));
        String example = source.substring(source.indexOf("// example") + 10, source.indexOf("// end"));
        assertThat(lines(Files.readString(Path.of("../docs/webhooks.md")))).containsSequence(lines(example));
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private static Signer signer(String... secrets) {
        return new Signer(List.of(secrets).stream()
                .flatMap(secret -> SigningSecret.parse(secret).stream())
                .toList());
    }
}
