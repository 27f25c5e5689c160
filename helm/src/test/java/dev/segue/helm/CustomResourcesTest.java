package dev.segue.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CustomResourcesTest {
    @Test
    void everyResourceOfAnOperatorIsOneThatItKnows() {
        Set<String> seen = new TreeSet<>();

        for (String example : Chart.examples()) {
            for (JsonNode manifest : Chart.manifests(example).all()) {
                String kind = manifest.path("kind").asText();
                if (CustomResources.KINDS.containsKey(kind)) {
                    seen.add(kind);
                    assertThat(CustomResources.problems(manifest))
                            .as("%s of %s", kind, example)
                            .isEmpty();
                }
            }
        }

        assertThat(seen).isEqualTo(new TreeSet<>(CustomResources.KINDS.keySet()));
    }

    @Test
    void aMisspeltFieldWouldBeFound() {
        JsonNode scaled = Chart.manifests("everything").ofKind("ScaledObject").get(0);
        ((ObjectNode) scaled.path("spec")).put("minReplicas", 0);

        assertThat(CustomResources.problems(scaled))
                .anyMatch(problem -> problem.getMessage().contains("minReplicas"));
    }
}
