package dev.segue.orchestrator.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.segue.orchestrator.webhook.signature.Signer;
import dev.segue.orchestrator.webhook.signature.SigningSecret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
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

    @Test
    void thePythonOfTheDocumentationAcceptsWhatWeSignAndNothingElse() throws Exception {
        assumeTrue(hasPython(), "there is no python3");
        String document = Files.readString(Path.of("../docs/webhooks.md"));
        int begin = document.indexOf("```python\n") + "```python\n".length();
        String example = document.substring(begin, document.indexOf("```", begin));
        Map<String, String> headers = signer(OLD).headers("song_a_1_0", Instant.now(), BODY);
        String body = HexFormat.of().formatHex(BODY);

        assertThat(python(example, OLD, headers, body)).isEqualTo("True");
        assertThat(python(example, OLD, headers, body + "20")).isEqualTo("False");
        assertThat(python(example, NEW, headers, body)).isEqualTo("False");
        assertThat(python(
                        example,
                        OLD,
                        signer(OLD).headers("song_a_1_0", Instant.now().minusSeconds(301), BODY),
                        body))
                .isEqualTo("False");
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String python(String example, String secret, Map<String, String> headers, String body)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "python3",
                "-c",
                example + "\nimport sys\nvalues = sys.argv[1:]\n"
                        + "headers = dict(zip(values[2::2], values[3::2]))\n"
                        + "print(is_genuine(values[0], headers, bytes.fromhex(values[1])))\n"));
        command.add(secret);
        command.add(body);
        headers.forEach((name, value) -> command.addAll(List.of(name, value)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.strip();
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
