package dev.segue.orchestrator.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.contracts.settings.InvalidSettingException;
import dev.segue.contracts.settings.Settings;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusConfigTest {
    @Test
    void whatIsNotSetIsItsDefault() {
        StatusConfig config = StatusConfig.from(Settings.of(Map.of()));
        assertThat(config.host()).isEqualTo("0.0.0.0");
        assertThat(config.port()).isEqualTo(8080);
        assertThat(config.token()).isEmpty();
        assertThat(config.keptEnded()).isEqualTo(2000);
        assertThat(config.bucket()).isEqualTo("segue");
        assertThat(config.store().endpoint()).isEmpty();
    }

    @Test
    void everySettingCountsAndNoSecretIsShown() {
        StatusConfig config = StatusConfig.from(Settings.of(Map.of(
                "SEGUE_HTTP_HOST", "127.0.0.1",
                "SEGUE_HTTP_PORT", "0",
                "SEGUE_HTTP_TOKEN", "open sesame",
                "SEGUE_HTTP_ENDED_SONGS", "7",
                "SEGUE_S3_ENDPOINT", "http://store:9000",
                "SEGUE_S3_BUCKET", "songs",
                "SEGUE_S3_ACCESS_KEY", "key",
                "SEGUE_S3_SECRET_KEY", "very secret")));
        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.port()).isZero();
        assertThat(config.token()).contains("open sesame");
        assertThat(config.keptEnded()).isEqualTo(7);
        assertThat(config.store().endpoint()).contains(URI.create("http://store:9000"));
        assertThat(config.bucket()).isEqualTo("songs");
        assertThat(config.toString()).doesNotContain("sesame", "very secret");
    }

    @ParameterizedTest
    @CsvSource({"SEGUE_HTTP_PORT, 65536", "SEGUE_HTTP_PORT, -1", "SEGUE_HTTP_HOST, a b", "SEGUE_HTTP_ENDED_SONGS, 0"})
    void whatCannotBeIsRefusedByItsKey(String key, String value) {
        assertThatThrownBy(() -> StatusConfig.from(Settings.of(Map.of(key, value))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(value);
    }
}
