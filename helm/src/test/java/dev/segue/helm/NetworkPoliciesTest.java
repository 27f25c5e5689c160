package dev.segue.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody speaks to anybody but where somebody listens. */
class NetworkPoliciesTest {
    private static final int DNS = 53;

    @ParameterizedTest
    @ValueSource(strings = {"everything", "gpu-autoscaled", "strimzi"})
    void everyPodIsClosedUnlessAPolicyOpensIt(String example) {
        Manifests manifests = Chart.manifests(example);

        for (JsonNode pod : manifests.pods()) {
            assertThat(policies(manifests, pod))
                    .anyMatch(policy -> policy.path("spec").path("ingress").isMissingNode()
                            && policy.path("spec").path("egress").isMissingNode()
                            && policy.path("spec").path("policyTypes").size() == 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"everything", "gpu-autoscaled", "strimzi"})
    void whatPodsListenOnIsWhatIsOpen(String example) {
        Manifests manifests = Chart.manifests(example);

        for (JsonNode pod : manifests.pods()) {
            Set<Integer> listened = new TreeSet<>();
            for (JsonNode container : pod.path("spec").path("containers")) {
                container
                        .path("ports")
                        .forEach(port -> listened.add(port.path("containerPort").asInt()));
            }
            assertThat(ports(manifests, pod, "ingress")).isEqualTo(listened);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"everything", "gpu-autoscaled", "strimzi"})
    void podsCallTheAddressesThatTheyAreGivenAndNothingElse(String example) {
        Manifests manifests = Chart.manifests(example);

        for (JsonNode pod : manifests.pods()) {
            Map<String, String> variables = Manifests.variables(pod);
            Set<Integer> needed = new TreeSet<>(Set.of(DNS));
            for (String broker : variables.get("SEGUE_KAFKA_BOOTSTRAP_SERVERS").split(",")) {
                needed.add(Integer.valueOf(broker.substring(broker.lastIndexOf(':') + 1)));
            }
            needed.add(port(variables.get("SEGUE_REGISTRY_URL")));
            needed.add(port(variables.get("SEGUE_S3_ENDPOINT")));
            if (variables.containsKey("SEGUE_TRACES_ENDPOINT")) {
                needed.add(port(variables.get("SEGUE_TRACES_ENDPOINT")));
            }
            if (variables.containsKey("SEGUE_ORCHESTRATOR_SETUP")) {
                needed.add(8080);
            }
            if (variables.containsKey("SEGUE_WEBHOOK_SECRET")) {
                needed.addAll(Set.of(443, 80));
            }
            assertThat(ports(manifests, pod, "egress")).isEqualTo(needed);
        }
    }

    private static int port(String address) {
        URI uri = URI.create(address.isEmpty() ? "https://amazon" : address);
        if (uri.getPort() > 0) {
            return uri.getPort();
        }
        return uri.getScheme().equals("https") ? 443 : 80;
    }

    private static List<JsonNode> policies(Manifests manifests, JsonNode pod) {
        return manifests.ofKind("NetworkPolicy").stream()
                .filter(policy -> Manifests.selects(policy.path("spec").path("podSelector"), pod))
                .toList();
    }

    private static Set<Integer> ports(Manifests manifests, JsonNode pod, String direction) {
        Set<Integer> ports = new TreeSet<>();
        for (JsonNode policy : policies(manifests, pod)) {
            for (JsonNode rule : policy.path("spec").path(direction)) {
                assertThat(rule.path("ports")).isNotEmpty();
                rule.path("ports").forEach(port -> ports.add(port.path("port").asInt()));
            }
        }
        return ports;
    }
}
