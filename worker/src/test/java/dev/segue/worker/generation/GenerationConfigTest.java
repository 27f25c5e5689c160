package dev.segue.worker.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.segue.contracts.settings.InvalidSettingException;
import dev.segue.contracts.settings.Setting;
import dev.segue.contracts.topic.LevelPool;
import dev.segue.worker.jukebox.Precision;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerationConfigTest {
    private static final Map<String, String> LEAST = Map.of(
            "SEGUE_KAFKA_BOOTSTRAP_SERVERS", "broker:9092",
            "SEGUE_REGISTRY_URL", "http://registry:8081",
            "SEGUE_MODELS", "/models");

    @Test
    void whatIsNotToldIsUsual() {
        GenerationConfig config = GenerationConfig.from(LEAST);
        assertThat(config.installation().cluster().settings()).isEmpty();
        assertThat(config.installation().registry().settings()).isEmpty();
        assertThat(config.installation().topics().prefix()).isEqualTo("segue.");
        assertThat(config.installation().groups().generation(LevelPool.TOP)).isEqualTo("segue.generation.top");
        assertThat(config.name())
                .isNotBlank()
                .isNotEqualTo(GenerationConfig.from(LEAST).name());
        assertThat(config.pools()).containsExactly(LevelPool.values());
        assertThat(config.slots()).isEqualTo(4);
        assertThat(config.precision()).isEqualTo(Precision.FLOAT32);
        assertThat(config.device()).isEqualTo(Device.cpu());
        assertThat(config.threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(config.models()).isEqualTo("/models");
        assertThat(config.modelsCache()).isEqualTo(Path.of("segue-models"));
        assertThat(config.s3().endpoint()).isEmpty();
        assertThat(config.loadedModels()).isEqualTo(1);
        assertThat(config.grace()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void everythingCanBeTold() {
        Map<String, String> variables = new HashMap<>(LEAST);
        variables.put("SEGUE_KAFKA_CLIENT_SECURITY_PROTOCOL", "SSL");
        variables.put("SEGUE_REGISTRY_CLIENT_BASIC_AUTH_CREDENTIALS_SOURCE", "USER_INFO");
        variables.put("SEGUE_TOPIC_PREFIX", "studio.");
        variables.put("SEGUE_WORKER_NAME", "gpu-7");
        variables.put("SEGUE_WORKER_LEVEL", "middle");
        variables.put("SEGUE_WORKER_SLOTS", "64");
        variables.put("SEGUE_WORKER_PRECISION", "float16-weights");
        variables.put("SEGUE_WORKER_DEVICE", "gpu:3");
        variables.put("SEGUE_WORKER_THREADS", "5");
        variables.put("SEGUE_MODELS", "s3://models/jukebox");
        variables.put("SEGUE_MODELS_CACHE", "/cache");
        variables.put("SEGUE_S3_ENDPOINT", "http://s3:8333");
        variables.put("SEGUE_WORKER_LOADED_MODELS", "2");
        variables.put("SEGUE_WORKER_GRACE", "2m");
        GenerationConfig config = GenerationConfig.from(variables);
        assertThat(config.installation().cluster().bootstrapServers()).isEqualTo("broker:9092");
        assertThat(config.installation().cluster().settings()).isEqualTo(Map.of("security.protocol", "SSL"));
        assertThat(config.installation().registry().url()).isEqualTo("http://registry:8081");
        assertThat(config.installation().registry().settings())
                .isEqualTo(Map.of("basic.auth.credentials.source", "USER_INFO"));
        assertThat(config.installation().topics().prefix()).isEqualTo("studio.");
        assertThat(config.name()).isEqualTo("gpu-7");
        assertThat(config.pools()).containsExactly(LevelPool.MIDDLE);
        assertThat(config.slots()).isEqualTo(64);
        assertThat(config.precision()).isEqualTo(Precision.FLOAT16_WEIGHTS);
        assertThat(config.device()).isEqualTo(Device.gpu(3));
        assertThat(config.threads()).isEqualTo(5);
        assertThat(config.models()).isEqualTo("s3://models/jukebox");
        assertThat(config.modelsCache()).isEqualTo(Path.of("/cache"));
        assertThat(config.s3().endpoint()).contains(URI.create("http://s3:8333"));
        assertThat(config.loadedModels()).isEqualTo(2);
        assertThat(config.grace()).isEqualTo(Duration.ofMinutes(2));
    }

    @ParameterizedTest
    @CsvSource({
        "SEGUE_TOPIC_PREFIX, studio/, 'letters, digits, dots'",
        "SEGUE_WORKER_LEVEL, 2, 'one of top, middle, bottom, all'",
        "SEGUE_WORKER_SLOTS, 0, from 1 to 256",
        "SEGUE_WORKER_SLOTS, 257, from 1 to 256",
        "SEGUE_WORKER_PRECISION, half, 'one of float32, bfloat16, float16-weights, float16'",
        "SEGUE_WORKER_DEVICE, tpu, 'cpu, gpu or gpu:NUMBER'",
        "SEGUE_WORKER_THREADS, -1, from 0 to 1024",
        "SEGUE_MODELS, ftp://models, the path of a folder",
        "SEGUE_S3_ENDPOINT, s3, begins with http:// or https://",
        "SEGUE_WORKER_LOADED_MODELS, none, from 1 to 64",
        "SEGUE_WORKER_GRACE, 30, 'a time such as 500ms, 30s, 5m or 2h'",
    })
    void whatCannotBeIsRefused(String key, String value, String limit) {
        Map<String, String> variables = new HashMap<>(LEAST);
        variables.put(key, value);
        assertThatThrownBy(() -> GenerationConfig.from(variables))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(key + " is \"" + value + "\", but must be ")
                .hasMessageContaining(limit);
    }

    @ParameterizedTest
    @CsvSource({"SEGUE_KAFKA_BOOTSTRAP_SERVERS", "SEGUE_REGISTRY_URL", "SEGUE_MODELS"})
    void whatMustBeToldIsAskedFor(String key) {
        Map<String, String> variables = new HashMap<>(LEAST);
        variables.remove(key);
        assertThatThrownBy(() -> GenerationConfig.from(variables))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(key + " is not set");
    }

    @Test
    void everySettingIsListedOnce() {
        assertThat(GenerationConfig.SETTINGS)
                .extracting(Setting::key)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(12);
    }
}
