package dev.segue.standalone.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What whoever writes over HTTP must know: made once, and kept in the home, readable by its owner alone. */
final class HttpToken {
    private static final String FILE = "http-token";
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~-]{16,200}");
    private static final int BYTES = 24;

    private HttpToken() {}

    /**
     * The token of a home.
     *
     * @throws IOException if it can be neither read nor made
     * @throws IllegalArgumentException if what lies there is none
     */
    static String of(Path home) throws IOException {
        Path file = home.resolve(FILE);
        if (!Files.exists(file)) {
            make(home, file);
        }
        String token = Files.readString(file).strip();
        if (!FORM.matcher(token).matches()) {
            throw new IllegalArgumentException(file + " holds " + token.length()
                    + " characters, but must hold 16 to 200 letters, digits, dots, dashes, underscores and tildes;"
                    + " remove the file, and another token is made");
        }
        return token;
    }

    private static void make(Path home, Path file) throws IOException {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        Files.createDirectories(home);
        if (Files.getFileAttributeView(home, PosixFileAttributeView.class) == null) {
            Files.createFile(file);
        } else {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, HexFormat.of().formatHex(random) + "\n");
    }
}
