package dev.segue.orchestrator.webhook.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignerTest {
    /** The worked example that libraries of Standard Webhooks are tested with. */
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final Instant AT = Instant.ofEpochSecond(1_614_265_330, 999_000_000);
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @Test
    void theKnownMessageHasTheKnownSignature() {
        assertThat(new Signer(List.of(secret(SECRET))).headers(ID, AT, BODY))
                .containsEntry("webhook-id", ID)
                .containsEntry("webhook-timestamp", "1614265330")
                .containsEntry("webhook-signature", SIGNATURE)
                .hasSize(3);
    }

    @Test
    void whileReceiversChangeOverAMessageHasASignatureOfEachSecret() {
        SigningSecret next = secret("whsec_"
                + Base64.getEncoder()
                        .encodeToString("another secret of 32 bytes, yes!".getBytes(StandardCharsets.UTF_8)));
        String only = new Signer(List.of(next)).headers(ID, AT, BODY).get("webhook-signature");
        assertThat(new Signer(List.of(next, secret(SECRET))).headers(ID, AT, BODY))
                .containsEntry("webhook-signature", only + " " + SIGNATURE);
        assertThat(only).isNotEqualTo(SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_",
                "whsec_no base64 at all",
                "whsec_dG9vIHNob3J0",
                "whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
            })
    void whatIsNoSecretIsNotTakenForOne(String text) {
        assertThat(SigningSecret.parse(text)).isEmpty();
    }

    @Test
    void aSecretHasAtMost64Bytes() {
        assertThat(SigningSecret.parse("whsec_" + Base64.getEncoder().encodeToString(new byte[64])))
                .isPresent();
        assertThat(SigningSecret.parse("whsec_" + Base64.getEncoder().encodeToString(new byte[65])))
                .isEmpty();
    }

    @Test
    void aSecretIsNeverShown() {
        assertThat(new Signer(List.of(secret(SECRET))).toString())
                .doesNotContain("MfKQ")
                .contains("***");
    }

    @Test
    void withoutASecretNothingIsSigned() {
        assertThatThrownBy(() -> new Signer(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("secrets");
    }

    private static SigningSecret secret(String text) {
        return SigningSecret.parse(text).orElseThrow();
    }
}
