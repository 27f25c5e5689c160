package dev.segue.standalone.request;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file with a request. */
class RequestFileTest {
    @TempDir
    private Path folder;

    @Test
    void aFileWhoseRequestIsNoneIsNamed() throws IOException {
        Path misspelt = Files.writeString(folder.resolve("misspelt.json"), "{\"lyric\": \"la\"}");

        assertThatThrownBy(() -> RequestFile.read(misspelt))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("misspelt.json, lyric is not known");
    }

    @Test
    void aFileThatIsMissingOrNoJsonIsNamed() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\n\"songId\": }");

        assertThatThrownBy(() -> RequestFile.read(folder.resolve("none.json")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none.json")
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> RequestFile.read(broken))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2 is no JSON");
    }
}
