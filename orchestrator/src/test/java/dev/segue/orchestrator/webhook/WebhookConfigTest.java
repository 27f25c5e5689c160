package dev.segue.orchestrator.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.contracts.settings.InvalidSettingException;
import dev.segue.contracts.settings.Setting;
import dev.segue.contracts.settings.Settings;
import dev.segue.orchestrator.callback.CallbackRules;
import dev.segue.orchestrator.callback.Network;
import dev.segue.orchestrator.webhook.delivery.Patience;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookConfigTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @Test
    void unlessToldOtherwiseNobodyIsTold() {
        WebhookConfig config = WebhookConfig.from(Settings.of(Map.of()));
        assertThat(config.isOn()).isFalse();
        assertThat(config.secrets()).isEmpty();
        assertThat(config.rules()).isEqualTo(CallbackRules.NONE);
        assertThat(config.progressEvery()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.limit()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.patience())
                .isEqualTo(new Patience(Duration.ofSeconds(2), Duration.ofMinutes(10), Duration.ofHours(12)));
    }

    @Test
    void everySettingCounts() {
        Map<String, String> all = new HashMap<>();
        all.put("SEGUE_WEBHOOK_SECRET", SECRET + "  " + SECRET);
        all.put("SEGUE_WEBHOOK_PLAIN_HTTP", "yes");
        all.put("SEGUE_WEBHOOK_PORTS", "8443, 9443");
        all.put("SEGUE_WEBHOOK_ALLOWED_NETWORKS", "10.1.0.0/16, fd00:1::/32");
        all.put("SEGUE_WEBHOOK_PROGRESS_EVERY", "0s");
        all.put("SEGUE_WEBHOOK_TIME_LIMIT", "3s");
        all.put("SEGUE_WEBHOOK_RETRY_AFTER", "30s");
        all.put("SEGUE_WEBHOOK_RETRY_EVERY", "20s");
        all.put("SEGUE_WEBHOOK_GIVE_UP_AFTER", "1h");
        assertThat(WebhookConfig.SETTINGS).extracting(Setting::key).containsExactlyInAnyOrderElementsOf(all.keySet());

        WebhookConfig config = WebhookConfig.from(Settings.of(all));

        assertThat(config.isOn()).isTrue();
        assertThat(config.secrets()).hasSize(2);
        assertThat(config.rules().offered()).isTrue();
        assertThat(config.rules().plainHttp()).isTrue();
        assertThat(config.rules().ports()).isEqualTo(Set.of(8443, 9443));
        assertThat(config.rules().guard().allowed())
                .extracting(Network::toString)
                .containsExactly("10.1.0.0/16", "fd00:1:0:0:0:0:0:0/32");
        assertThat(config.progressEvery()).isZero();
        assertThat(config.limit()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.patience())
                .as("waits never grow shorter")
                .isEqualTo(new Patience(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofHours(1)));
        assertThat(WebhookConfig.from(Settings.of(Map.of("SEGUE_WEBHOOK_PORTS", "any")))
                        .rules()
                        .ports())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SEGUE_WEBHOOK_PLAIN_HTTP | maybe | one of",
                "SEGUE_WEBHOOK_PORTS | 443,0 | ports separated by commas",
                "SEGUE_WEBHOOK_PORTS | 65536 | ports separated by commas",
                "SEGUE_WEBHOOK_PORTS | https | ports separated by commas",
                "SEGUE_WEBHOOK_ALLOWED_NETWORKS | 10.0.0.0 | networks such as",
                "SEGUE_WEBHOOK_ALLOWED_NETWORKS | 10.0.0.0/8,home | networks such as",
                "SEGUE_WEBHOOK_PROGRESS_EVERY | often | a time such as",
                "SEGUE_WEBHOOK_TIME_LIMIT | 2m | from 100ms to 1m",
                "SEGUE_WEBHOOK_RETRY_AFTER | 0s | from 10ms to 1h",
                "SEGUE_WEBHOOK_RETRY_EVERY | 25h | from 10ms to 24h",
                "SEGUE_WEBHOOK_GIVE_UP_AFTER | 200h | from 0s to 168h",
            })
    void aSettingThatCannotBeIsRefusedWithItsKeyValueAndLimit(String key, String value, String limit) {
        assertThatThrownBy(() -> WebhookConfig.from(Settings.of(Map.of(key, value))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll(key, value, limit);
    }

    @Test
    void aSecretThatIsNoneIsRefusedAndNotShown() {
        assertThatThrownBy(() -> WebhookConfig.from(Settings.of(Map.of("SEGUE_WEBHOOK_SECRET", SECRET + " hush"))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("SEGUE_WEBHOOK_SECRET", "***", "whsec_")
                .hasMessageNotContainingAny("hush", "MfKQ");
    }

    @Test
    void secretsAreNotShown() {
        Settings settings = Settings.of(Map.of("SEGUE_WEBHOOK_SECRET", SECRET));
        assertThat(WebhookConfig.from(settings).toString()).doesNotContain("MfKQ");
        assertThat(settings.lines(WebhookConfig.SETTINGS)).contains("SEGUE_WEBHOOK_SECRET=***");
    }

    @Test
    void waitsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new Patience(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("first wait is PT2S");
        assertThat(List.of(Duration.ZERO))
                .allSatisfy(none -> assertThatThrownBy(() -> new Patience(none, Duration.ofSeconds(1), Duration.ZERO))
                        .isInstanceOf(IllegalArgumentException.class));
    }
}
