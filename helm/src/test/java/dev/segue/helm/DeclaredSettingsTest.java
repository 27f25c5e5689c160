package dev.segue.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every variable that containers are given is one that the code reads. */
class DeclaredSettingsTest {
    private static final Pattern VARIABLE = Pattern.compile("SEGUE_[A-Z0-9_]+");

    /** What the code's own test holds docs/settings.md against; a home is no setting, but an option's default. */
    private static Set<String> declared() throws IOException {
        Set<String> declared = variablesIn(ComposeFile.TOP.resolve("docs/settings.md"));
        declared.add("SEGUE_HOME");
        return declared;
    }

    @Test
    void everyVariableOfTheChartIsASetting() throws IOException {
        Set<String> given = new TreeSet<>();
        for (String example : Chart.examples()) {
            for (JsonNode pod : Chart.manifests(example).pods()) {
                given.addAll(Manifests.variables(pod).keySet());
            }
        }
        given.removeIf(variable -> variable.matches("SEGUE_(KAFKA|REGISTRY)_CLIENT_.+"));

        assertThat(given).contains("SEGUE_KAFKA_BOOTSTRAP_SERVERS", "SEGUE_WORKER_LEVEL", "SEGUE_ASSEMBLY_LANES");
        assertThat(declared()).containsAll(given);
    }

    @Test
    void whatTheChartSetsItselfIsWhatValuesMayNotSet() throws IOException {
        Set<String> refused = variablesIn(Chart.FOLDER.resolve("templates/checks.yaml"));
        Set<String> given = new TreeSet<>();
        for (JsonNode pod : Chart.manifests("everything").pods()) {
            given.addAll(Manifests.variables(pod).keySet());
        }

        assertThat(refused).containsAll(given);
        assertThat(declared()).containsAll(refused);
    }

    @Test
    void everySettingOfARoleCanBeSetInTheChart() throws IOException {
        Set<String> unreached = settingsOfRoles();
        for (JsonNode pod : Chart.manifests("everything").pods()) {
            unreached.removeAll(Manifests.variables(pod).keySet());
        }
        ObjectNode values = Chart.example("everything");
        Set<String> refused = variablesIn(Chart.FOLDER.resolve("templates/checks.yaml"));
        for (String setting : unreached) {
            if (!refused.contains(setting)) {
                values.withObject("/orchestrator/settings").put(setting, "x");
            }
        }
        for (JsonNode pod : new Manifests(Yaml.readAll(Chart.render(values))).pods()) {
            unreached.removeAll(Manifests.variables(pod).keySet());
        }

        assertThat(unreached)
                .as("ports of containers are the chart's own")
                .containsExactlyInAnyOrder("SEGUE_HTTP_HOST", "SEGUE_HTTP_PORT");
    }

    @Test
    void everySettingCanBeSetForCompose() {
        int services = 0;
        for (Map.Entry<String, JsonNode> service : ComposeFile.read().services()) {
            if (service.getValue().path("image").asText().startsWith("segue/")) {
                services++;
                JsonNode file = service.getValue().at("/env_file/0");
                assertThat(file.path("path").asText()).as(service.getKey()).isEqualTo("segue.env");
                assertThat(file.path("required").asBoolean(true)).isFalse();
            }
        }
        assertThat(services).isEqualTo(8);
    }

    /** Those that tables of settings have for the orchestrator and workers. */
    private static Set<String> settingsOfRoles() throws IOException {
        String reference = Files.readString(ComposeFile.TOP.resolve("docs/settings.md"));
        Set<String> settings = new TreeSet<>();
        Pattern.compile("(?m)^\\| `(SEGUE_[A-Z0-9_]+)` ")
                .matcher(reference.substring(0, reference.indexOf("## segue serve")))
                .results()
                .forEach(row -> settings.add(row.group(1)));
        return settings;
    }

    @Test
    void everyVariableOfComposeIsASetting() throws IOException {
        Set<String> given = new TreeSet<>();
        for (Map.Entry<String, JsonNode> service : ComposeFile.read().services()) {
            service.getValue().path("environment").fieldNames().forEachRemaining(given::add);
        }
        given.removeIf(variable -> !variable.startsWith("SEGUE_"));

        assertThat(given).isNotEmpty();
        assertThat(declared()).containsAll(given);
    }

    @Test
    void everyVariableOfTheImagesIsASetting() throws IOException {
        for (Path dockerfile : Dockerfiles.ALL) {
            assertThat(declared()).containsAll(variablesIn(dockerfile));
        }
    }

    private static Set<String> variablesIn(Path file) throws IOException {
        Set<String> variables = new TreeSet<>();
        VARIABLE.matcher(Files.readString(file)).results().forEach(result -> variables.add(result.group()));
        return variables;
    }
}
