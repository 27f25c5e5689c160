package dev.segue.embedded;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/**
 * What a client of the S3 server signs its requests with.
 *
 * @param accessKey the name
 * @param secretKey the secret
 */
public record S3Credentials(String accessKey, String secretKey) {
    private static final int NAME_BYTES = 10;
    private static final int SECRET_BYTES = 20;

    /** Those of the file; new ones, which only the file's owner can read, where there is none. */
    static S3Credentials in(Path file) throws IOException {
        return Files.exists(file) ? read(file) : create(file);
    }

    private static S3Credentials read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        String accessKey = properties.getProperty("access.key", "");
        String secretKey = properties.getProperty("secret.key", "");
        if (accessKey.isBlank() || secretKey.isBlank()) {
            throw new IOException("%s lacks access.key or secret.key: delete it to have new ones made".formatted(file));
        }
        return new S3Credentials(accessKey, secretKey);
    }

    private static S3Credentials create(Path file) throws IOException {
        SecureRandom random = new SecureRandom();
        S3Credentials credentials = new S3Credentials(hex(random, NAME_BYTES), hex(random, SECRET_BYTES));
        Properties properties = new Properties();
        properties.setProperty("access.key", credentials.accessKey);
        properties.setProperty("secret.key", credentials.secretKey);
        Path whole = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(whole);
        if (Files.getFileAttributeView(file.getParent(), PosixFileAttributeView.class) == null) {
            Files.createFile(whole);
        } else {
            Files.createFile(whole, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        try (Writer writer = Files.newBufferedWriter(whole)) {
            properties.store(writer, "Made at the first start, for this folder alone.");
        }
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        return credentials;
    }

    private static String hex(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "S3Credentials[accessKey=%s, secretKey=****]".formatted(accessKey);
    }
}
