package dev.segue.telemetry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dashboards ask for what is measured, by the names and labels of the reference. */
class DashboardsTest {
    private static final Path FOLDER = Path.of("..", "helm", "dashboards");
    private static final Path REFERENCE = Path.of("..", "docs", "metrics.md");
    private static final Pattern NAME = Pattern.compile("\\b(?:segue|jvm|process|kafka)_[a-z0-9_]+");
    private static final Pattern GROUPED = Pattern.compile("by \\(([^)]*)\\) ?\\(.*?(segue_[a-z0-9_]+)");
    private static final Set<String> OF_PROMETHEUS = Set.of("le", "instance");

    @ParameterizedTest
    @ValueSource(strings = {"operator.json", "musician.json"})
    void everyMetricOfADashboardStandsInTheReference(String file) throws IOException {
        Set<String> series = series();
        String reference = Files.readString(REFERENCE);
        List<String> expressions = expressions(file);

        assertThat(expressions).isNotEmpty();
        for (String expression : expressions) {
            Set<String> names = names(expression);
            assertThat(names).as(expression).isNotEmpty().allSatisfy(name -> {
                if (name.startsWith("segue_")) {
                    assertThat(series).contains(name);
                } else {
                    assertThat(reference).contains("`" + name + "`");
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"operator.json", "musician.json"})
    void whatADashboardGroupsByIsALabelOfItsMetric(String file) throws IOException {
        int seen = 0;
        for (String expression : expressions(file)) {
            Matcher grouped = GROUPED.matcher(expression);
            while (grouped.find()) {
                Set<String> labels = new HashSet<>(List.of(grouped.group(1).split(", ?")));
                labels.removeAll(OF_PROMETHEUS);
                assertThat(metric(grouped.group(2)).labels()).as(expression).containsAll(labels);
                seen++;
            }
        }
        assertThat(seen).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"operator.json", "musician.json"})
    void everyPanelAsksTheDatasourceThatIsChosen(String file) throws IOException {
        JsonNode board = board(file);

        assertThat(board.at("/templating/list/0/type").asText()).isEqualTo("datasource");
        assertThat(board.findValues("datasource"))
                .isNotEmpty()
                .allMatch(source -> source.path("uid").asText().equals("${datasource}"));
    }

    @Test
    void everyMetricIsShownSomewhere() throws IOException {
        Set<String> shown = new HashSet<>();
        for (String file : List.of("operator.json", "musician.json")) {
            expressions(file).forEach(expression -> shown.addAll(names(expression)));
        }

        assertThat(Metric.values())
                .allSatisfy(
                        metric -> assertThat(metric.series()).as(metric.title()).anyMatch(shown::contains));
    }

    private static Set<String> series() {
        return Arrays.stream(Metric.values())
                .flatMap(metric -> metric.series().stream())
                .collect(Collectors.toSet());
    }

    private static Metric metric(String series) {
        return Arrays.stream(Metric.values())
                .filter(metric -> metric.series().contains(series))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no metric has the series " + series));
    }

    private static Set<String> names(String expression) {
        Set<String> names = new HashSet<>();
        Matcher name = NAME.matcher(expression);
        while (name.find()) {
            names.add(name.group());
        }
        return names;
    }

    private static List<String> expressions(String file) throws IOException {
        return board(file).findValues("expr").stream().map(JsonNode::asText).toList();
    }

    private static JsonNode board(String file) throws IOException {
        return new ObjectMapper().readTree(Files.readString(FOLDER.resolve(file)));
    }
}
