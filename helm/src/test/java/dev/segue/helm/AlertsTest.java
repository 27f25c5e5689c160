package dev.segue.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AlertsTest {
    private final JsonNode rule =
            Chart.manifests("everything").ofKind("PrometheusRule").get(0);

    @Test
    void everyAlertHasItsSectionInTheRunbooks() throws IOException {
        Set<String> sections = Files.readString(ComposeFile.TOP.resolve("docs/runbooks.md"))
                .lines()
                .filter(line -> line.startsWith("## "))
                .map(line ->
                        line.substring(3).toLowerCase(java.util.Locale.ROOT).replace(' ', '-'))
                .collect(Collectors.toSet());

        for (JsonNode alert : rule.at("/spec/groups/0/rules")) {
            String runbook = alert.at("/annotations/runbook_url").asText();
            assertThat(sections).contains(runbook.substring(runbook.indexOf('#') + 1));
        }
        assertThat(sections).hasSize(rule.at("/spec/groups/0/rules").size());
    }

    @Test
    void alertsSpeakOfThisReleaseAlone() {
        for (JsonNode alert : rule.at("/spec/groups/0/rules")) {
            assertThat(alert.path("expr").asText())
                    .contains("namespace=\"" + Chart.NAMESPACE + "\"", "pod=~\"" + Chart.RELEASE + "-")
                    .doesNotContain("PODS", "ORCHESTRATORS", "BACKLOG_SECONDS");
        }
    }
}
