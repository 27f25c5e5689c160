package dev.segue.standalone.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.contracts.client.Cluster;
import dev.segue.contracts.settings.InvalidSettingException;
import dev.segue.contracts.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a client is told where an installation is. */
class ClusterSettingsTest {
    private static final Map<String, String> LEAST =
            Map.of("SEGUE_KAFKA_BOOTSTRAP_SERVERS", "one:9092,two:9092", "SEGUE_REGISTRY_URL", "http://registry:8081");

    @TempDir
    private Path home;

    @Test
    void brokersAndRegistryAreEnough() {
        Cluster cluster = ClusterSettings.cluster(Settings.of(LEAST));

        assertThat(cluster.bootstrapServers()).isEqualTo("one:9092,two:9092");
        assertThat(cluster.topics().prefix()).isEqualTo("segue.");
        assertThat(cluster.bucket()).isEqualTo("segue");
        assertThat(cluster.store().endpoint()).isEmpty();
        assertThat(cluster.store().credentials()).isEmpty();
    }

    @Test
    void everyKeyHasItsPlaceAndSecretsAreNotPrinted() {
        Map<String, String> all = new HashMap<>(LEAST);
        all.put("SEGUE_TOPIC_PREFIX", "stage.");
        all.put("SEGUE_S3_ENDPOINT", "http://store:9000");
        all.put("SEGUE_S3_REGION", "eu-west-1");
        all.put("SEGUE_S3_BUCKET", "songs");
        all.put("SEGUE_S3_ACCESS_KEY", "name");
        all.put("SEGUE_S3_SECRET_KEY", "hidden");
        all.put("SEGUE_KAFKA_CLIENT_SECURITY_PROTOCOL", "SSL");

        Cluster cluster = ClusterSettings.cluster(Settings.of(all));

        assertThat(cluster.topics().prefix()).isEqualTo("stage.");
        assertThat(cluster.store().endpoint()).contains(URI.create("http://store:9000"));
        assertThat(cluster.store().region()).isEqualTo("eu-west-1");
        assertThat(cluster.bucket()).isEqualTo("songs");
        assertThat(cluster.kafka()).containsEntry("security.protocol", "SSL");
        assertThat(cluster.toString()).contains("name").doesNotContain("hidden");
        assertThat(Settings.of(all).lines(ClusterSettings.all()).toString()).doesNotContain("hidden");
    }

    @Test
    void whatCannotBeIsRefused() {
        refused("SEGUE_S3_ENDPOINT", "store:9000");
        refused("SEGUE_TOPIC_PREFIX", "a b");
    }

    @Test
    void theEnvironmentCountsBeforeTheFileOfTheHome() throws IOException {
        Files.writeString(home.resolve("segue.properties"), "SEGUE_S3_BUCKET=file\nSEGUE_S3_REGION=file\n");

        assertThat(HomeSettings.of(home, Map.of("SEGUE_S3_BUCKET", "environment")))
                .containsEntry("SEGUE_S3_BUCKET", "environment")
                .containsEntry("SEGUE_S3_REGION", "file");
        assertThatThrownBy(() -> HomeSettings.of(home, Map.of("SEGUE_SETTINGS_FILE", "/none")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SEGUE_SETTINGS_FILE is /none");
    }

    private static void refused(String key, String value) {
        Map<String, String> all = new HashMap<>(LEAST);
        all.put(key, value);
        assertThatThrownBy(() -> ClusterSettings.cluster(Settings.of(all)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(key + " is \"" + value + "\"");
    }
}
