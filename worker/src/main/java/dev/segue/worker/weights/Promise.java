package dev.segue.worker.weights;

import dev.segue.contracts.model.ModelFile;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of a file before it is fetched.
 *
 * @param sha256 digest of its bytes, if known
 * @param bytes its size, if known
 */
record Promise(Optional<String> sha256, OptionalLong bytes) {
    static final Promise NONE = new Promise(Optional.empty(), OptionalLong.empty());

    static Promise of(ModelFile file) {
        return new Promise(Optional.of(file.sha256()), OptionalLong.of(file.bytes()));
    }

    static Promise digest(String sha256) {
        return new Promise(Optional.of(sha256), OptionalLong.empty());
    }
}
