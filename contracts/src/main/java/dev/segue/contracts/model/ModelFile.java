package dev.segue.contracts.model;

import static dev.segue.contracts.model.ShapeCheck.require;

import java.util.regex.Pattern;

/**
 * A file of a model, beside its card.
 *
 * @param path where it lies relative to the card, with forward slashes
 * @param sha256 its SHA-256 digest, 64 lower-case hexadecimal digits
 * @param bytes its length
 */
public record ModelFile(String path, String sha256, long bytes) {
    private static final Pattern RELATIVE =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    void check(String at) {
        require(
                path != null && RELATIVE.matcher(path).matches(),
                at + ".path",
                path,
                "must be relative to the card, with forward slashes and no part that begins with a dot",
                "move the file beside the card");
        require(
                sha256 != null && DIGEST.matcher(sha256).matches(),
                at + ".sha256",
                sha256,
                "must be 64 lower-case hexadecimal digits",
                "write the output of sha256sum");
        require(bytes > 0, at + ".bytes", bytes, "must be at least 1", "write the length of the file");
    }
}
