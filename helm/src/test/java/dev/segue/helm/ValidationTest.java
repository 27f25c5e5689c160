package dev.segue.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be is refused in one sentence that names the key and what to do. */
class ValidationTest {
    /** Values that change the laptop's, and the sentence. */
    record Refusal(Map<String, String> values, String sentence) {}

    static List<Refusal> refusals() {
        return List.of(
                new Refusal(
                        Map.of("kafka.bootstrapServers", "\"\""),
                        "kafka.bootstrapServers is empty, but must name brokers; set it to host:port, several separated"
                                + " by commas."),
                new Refusal(
                        Map.of("kafka.bootstrapServers", "kafka"),
                        "kafka.bootstrapServers has \"kafka\", but must be host:port; write each broker so, separated by"
                                + " commas."),
                new Refusal(
                        Map.of("registry.url", "registry:8080"),
                        "registry.url is \"registry:8080\", but must begin with http:// or https://; set it to the"
                                + " registry's address."),
                new Refusal(
                        Map.of("models.source", "s3://weights", "models.existingClaim", "weights"),
                        "models.source and models.existingClaim are both given, but models come from one place; leave one"
                                + " of them empty."),
                new Refusal(
                        Map.of("models.existingClaim", "weights"),
                        "models.publish puts models into the bucket, but workers look for them elsewhere; set"
                                + " models.publish to [], or leave models.source and models.existingClaim empty."),
                new Refusal(
                        Map.of("s3.existingSecret", "\"\"", "serviceAccount.create", "false"),
                        "s3.existingSecret is empty and there is no service account of its own, so that nobody could"
                                + " reach the store; name a Secret in s3.existingSecret, or a service account in"
                                + " serviceAccount.name."),
                new Refusal(
                        Map.of("generation.levels.bottom.settings", "{SEGUE_WORKER_SLOTS: \"3\"}"),
                        "generation.levels.bottom.settings has SEGUE_WORKER_SLOTS, but the chart sets that itself; use"
                                + " the value for it, which values.yaml describes."),
                new Refusal(
                        Map.of("assembler.autoscaling", "{enabled: true, minReplicas: 5, maxReplicas: 4}"),
                        "assembler.autoscaling.minReplicas is 5, but must be at most maxReplicas, 4; lower it, or raise"
                                + " maxReplicas."),
                new Refusal(
                        Map.of(
                                "generation.levels",
                                "{top: {enabled: false}, middle: {enabled: false}, bottom: {enabled: false}}"),
                        "generation.levels has no level that is enabled, so that no song could be made; set enabled of"
                                + " top, middle and bottom."),
                new Refusal(
                        Map.of("strimzi.enabled", "true"),
                        "strimzi.cluster is empty, but strimzi.enabled is true; set it to the name of the Kafka"
                                + " resource."),
                new Refusal(
                        Map.of("strimzi", "{enabled: true, cluster: songs, replicas: 1}"),
                        "strimzi.minInsyncReplicas is 2, but must be at most strimzi.replicas, 1; lower it."),
                new Refusal(
                        Map.of("tests.model", "1b_lyrics"),
                        "tests.model is \"1b_lyrics\", which models.publish does not have; add it there, or name one that"
                                + " it has."));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatCannotBeIsRefusedInASentence(Refusal refusal) {
        ObjectNode values = Chart.example("laptop");
        for (Map.Entry<String, String> value : refusal.values().entrySet()) {
            JsonNode given = Yaml.readAll("v: " + value.getValue()).get(0).get("v");
            values = Chart.with(values, value.getKey(), given);
        }
        JsonNode refused = values;

        assertThatThrownBy(() -> Chart.render(refused)).hasMessageContaining(refusal.sentence());
    }

    @Test
    void everySentenceIsTried() throws IOException {
        String checks = Files.readString(Chart.FOLDER.resolve("templates/checks.yaml"));

        assertThat(Pattern.compile("\\bfail\\b").matcher(checks).results().count())
                .isEqualTo(refusals().size());
    }

    @Test
    void aMisspeltKeyIsRefused() {
        ObjectNode values = Chart.with(Chart.example("laptop"), "generation.slot", Chart.text("4"));

        assertThatThrownBy(() -> Chart.render(values)).hasMessageContaining("slot");
    }

    @Test
    void aLevelTakesWhatAllLevelsTake() {
        ObjectNode values = Chart.with(
                Chart.example("laptop"),
                "generation.levels.bottom",
                Yaml.readAll("v: {slots: 300}").get(0).get("v"));

        assertThatThrownBy(() -> Chart.render(values)).hasMessageContaining("slots");
    }
}
