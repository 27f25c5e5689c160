package dev.segue.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LeastPrivilegeTest {
    static Iterable<String> examples() {
        return Chart.examples();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyPodRunsWithNothingThatItDoesNotNeed(String example) {
        for (JsonNode pod : Chart.manifests(example).pods()) {
            JsonNode spec = pod.path("spec");
            assertThat(spec.path("automountServiceAccountToken").asBoolean(true))
                    .isFalse();
            assertThat(spec.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(spec.at("/securityContext/runAsUser").asInt()).isPositive();
            assertThat(spec.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            for (JsonNode container : spec.path("containers")) {
                JsonNode security = container.path("securityContext");
                assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
                assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                        .isFalse();
                assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
                assertThat(container.at("/resources/requests/memory").asText()).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void noManifestHoldsASecret(String example) {
        Manifests manifests = Chart.manifests(example);

        assertThat(manifests.ofKind("Secret")).isEmpty();
        for (JsonNode pod : manifests.pods()) {
            assertThat(Manifests.variables(pod)).allSatisfy((name, value) -> assertThat(
                            name.matches(".*(TOKEN|SECRET_KEY|PASSWORD|JAAS_CONFIG)") && !value.isEmpty())
                    .as(name)
                    .isFalse());
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void whatIsMountedIsThere(String example) {
        for (JsonNode pod : Chart.manifests(example).pods()) {
            Set<String> volumes = new TreeSet<>();
            pod.at("/spec/volumes")
                    .forEach(volume -> volumes.add(volume.path("name").asText()));
            Set<String> mounted = new TreeSet<>();
            pod.at("/spec/containers/0/volumeMounts")
                    .forEach(mount -> mounted.add(mount.path("name").asText()));
            assertThat(mounted).isEqualTo(volumes).contains("tmp");
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void aWorkerHasTimeToFinishBeforeItIsKilled(String example) {
        for (JsonNode pod : Chart.manifests(example).pods()) {
            String grace = Manifests.variables(pod).get("SEGUE_WORKER_GRACE");
            if (grace != null) {
                assertThat(pod.at("/spec/terminationGracePeriodSeconds").asInt())
                        .isGreaterThan(Integer.parseInt(grace.replace("s", "")));
            }
        }
    }
}
