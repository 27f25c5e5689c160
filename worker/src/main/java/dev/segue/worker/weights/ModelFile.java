package dev.segue.worker.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One file of a model.
 *
 * @param path where it lies in the model's folder, parts separated by {@code /}
 * @param sha256 digest of its bytes, 64 lower-case hexadecimal digits
 * @param bytes its size
 */
public record ModelFile(String path, String sha256, long bytes) {
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    public ModelFile {
        if (bytes < 0) {
            throw new IllegalArgumentException("file " + path + " has " + bytes + " bytes; sizes begin at 0");
        }
    }

    /**
     * Checks that the path stays within the model's folder and clear of the hidden files that the store keeps there,
     * and that the digest is one.
     */
    void check() throws WeightsException {
        checkPath(path);
        checkDigest(sha256);
    }

    static void checkPath(String path) throws WeightsException {
        if (!PATH.matcher(path).matches()) {
            throw new WeightsException.UnsafeName("the file name \"" + path
                    + "\" is refused: only letters, digits and ._- are allowed, no part may begin with a dot, and parts"
                    + " are separated by single slashes");
        }
    }

    static void checkDigest(String sha256) throws WeightsException {
        if (!DIGEST.matcher(sha256).matches()) {
            throw new WeightsException.WrongContent(
                    "the digest \"" + sha256 + "\" is not 64 lower-case hexadecimal digits; give a SHA-256");
        }
    }

    static void checkModelName(String name) throws WeightsException {
        if (!NAME.matcher(name).matches()) {
            throw new WeightsException.UnsafeName("the model name \"" + name
                    + "\" is refused: it takes 1 to 64 letters, digits or ._- and begins with a letter or digit");
        }
    }

    /** Reads the list {@code files} of a model card. */
    public static List<ModelFile> ofCard(Path card) throws IOException {
        JsonNode files;
        try {
            files = new ObjectMapper().readTree(card.toFile()).path("files");
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new WeightsException.Malformed(card, "the model card is not JSON (" + e.getOriginalMessage() + ")");
        }
        List<ModelFile> read = new ArrayList<>();
        for (JsonNode file : files) {
            if (!file.path("path").isTextual()
                    || !file.path("sha256").isTextual()
                    || !file.path("bytes").canConvertToLong()
                    || file.path("bytes").longValue() < 0) {
                throw new WeightsException.Malformed(
                        card, "a file of the model card lacks path, sha256 or bytes: " + file);
            }
            read.add(new ModelFile(
                    file.get("path").textValue(),
                    file.get("sha256").textValue(),
                    file.get("bytes").longValue()));
        }
        if (read.isEmpty()) {
            throw new WeightsException.Malformed(card, "the model card lists no files");
        }
        return List.copyOf(read);
    }
}
