package dev.segue.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpTokenTest {
    @TempDir
    Path folder;

    @Test
    void itIsMadeOnceAndReadableByItsOwnerAlone() throws IOException {
        Path home = folder.resolve("home");
        String token = HttpToken.of(home);

        assertThat(token).matches("[0-9a-f]{48}").isEqualTo(HttpToken.of(home));
        assertThat(HttpToken.of(folder.resolve("other"))).isNotEqualTo(token);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("http-token"))))
                .isEqualTo("rw-------");
    }

    @Test
    void whatIsNoTokenIsRefusedAndNotShown() throws IOException {
        Files.writeString(folder.resolve("http-token"), "too short\n");
        assertThatThrownBy(() -> HttpToken.of(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http-token holds 9 characters")
                .hasMessageContaining("remove the file")
                .hasMessageNotContaining("too short");
    }
}
