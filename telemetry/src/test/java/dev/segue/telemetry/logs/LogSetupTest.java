package dev.segue.telemetry.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSetupTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void linesForProgramsAreObjectsWithThePairsOfTheMessage() throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : log(Map.of("SEGUE_LOG_FORMAT", "json"))) {
            lines.add(JSON.readTree(line));
        }

        assertThat(lines).hasSize(4);
        JsonNode done = lines.get(0);
        assertThat(Instant.parse(done.path("time").asText()))
                .isBefore(Instant.now().plusSeconds(1));
        assertThat(done.path("level").asText()).isEqualTo("INFO");
        assertThat(done.path("logger").asText()).isEqualTo(LoggingProgram.class.getName());
        assertThat(done.path("thread").asText()).isEqualTo("main");
        assertThat(done.path("message").asText())
                .isEqualTo("event=task_done song=blue level=2 millis=17 clean=true message=\"a=b \"c\"\"");
        assertThat(done.path("event").asText()).isEqualTo("task_done");
        assertThat(done.path("song").asText()).isEqualTo("blue");
        assertThat(done.path("fields")).isEqualTo(JSON.readTree("""
                        {"level": 2, "millis": 17, "clean": true, "message": "a=b \\"c\\""}"""));
        assertThat(done.has("exception")).isFalse();
    }

    @Test
    void aFailureComesWithItsTraceAndALineAboutNoSongNamesNone() throws Exception {
        JsonNode broken = JSON.readTree(log(Map.of("SEGUE_LOG_FORMAT", "json")).get(1));

        assertThat(broken.path("event").asText()).isEqualTo("song_broken");
        assertThat(broken.has("song")).isFalse();
        assertThat(broken.has("fields")).isFalse();
        assertThat(broken.path("exception").asText())
                .startsWith("java.lang.IllegalStateException: no codes")
                .contains("at " + LoggingProgram.class.getName() + ".main");
    }

    @Test
    void librariesAreHeardWhenSomethingIsWrongWhateverTheyLogWith() throws Exception {
        List<String> lines = log(Map.of("SEGUE_LOG_FORMAT", "json"));
        JsonNode disk = JSON.readTree(lines.get(2));
        JsonNode exporter = JSON.readTree(lines.get(3));

        assertThat(disk.path("message").asText()).isEqualTo("disk is at use=90 %");
        assertThat(disk.has("fields")).isFalse();
        assertThat(exporter.path("logger").asText()).isEqualTo("io.exporter");
        assertThat(exporter.path("level").asText()).isEqualTo("WARN");
    }

    @Test
    void linesForPeopleBeginWithTheTimeUnlessToldOtherwise() throws Exception {
        List<String> lines = log(Map.of());

        assertThat(lines.get(0))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\S+ \\[main] INFO \\S+LoggingProgram - "
                        + "event=task_done song=blue level=2 millis=17 clean=true message=\"a=b \"c\"\"");
        assertThat(lines).contains("java.lang.IllegalStateException: no codes");
    }

    @Test
    void aFormatThatThereIsNotIsRefused() throws Exception {
        assertThat(log(Map.of("SEGUE_LOG_FORMAT", "xml")))
                .anyMatch(line -> line.endsWith("SEGUE_LOG_FORMAT is \"xml\", but must be one of text, json."));
    }

    @Test
    void whoeverHasAFileForLogbackGetsWhatItSays() throws Exception {
        Path own = folder.resolve("own.xml");
        Files.writeString(own, """
                <configuration>
                  <appender name="own" class="ch.qos.logback.core.ConsoleAppender">
                    <target>System.err</target>
                    <encoder><pattern>own: %msg%n</pattern></encoder>
                  </appender>
                  <root level="debug"><appender-ref ref="own"/></root>
                </configuration>
                """);

        assertThat(log(Map.of("SEGUE_LOG_FORMAT", "json"), "-Dlogback.configurationFile=" + own))
                .contains("own: event=nobody_asked song=blue");
    }

    private static List<String> log(Map<String, String> settings, String... flags)
            throws IOException, InterruptedException {
        List<String> command = Stream.of(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()),
                        Stream.of(flags),
                        Stream.of("-cp", System.getProperty("java.class.path"), LoggingProgram.class.getName()))
                .flatMap(words -> words)
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(key -> key.startsWith("SEGUE_"));
        builder.environment().putAll(settings);
        Process process = builder.start();
        List<String> lines;
        try (Stream<String> output = process.inputReader(StandardCharsets.UTF_8).lines()) {
            lines = output.toList();
        }
        process.waitFor();
        return lines;
    }
}
