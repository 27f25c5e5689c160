package dev.segue.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ComposeTest {
    private final ComposeFile compose = ComposeFile.read();

    @Test
    void everyServiceHasAsLittleAsItNeeds() {
        for (Map.Entry<String, JsonNode> service : compose.services()) {
            JsonNode its = service.getValue();
            assertThat(ComposeFile.texts(its.path("cap_drop")))
                    .as(service.getKey())
                    .containsExactly("ALL");
            assertThat(ComposeFile.texts(its.path("security_opt"))).containsExactly("no-new-privileges:true");
            assertThat(its.has("privileged") || its.has("cap_add") || its.has("network_mode"))
                    .isFalse();
            if (!service.getKey().equals("kafka")) {
                assertThat(its.path("read_only").asBoolean())
                        .as(service.getKey())
                        .isTrue();
            }
        }
    }

    @Test
    void nothingListensBeyondThisMachine() {
        for (Map.Entry<String, JsonNode> service : compose.services()) {
            assertThat(ComposeFile.texts(service.getValue().path("ports")))
                    .allMatch(port -> port.startsWith("127.0.0.1:"));
        }
    }

    @Test
    void everyImageIsPinnedAndWhatIsWaitedForSaysWhetherItIsWell() {
        for (Map.Entry<String, JsonNode> service : compose.services()) {
            assertThat(service.getValue().path("image").asText()).matches("[a-z0-9./-]+:v?\\d+\\.\\d+\\.\\d+(-cuda)?");
            for (Map.Entry<String, JsonNode> awaited :
                    service.getValue().path("depends_on").properties()) {
                JsonNode other = compose.service(awaited.getKey());
                if (awaited.getValue().path("condition").asText().equals("service_healthy")) {
                    // Our own images say it themselves.
                    assertThat(other.has("healthcheck")
                                    || other.path("image").asText().startsWith("segue/"))
                            .as(awaited.getKey())
                            .isTrue();
                }
            }
        }
    }

    @Test
    void everyVolumeAndConfigIsDeclaredAndUsed() {
        Set<String> volumes = new HashSet<>();
        Set<String> configs = new HashSet<>();
        for (Map.Entry<String, JsonNode> service : compose.services()) {
            ComposeFile.texts(service.getValue().path("volumes")).stream()
                    .map(volume -> volume.substring(0, volume.indexOf(':')))
                    .filter(volume -> !volume.startsWith("."))
                    .forEach(volumes::add);
            service.getValue()
                    .path("configs")
                    .forEach(config -> configs.add(config.path("source").asText()));
        }

        assertThat(compose.tree().path("volumes").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(volumes);
        assertThat(compose.tree().path("configs").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(configs);
    }

    @Test
    void theConfigsAreWhatTheyAreReadAs() {
        for (Map.Entry<String, JsonNode> config : compose.tree().path("configs").properties()) {
            assertThat(Yaml.readAll(config.getValue().path("content").asText())).hasSize(1);
        }
        for (JsonNode job : Yaml.readAll(
                        compose.tree().at("/configs/prometheus/content").asText())
                .get(0)
                .at("/scrape_configs/0/dns_sd_configs")) {
            ComposeFile.texts(job.path("names")).forEach(compose::service);
        }
    }

    @Test
    void theClusterHasAnIdThatStorageTakes() {
        String id = compose.service("kafka").at("/environment/CLUSTER_ID").asText();

        assertThat(Base64.getUrlDecoder().decode(id)).hasSize(16);
    }

    @Test
    void aWorkerHasTimeToFinishBeforeItIsKilled() {
        for (String worker : List.of("top", "middle", "bottom", "assembler", "nvidia")) {
            String patience = compose.service(worker).path("stop_grace_period").asText();
            assertThat(Integer.parseInt(patience.replace("s", ""))).isGreaterThan(30);
        }
    }

    @Test
    void thereIsAWorkerForEveryLevelAndAnAssembler() {
        assertThat(List.of("top", "middle", "bottom")).allMatch(level -> compose.service(level)
                .at("/environment/SEGUE_WORKER_LEVEL")
                .asText()
                .equals(level));
        assertThat(compose.service("assembler")
                        .at("/environment/SEGUE_WORKER_ROLES")
                        .asText())
                .isEqualTo("assembly");
    }

    @Test
    void theReferenceExplainsEveryServiceImagePortVolumeAndVariable() throws IOException {
        String reference = Files.readString(ComposeFile.TOP.resolve("docs/compose.md"));

        for (Map.Entry<String, JsonNode> service : compose.services()) {
            JsonNode its = service.getValue();
            assertThat(reference).contains("`" + service.getKey() + "`");
            assertThat(reference).contains("`" + its.path("image").asText() + "`");
            its.path("environment").fieldNames().forEachRemaining(variable -> assertThat(reference)
                    .contains("`" + variable + "`"));
            ComposeFile.texts(its.path("ports"))
                    .forEach(port -> assertThat(reference).contains("| " + port.split(":")[1] + " |"));
            ComposeFile.texts(its.path("volumes"))
                    .forEach(volume -> assertThat(reference).contains("`" + volume.split(":")[0] + "`"));
            ComposeFile.texts(its.path("profiles"))
                    .forEach(profile -> assertThat(reference).contains("profile `" + profile + "`"));
        }
        Pattern.compile("\\$\\{([A-Z0-9_]+):-([^}]*)}")
                .matcher(Files.readString(ComposeFile.TOP.resolve("compose.yaml")))
                .results()
                .map((MatchResult variable) -> "`" + variable.group(1) + "`")
                .forEach(variable -> assertThat(reference).contains(variable));
    }
}
