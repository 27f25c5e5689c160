package dev.segue.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DockerfilesTest {
    static List<Path> dockerfiles() {
        return Dockerfiles.ALL;
    }

    @ParameterizedTest
    @MethodSource("dockerfiles")
    void anImageRunsAsNobodyAndSaysWhatItIs(Path dockerfile) throws IOException {
        String text = Files.readString(dockerfile);
        String last = text.substring(text.lastIndexOf("\nFROM "));

        assertThat(last)
                .contains("\nUSER 10001:10001\n", "\nHEALTHCHECK ", "\nENTRYPOINT [\"java\", ")
                .contains("org.opencontainers.image.title", "org.opencontainers.image.licenses=\"Apache-2.0\"");
        assertThat(text).doesNotContain(":latest\n").contains("eclipse-temurin:25-jdk");
    }

    @ParameterizedTest
    @MethodSource("dockerfiles")
    void whatIsStartedIsThere(Path dockerfile) throws IOException {
        Matcher entry =
                Pattern.compile("\"(dev\\.segue\\.[a-z]+)\\.([A-Za-z]+)\"]").matcher(Files.readString(dockerfile));

        assertThat(entry.find()).isTrue();
        assertThat(dockerfile
                        .resolveSibling("src/main/java")
                        .resolve(entry.group(1).replace('.', '/'))
                        .resolve(entry.group(2) + ".java"))
                .exists();
    }

    @ParameterizedTest
    @MethodSource("dockerfiles")
    void othersCodeIsALayerOfItsOwnBeforeOurs(Path dockerfile) throws IOException {
        String text = Files.readString(dockerfile);

        assertThat(text.indexOf("COPY --from=build /app/libraries"))
                .isPositive()
                .isLessThan(text.indexOf("COPY --from=build /app/segue"));
    }

    @Test
    void theEnginesPartsAreOfTheVersionsThatTheBuildHas() throws IOException {
        String pom = Files.readString(ComposeFile.TOP.resolve("pom.xml"));
        String worker = Files.readString(ComposeFile.TOP.resolve("worker/Dockerfile"));
        String torch = property(pom, "pytorch.version");

        assertThat(worker)
                .contains("PYTORCH_VERSION=" + torch)
                .contains("shared-with-deps-" + torch + "%2Bcu128.zip")
                .contains("/pytorch/" + torch + "-$flavor-linux-$arch/" + property(pom, "djl.version")
                        + "-libdjl_torch.so");
    }

    @Test
    void composeBuildsTheImagesThatTheChartNames() {
        JsonNode values = Chart.defaults();
        Map<String, String> images = Map.of(
                "orchestrator", values.at("/orchestrator/image/repository").asText(),
                "bottom", values.at("/generation/image/repository").asText(),
                "assembler", values.at("/assembler/image/repository").asText(),
                "segue", values.at("/cli/image/repository").asText());

        images.forEach((service, repository) -> {
            JsonNode its = ComposeFile.read().service(service);
            assertThat(its.path("image").asText()).startsWith(repository + ":");
            assertThat(ComposeFile.TOP.resolve(its.at("/build/dockerfile").asText()))
                    .exists();
        });
    }

    private static String property(String pom, String name) {
        Matcher property =
                Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)</").matcher(pom);
        assertThat(property.find()).isTrue();
        return property.group(1);
    }
}
