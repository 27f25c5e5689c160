package dev.segue.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.contracts.settings.InvalidSettingException;
import dev.segue.contracts.settings.Setting;
import dev.segue.contracts.settings.Settings;
import dev.segue.contracts.settings.SettingsTable;
import dev.segue.contracts.topic.ShareGroups;
import dev.segue.orchestrator.callback.CallbackRules;
import dev.segue.orchestrator.plan.Limits;
import dev.segue.orchestrator.topology.FlowSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrchestratorConfigTest {
    private static final Map<String, String> LEAST =
            Map.of("SEGUE_KAFKA_BOOTSTRAP_SERVERS", "broker:9092", "SEGUE_REGISTRY_URL", "http://registry:8081");

    @Test
    void whatIsNotSetIsItsDefault() {
        OrchestratorConfig config = config(Map.of());
        assertThat(config.bootstrapServers()).isEqualTo("broker:9092");
        assertThat(config.registry().url()).isEqualTo("http://registry:8081");
        assertThat(config.topics().prefix()).isEqualTo("segue.");
        assertThat(config.groups().prefix()).isEqualTo("segue.");
        assertThat(config.groups().lock()).isEqualTo(ShareGroups.DEFAULT_LOCK);
        assertThat(config.applicationId()).isEqualTo("segue.orchestrator");
        assertThat(config.flow()).isEqualTo(FlowSettings.DEFAULT);
        assertThat(config.setsUp()).isTrue();
        assertThat(config.replicas()).isZero();
        assertThat(config.standbys()).isZero();
        assertThat(config.webhooks().isOn()).isFalse();
        assertThat(config.kafka()).isEmpty();
        assertThat(config.registry().settings()).isEmpty();
    }

    @Test
    void everySettingCounts() {
        Map<String, String> all = new HashMap<>();
        all.put("SEGUE_TOPIC_PREFIX", "my.");
        all.put("SEGUE_ORCHESTRATOR_APPLICATION", "boss");
        all.put("SEGUE_ORCHESTRATOR_SONGS_IN_FLIGHT", "3");
        all.put("SEGUE_ORCHESTRATOR_MAX_SECONDS", "100");
        all.put("SEGUE_ORCHESTRATOR_MAX_LYRICS", "200");
        all.put("SEGUE_ORCHESTRATOR_MAX_PARALLEL_SEGMENTS", "4");
        all.put("SEGUE_ORCHESTRATOR_LOST_AFTER", "1m");
        all.put("SEGUE_ORCHESTRATOR_UNCLAIMED_AFTER", "2m");
        all.put("SEGUE_ORCHESTRATOR_RETRY_AFTER", "3s");
        all.put("SEGUE_ORCHESTRATOR_TASK_SECONDS", "7s");
        all.put("SEGUE_ORCHESTRATOR_KEEP_ENDED", "4h");
        all.put("SEGUE_ORCHESTRATOR_SETUP", "no");
        all.put("SEGUE_ORCHESTRATOR_REPLICAS", "3");
        all.put("SEGUE_ORCHESTRATOR_STANDBYS", "1");
        all.put("SEGUE_KAFKA_CLIENT_SECURITY_PROTOCOL", "SASL_SSL");
        all.put("SEGUE_REGISTRY_CLIENT_BASIC_AUTH_USER_INFO", "user:password");
        assertThat(all.keySet())
                .as("every setting but those that are required is tried")
                .containsAll(OrchestratorConfig.SETTINGS.stream()
                        .map(Setting::key)
                        .filter(key -> !key.startsWith("SEGUE_WEBHOOK_"))
                        .filter(key -> !LEAST.containsKey(key))
                        .toList());
        OrchestratorConfig config = config(all);
        assertThat(config.topics().prefix()).isEqualTo("my.");
        assertThat(config.applicationId()).isEqualTo("my.boss");
        assertThat(config.groups().prefix()).isEqualTo("my.");
        assertThat(config.flow())
                .isEqualTo(new FlowSettings(
                        new Limits(100, 200, Limits.DEFAULT.maxName(), Limits.DEFAULT.maxGenres(), 4),
                        3,
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(2),
                        Duration.ofSeconds(3),
                        Duration.ofHours(4),
                        Duration.ofSeconds(7),
                        FlowSettings.DEFAULT.registryPatience()));
        assertThat(config.setsUp()).isFalse();
        assertThat(config.replicas()).isEqualTo(3);
        assertThat(config.standbys()).isEqualTo(1);
        assertThat(config.kafka()).containsEntry("security.protocol", "SASL_SSL");
        assertThat(config.registry().settings()).containsEntry("basic.auth.user.info", "user:password");
    }

    @ParameterizedTest
    @CsvSource({
        "SEGUE_TOPIC_PREFIX, a b, letters",
        "SEGUE_ORCHESTRATOR_APPLICATION, a/b, letters",
        "SEGUE_ORCHESTRATOR_SONGS_IN_FLIGHT, 0, from 1 to",
        "SEGUE_ORCHESTRATOR_MAX_SECONDS, 0, from 1 to",
        "SEGUE_ORCHESTRATOR_MAX_LYRICS, -1, from 0 to",
        "SEGUE_ORCHESTRATOR_MAX_PARALLEL_SEGMENTS, 0, from 1 to",
        "SEGUE_ORCHESTRATOR_LOST_AFTER, soon, a time such as",
        "SEGUE_ORCHESTRATOR_UNCLAIMED_AFTER, 5, a time such as",
        "SEGUE_ORCHESTRATOR_RETRY_AFTER, 2h, from 0s to",
        "SEGUE_ORCHESTRATOR_KEEP_ENDED, 1s, from 1m to",
        "SEGUE_ORCHESTRATOR_TASK_SECONDS, 2m, from 0s to",
        "SEGUE_ORCHESTRATOR_SETUP, maybe, one of",
        "SEGUE_ORCHESTRATOR_REPLICAS, -1, from 0 to",
        "SEGUE_ORCHESTRATOR_STANDBYS, many, from 0 to",
    })
    void aSettingThatCannotBeIsRefusedWithItsKeyValueAndLimit(String key, String value, String limit) {
        assertThatThrownBy(() -> config(Map.of(key, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll(key, value, limit);
    }

    @ParameterizedTest
    @CsvSource({"SEGUE_KAFKA_BOOTSTRAP_SERVERS", "SEGUE_REGISTRY_URL"})
    void whatIsRequiredIsAskedFor(String key) {
        Map<String, String> rest = new HashMap<>(LEAST);
        rest.remove(key);
        assertThatThrownBy(() -> OrchestratorConfig.from(Settings.of(rest)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(key);
    }

    @Test
    void whatWebhooksCallIsWhatRequestsMayAskFor() {
        OrchestratorConfig config = config(Map.of("SEGUE_WEBHOOK_SECRET", "whsec_" + "a".repeat(32)));
        assertThat(config.webhooks().isOn()).isTrue();
        assertThat(config.flow().limits().callbacks())
                .isEqualTo(config.webhooks().rules())
                .returns(true, CallbackRules::offered);
    }

    @Test
    void secretsAreNotShown() {
        OrchestratorConfig config = config(Map.of(
                "SEGUE_KAFKA_CLIENT_SASL_JAAS_CONFIG",
                "hush",
                "SEGUE_REGISTRY_CLIENT_BASIC_AUTH_USER_INFO",
                "hush",
                "SEGUE_WEBHOOK_SECRET",
                "whsec_hushhushhushhushhushhushhushhush"));
        assertThat(config.toString()).doesNotContain("hush").contains("sasl.jaas.config");
    }

    @Test
    void settingsOfKafkasClientsReachKafkaStreamsButDoNotChangeItsPromises() {
        OrchestratorConfig config = config(Map.of(
                "SEGUE_KAFKA_CLIENT_SECURITY_PROTOCOL", "SASL_SSL",
                "SEGUE_KAFKA_CLIENT_COMMIT_INTERVAL_MS", "100",
                "SEGUE_KAFKA_CLIENT_PROCESSING_GUARANTEE", "at_least_once"));
        assertThat(StreamsSettings.of(config, Optional.of("10.1.2.3:8080")))
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry(StreamsConfig.APPLICATION_SERVER_CONFIG, "10.1.2.3:8080")
                .containsEntry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "100")
                .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    }

    @Test
    void everySettingStandsInTheTableForPeople() {
        String table = SettingsTable.markdown(OrchestratorConfig.SETTINGS);
        assertThat(OrchestratorConfig.SETTINGS)
                .allSatisfy(setting -> assertThat(table).contains(setting.key(), setting.description()));
    }

    private static OrchestratorConfig config(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(LEAST);
        all.putAll(settings);
        return OrchestratorConfig.from(Settings.of(all));
    }
}
