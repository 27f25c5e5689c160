package dev.segue.worker.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Runs after every other test class of this virtual machine, by the order that {@code junit-platform.properties} sets
 * and because it is isolated, and means something only when all of them ran.
 */
@Order(Integer.MAX_VALUE)
@Isolated
class EveryFixtureIsExercisedTest {
    private static final Set<String> ABOUT_THE_FOLDER = Set.of("README.md", ManifestParityTest.MANIFEST);

    @Test
    void everyFileOfTheFolderWasReadByATest() {
        Set<String> unread = Fixtures.unread();
        unread.removeAll(ABOUT_THE_FOLDER);
        assertThat(unread)
                .as("files of the fixtures that no test reads; write one, or read them in one that fits")
                .isEmpty();
    }
}
