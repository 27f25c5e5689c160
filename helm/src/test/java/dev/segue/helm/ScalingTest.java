package dev.segue.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScalingTest {
    private final Manifests manifests = Chart.manifests("gpu-autoscaled");

    @Test
    void eachLevelIsScaledByItsOwnBacklogFromNoneToMany() {
        Map.of("top", "levels.2.seconds", "middle", "levels.1.seconds", "bottom", "levels.0.seconds")
                .forEach((level, value) -> {
                    JsonNode scaled = manifests.named("ScaledObject", "segue-" + level);
                    assertThat(scaled.at("/spec/scaleTargetRef/name").asText()).isEqualTo("segue-" + level);
                    assertThat(scaled.at("/spec/minReplicaCount").asInt(-1)).isZero();
                    JsonNode trigger = scaled.at("/spec/triggers/0");
                    assertThat(trigger.path("type").asText()).isEqualTo("metrics-api");
                    assertThat(trigger.at("/metadata/valueLocation").asText()).isEqualTo(value);
                    assertThat(trigger.at("/metadata/targetValue").asText()).isEqualTo("120");
                });
        assertThat(manifests
                        .named("ScaledObject", "segue-assembler")
                        .at("/spec/triggers/0/metadata/valueLocation")
                        .asText())
                .isEqualTo("audio.tasks");
    }

    @Test
    void kedaAsksTheServiceOfTheOrchestrator() {
        JsonNode service = manifests.named("Service", "segue-orchestrator");
        JsonNode port = service.at("/spec/ports/0");

        for (JsonNode scaled : manifests.ofKind("ScaledObject")) {
            URI url = URI.create(scaled.at("/spec/triggers/0/metadata/url").asText());
            assertThat(url.getHost()).isEqualTo("segue-orchestrator." + Chart.NAMESPACE + ".svc");
            assertThat(url.getPort()).isEqualTo(port.path("port").asInt());
            assertThat(url.getPath()).isEqualTo("/backlog");
        }
        assertThat(Manifests.selects(
                        Yaml.readAll("matchLabels: " + service.at("/spec/selector"))
                                .get(0),
                        manifests.named("Deployment", "segue-orchestrator").at("/spec/template")))
                .isTrue();
    }

    @Test
    void whatKedaScalesHasNoNumberOfItsOwn() {
        for (JsonNode scaled : manifests.ofKind("ScaledObject")) {
            JsonNode deployment = manifests.named(
                    "Deployment", scaled.at("/spec/scaleTargetRef/name").asText());
            assertThat(deployment.at("/spec/replicas").isMissingNode()).isTrue();
        }
        assertThat(manifests
                        .named("Deployment", "segue-orchestrator")
                        .at("/spec/replicas")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void aWorkerOnAGpuHasOneAndTheImageForIt() {
        JsonNode container = manifests.named("Deployment", "segue-bottom").at("/spec/template/spec/containers/0");

        assertThat(container.path("image").asText()).endsWith("-cuda");
        assertThat(container
                        .path("resources")
                        .path("limits")
                        .path("nvidia.com/gpu")
                        .asInt())
                .isEqualTo(1);
        assertThat(container.path("resources").path("limits").path("memory").asText())
                .isEqualTo("24Gi");
        assertThat(Manifests.variables(
                        manifests.named("Deployment", "segue-bottom").at("/spec/template")))
                .containsEntry("SEGUE_WORKER_DEVICE", "gpu")
                .containsEntry("SEGUE_WORKER_SLOTS", "32");
    }
}
