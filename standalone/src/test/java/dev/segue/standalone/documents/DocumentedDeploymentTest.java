package dev.segue.standalone.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.segue.standalone.CommandRun;
import dev.segue.standalone.documents.CommandTable.How;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Commands of the documents that need Docker, Helm or a cluster: what they name is there, in compose.yaml, in Dockerfiles,
 * in the chart and in what it renders. An option or a form of a command that is not known here fails.
 */
class DocumentedDeploymentTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Path ROOT = DocumentedCommand.ROOT;
    private static final Pattern LOOP = Pattern.compile("for (\\w+) in ([^;]+); do (.+); done");
    private static final Pattern LITERAL = Pattern.compile("--from-literal=([\\w-]+)=.*");

    @TestFactory
    Stream<DynamicTest> commandsNameWhatIsThere() throws IOException {
        CommandTable table = CommandTable.read();
        return DocumentedCommand.all().stream()
                .filter(command -> table.of(command).orElseThrow().how() == How.DEPLOYMENT)
                .distinct()
                .map(command -> DynamicTest.dynamicTest(command.toString(), () -> hold(command.line())));
    }

    private static void hold(String line) throws IOException {
        Matcher loop = LOOP.matcher(line);
        if (loop.matches()) {
            for (String word : loop.group(2).split(" ")) {
                hold(loop.group(3).replace("$" + loop.group(1), word));
            }
            return;
        }
        Deque<String> words =
                new ArrayDeque<>(List.of(line.replaceAll("='[^']*'", "=x").split("\\s+")));
        String program = words.pop();
        switch (program) {
            case "docker" -> {
                if (words.pop().equals("compose")) {
                    holdCompose(words);
                } else {
                    holdBuild(words);
                }
            }
            case "helm" -> holdHelm(words);
            case "kubectl" -> holdKubectl(words);
            default -> throw new AssertionError("nobody knows " + program);
        }
    }

    private static void holdCompose(Deque<String> words) throws IOException {
        JsonNode services = YAML.readTree(ROOT.resolve("compose.yaml").toFile()).path("services");
        Set<String> profiles = new HashSet<>();
        services.forEach(service -> service.path("profiles").forEach(profile -> profiles.add(profile.asText())));
        String command = null;
        while (!words.isEmpty()) {
            String word = words.pop();
            switch (word) {
                case "--profile" -> assertThat(profiles).contains(words.pop());
                case "up", "down", "run" -> command = word;
                case "--detach", "--build" -> assertThat(command).isEqualTo("up");
                case "--volumes" -> assertThat(command).isEqualTo("down");
                case "--rm" -> assertThat(command).isEqualTo("run");
                case "--scale" -> {
                    String[] scale = words.pop().split("=");
                    assertThat(services.has(scale[0])).as(scale[0]).isTrue();
                    assertThat(Integer.parseInt(scale[1])).isNotNegative();
                }
                default -> {
                    assertThat(command).as(word).isEqualTo("run");
                    assertThat(services.path(word).path("entrypoint").isMissingNode())
                            .isTrue();
                    assertThat(services.at("/" + word + "/profiles/0").asText()).isEqualTo("command");
                    assertThat(CommandRun.parse(words.toArray(String[]::new)).hasSubcommand())
                            .isTrue();
                    words.clear();
                }
            }
        }
        assertThat(command).isNotNull();
    }

    private static void holdBuild(Deque<String> words) throws IOException {
        String dockerfile = "";
        while (!words.isEmpty()) {
            String word = words.pop();
            switch (word) {
                case "-f" -> dockerfile = Files.readString(ROOT.resolve(words.pop()));
                case "-t" -> assertThat(words.pop()).matches("[a-z./]+:[\\w.-]+");
                case "--build-arg" -> {
                    String[] argument = words.pop().split("=");
                    assertThat(dockerfile).containsPattern("(?m)^ARG " + argument[0] + "\\b");
                    if (argument[0].equals("FLAVOR")) {
                        assertThat(dockerfile).contains(" AS base-" + argument[1] + "\n");
                    }
                }
                default -> assertThat(word).isEqualTo(".");
            }
        }
        assertThat(dockerfile).isNotEmpty();
    }

    private static void holdHelm(Deque<String> words) throws IOException {
        String command = words.pop();
        assertThat(command).isIn("install", "test");
        if (command.equals("test")) {
            assertThat(ROOT.resolve("helm/templates/tests")).isDirectory();
        }
        while (!words.isEmpty()) {
            String word = words.pop();
            switch (word) {
                case "--namespace" -> words.pop();
                case "--logs" -> assertThat(command).isEqualTo("test");
                case "--values" -> assertThat(ROOT.resolve(words.pop())).isRegularFile();
                case "--set" -> {
                    String key = words.pop().split("=")[0];
                    JsonNode values =
                            YAML.readTree(ROOT.resolve("helm/values.yaml").toFile());
                    assertThat(values.at("/" + key.replace('.', '/')).isMissingNode())
                            .as(key)
                            .isFalse();
                }
                default -> assertThat(word).isIn("segue", "./helm");
            }
        }
    }

    private static void holdKubectl(Deque<String> words) throws IOException {
        if (words.peek().equals("--namespace")) {
            words.pop();
            words.pop();
        }
        String verb = words.pop();
        switch (verb) {
            case "create" -> {
                if (words.pop().equals("secret")) {
                    assertThat(words.pop()).isEqualTo("generic");
                    holdSecret(words.pop(), words);
                }
            }
            case "logs" -> assertThat(words).contains("--previous");
            case "get", "describe" -> {
                String kind = words.pop();
                assertThat(rendered().toLowerCase(Locale.ROOT))
                        .containsPattern("(?m)^kind: " + (kind.equals("pods") ? "deployment" : kind) + "$");
                if ("-l".equals(words.poll())) {
                    assertThat(rendered()).contains(words.pop().replace("=", ": "));
                }
            }
            default -> throw new AssertionError("nobody knows kubectl " + verb);
        }
    }

    /** A secret has the name of an example's values and the keys that the chart looks for. */
    private static void holdSecret(String name, Deque<String> literals) throws IOException {
        JsonNode values = YAML.readTree(ROOT.resolve("helm/values.yaml").toFile());
        Set<String> keys = new HashSet<>();
        for (String literal : literals) {
            Matcher key = LITERAL.matcher(literal);
            assertThat(key.matches()).as(literal).isTrue();
            keys.add(key.group(1));
        }
        assertThat(rendered()).contains("name: " + name);
        if (keys.stream().noneMatch(key -> key.startsWith("SEGUE_"))) {
            assertThat(keys)
                    .containsExactlyInAnyOrder(
                            values.at("/s3/accessKeyKey").asText(),
                            values.at("/s3/secretKeyKey").asText());
        }
    }

    /** What the chart makes of all its example values. */
    private static String rendered() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> renders = Files.walk(ROOT.resolve("helm/src/test/resources/golden"))) {
            for (Path render : renders.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(render)).append('\n');
            }
        }
        return all.toString();
    }
}
