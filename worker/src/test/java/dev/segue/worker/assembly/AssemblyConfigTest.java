package dev.segue.worker.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.segue.contracts.settings.InvalidSettingException;
import dev.segue.contracts.settings.Setting;
import dev.segue.contracts.settings.Settings;
import dev.segue.contracts.store.S3Access;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssemblyConfigTest {
    private static final Map<String, String> LEAST = Map.of(
            "SEGUE_KAFKA_BOOTSTRAP_SERVERS", "one:9092", "SEGUE_REGISTRY_URL", "http://two", "SEGUE_MODELS", "models");

    @Test
    void whatIsNotSetIsAsDocumented() {
        AssemblyConfig config = AssemblyConfig.from(LEAST);

        assertThat(config.installation().cluster().bootstrapServers()).isEqualTo("one:9092");
        assertThat(config.name()).isNotBlank();
        assertThat(config.lanes()).isEqualTo(2);
        assertThat(config.device()).isEqualTo(Device.cpu());
        assertThat(config.threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(config.models()).isEqualTo("models");
        assertThat(config.modelsCache()).isEqualTo(Path.of("segue-models"));
        assertThat(config.loadedModels()).isEqualTo(1);
        assertThat(config.bucket()).isEqualTo("segue");
        assertThat(config.s3())
                .isEqualTo(new S3Access(Optional.empty(), "us-east-1", true, Optional.empty(), S3Access.ATTEMPTS));
        assertThat(config.scratch()).isEqualTo(Path.of(System.getProperty("java.io.tmpdir"), "segue-assembly"));
        assertThat(config.grace()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void everySettingIsRead() {
        Map<String, String> all = new HashMap<>(LEAST);
        all.putAll(Map.of(
                "SEGUE_WORKER_NAME", "w7",
                "SEGUE_ASSEMBLY_LANES", "5",
                "SEGUE_ASSEMBLY_DEVICE", "gpu:1",
                "SEGUE_WORKER_THREADS", "3",
                "SEGUE_MODELS_CACHE", "cache",
                "SEGUE_ASSEMBLY_LOADED_MODELS", "2",
                "SEGUE_ASSEMBLY_SCRATCH", "scratch",
                "SEGUE_WORKER_GRACE", "5s"));
        all.putAll(Map.of(
                "SEGUE_S3_ENDPOINT", "http://store:9000",
                "SEGUE_S3_REGION", "eu-1",
                "SEGUE_S3_BUCKET", "songs",
                "SEGUE_S3_ACCESS_KEY", "key",
                "SEGUE_S3_SECRET_KEY", "hush",
                "SEGUE_S3_PATH_STYLE", "false"));

        AssemblyConfig config = AssemblyConfig.from(all);

        assertThat(config.name()).isEqualTo("w7");
        assertThat(config.lanes()).isEqualTo(5);
        assertThat(config.device()).isEqualTo(Device.gpu(1));
        assertThat(config.threads()).isEqualTo(3);
        assertThat(config.modelsCache()).isEqualTo(Path.of("cache"));
        assertThat(config.loadedModels()).isEqualTo(2);
        assertThat(config.scratch()).isEqualTo(Path.of("scratch"));
        assertThat(config.grace()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.bucket()).isEqualTo("songs");
        assertThat(config.s3())
                .isEqualTo(new S3Access(
                        Optional.of(URI.create("http://store:9000")),
                        "eu-1",
                        false,
                        Optional.of(new S3Access.Credentials("key", "hush")),
                        S3Access.ATTEMPTS));
        assertThat(AssemblyConfig.SETTINGS).extracting(Setting::key).containsAll(all.keySet());
        assertThat(String.join("\n", Settings.of(all).lines(AssemblyConfig.SETTINGS)) + config)
                .contains("SEGUE_S3_SECRET_KEY=***")
                .doesNotContain("hush");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SEGUE_ASSEMBLY_LANES|0|a whole number from 1 to 64",
                "SEGUE_ASSEMBLY_DEVICE|tpu|cpu, gpu or gpu:NUMBER",
                "SEGUE_WORKER_THREADS|-1|a whole number from 0 to 1024",
                "SEGUE_MODELS|ftp://x|the path of a folder, or an address that begins with s3://, http:// or https://",
                "SEGUE_ASSEMBLY_LOADED_MODELS|0|a whole number from 1 to 64",
                "SEGUE_WORKER_GRACE|soon|a time such as 500ms, 30s, 5m or 2h, from 0s to 1h",
                "SEGUE_S3_ENDPOINT|store|an address that begins with http:// or https://",
                "SEGUE_S3_REGION|EU|a region",
                "SEGUE_S3_BUCKET|Songs|3 to 63 of a-z, 0-9, dot and dash",
                "SEGUE_S3_PATH_STYLE|yes|true or false"
            })
    void whatCannotBeIsRefusedWithItsLimit(String key, String value, String limit) {
        Map<String, String> variables = new HashMap<>(LEAST);
        variables.put(key, value);
        assertThatThrownBy(() -> AssemblyConfig.from(variables))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(key + " is \"" + value + "\", but must be " + limit + ".");
    }

    @ParameterizedTest
    @CsvSource({"SEGUE_KAFKA_BOOTSTRAP_SERVERS", "SEGUE_REGISTRY_URL", "SEGUE_MODELS"})
    void whatIsNeededMustBeSet(String key) {
        Map<String, String> variables = new HashMap<>(LEAST);
        variables.remove(key);
        assertThatThrownBy(() -> AssemblyConfig.from(variables))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(key + " is not set, but must be ");
    }

    @Test
    void anAccessKeyNeedsItsSecret() {
        Map<String, String> variables = new HashMap<>(LEAST);
        variables.put("SEGUE_S3_ACCESS_KEY", "key");
        assertThatThrownBy(() -> AssemblyConfig.from(variables))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("SEGUE_S3_SECRET_KEY is not set, but must be any text: Secret key that goes with the access"
                        + " key.");
    }
}
