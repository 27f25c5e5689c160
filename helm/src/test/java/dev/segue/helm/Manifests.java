package dev.segue.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What Helm rendered.
 *
 * @param all the manifests
 */
record Manifests(List<JsonNode> all) {
    Manifests {
        all = List.copyOf(all);
    }

    List<JsonNode> ofKind(String kind) {
        return all.stream()
                .filter(manifest -> manifest.path("kind").asText().equals(kind))
                .toList();
    }

    JsonNode named(String kind, String name) {
        return ofKind(kind).stream()
                .filter(manifest ->
                        manifest.path("metadata").path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " is named " + name));
    }

    /** Pods of all kinds with their labels: metadata and spec. */
    List<JsonNode> pods() {
        List<JsonNode> pods = new ArrayList<>();
        for (JsonNode manifest : all) {
            switch (manifest.path("kind").asText()) {
                case "Pod" -> pods.add(manifest);
                case "Deployment", "Job" -> pods.add(manifest.path("spec").path("template"));
                default -> {}
            }
        }
        return pods;
    }

    /** Variables of a pod's containers; those from elsewhere have an empty text. */
    static Map<String, String> variables(JsonNode pod) {
        Map<String, String> variables = new TreeMap<>();
        for (JsonNode container : pod.path("spec").path("containers")) {
            for (JsonNode variable : container.path("env")) {
                variables.put(
                        variable.path("name").asText(), variable.path("value").asText());
            }
        }
        return variables;
    }

    /** Whether a selector means a pod. */
    static boolean selects(JsonNode selector, JsonNode pod) {
        JsonNode labels = pod.path("metadata").path("labels");
        for (Map.Entry<String, JsonNode> wanted : selector.path("matchLabels").properties()) {
            if (!labels.path(wanted.getKey()).equals(wanted.getValue())) {
                return false;
            }
        }
        for (JsonNode expression : selector.path("matchExpressions")) {
            boolean in = false;
            for (JsonNode value : expression.path("values")) {
                in |= labels.path(expression.path("key").asText()).equals(value);
            }
            if (in != expression.path("operator").asText().equals("In")) {
                return false;
            }
        }
        return true;
    }
}
