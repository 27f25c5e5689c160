package dev.segue.worker.weights;

import dev.segue.contracts.model.ModelFile;
import java.util.regex.Pattern;

/** Names from cards and requests that become paths on this machine. */
final class SafeNames {
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private SafeNames() {}

    /**
     * Checks that the path stays within the model's folder and clear of the hidden files that the store keeps there,
     * and that the digest is one.
     */
    static void check(ModelFile file) throws WeightsException {
        checkPath(file.path());
        checkDigest(file.sha256());
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
}
