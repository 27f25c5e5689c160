package dev.segue.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a change of the chart changes is seen in its diff; {@code -Dsegue.docs.write=true} renders anew. */
class GoldenRendersTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden");

    static Iterable<String> examples() {
        return Chart.examples();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleRendersAsBefore(String example) throws IOException {
        Path golden = FOLDER.resolve(example + ".yaml");
        String rendered = Chart.render(Chart.example(example));
        if (Boolean.getBoolean("segue.docs.write")) {
            Files.createDirectories(FOLDER);
            Files.writeString(golden, rendered);
        }

        assertThat(rendered).isEqualTo(Files.readString(golden));
    }
}
