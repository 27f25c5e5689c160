package dev.segue.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Manifests read as the types that Kubernetes has: a field of a wrong type or name is refused. */
class TypedManifestsTest {
    private static final Map<String, Class<? extends HasMetadata>> TYPES = Map.of(
            "ConfigMap", ConfigMap.class,
            "Deployment", Deployment.class,
            "Job", Job.class,
            "NetworkPolicy", NetworkPolicy.class,
            "Pod", Pod.class,
            "PodDisruptionBudget", PodDisruptionBudget.class,
            "Service", Service.class,
            "ServiceAccount", ServiceAccount.class);

    /** The types keep what they do not know, unless nobody sets it. */
    private static final ObjectMapper STRICT = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return Boolean.FALSE;
                }
            });

    static Iterable<String> examples() {
        return Chart.examples();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyManifestIsOneThatKubernetesKnows(String example) throws JsonProcessingException {
        for (JsonNode manifest : Chart.manifests(example).all()) {
            Class<? extends HasMetadata> type = TYPES.get(manifest.path("kind").asText());
            if (type == null) {
                assertThat(CustomResources.KINDS)
                        .containsKey(manifest.path("kind").asText());
            } else {
                HasMetadata typed = STRICT.treeToValue(manifest, type);
                assertThat(typed.getApiVersion())
                        .isEqualTo(HasMetadata.getApiVersion(type))
                        .isEqualTo(manifest.path("apiVersion").asText());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void noTwoManifestsHaveOneName(String example) {
        Set<String> names = new HashSet<>();

        for (JsonNode manifest : Chart.manifests(example).all()) {
            String name = manifest.path("kind").asText() + "/"
                    + manifest.path("metadata").path("name").asText();
            assertThat(names.add(name)).as(name).isTrue();
            assertThat(manifest.path("metadata").path("name").asText()).hasSizeLessThanOrEqualTo(63);
        }
    }

    @Test
    void aMisspeltFieldWouldBeFound() {
        JsonNode deployment = Chart.manifests("laptop").ofKind("Deployment").get(0);
        ((ObjectNode) deployment.path("spec")).put("replica", 1);

        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> STRICT.treeToValue(deployment, Deployment.class)))
                .hasMessageContaining("replica");
    }
}
