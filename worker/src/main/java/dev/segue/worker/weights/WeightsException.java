package dev.segue.worker.weights;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Weights that cannot be used. Each kind is a class of its own, so that a caller can tell what a second try, another
 * file or another configuration would change; the message is one sentence that names the file, the field, the value
 * and the fix.
 */
public abstract sealed class WeightsException extends IOException {

    private WeightsException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The bytes are not a well-formed file of their kind: truncated, damaged or another format. */
    public static final class Malformed extends WeightsException {
        public Malformed(Path file, String what) {
            super(file + ": " + what, null);
        }
    }

    /** The file is well formed, but uses something that Segue does not read. */
    public static final class Unsupported extends WeightsException {
        public Unsupported(Path file, String what) {
            super(file + ": " + what, null);
        }
    }

    /** The file asks for more memory, depth or code than a checkpoint needs. Nothing of it was executed. */
    public static final class Hostile extends WeightsException {
        public Hostile(Path file, String what) {
            super(file + ": " + what, null);
        }
    }

    /** The file is sound, but its names or shapes are not those of the model. */
    public static final class Mismatch extends WeightsException {
        public Mismatch(Path file, String what) {
            super(file + ": " + what, null);
        }
    }

    /** The source has no such file. */
    public static final class Missing extends WeightsException {
        public Missing(String what) {
            super(what, null);
        }
    }

    /** The source refuses to give the file. */
    public static final class Denied extends WeightsException {
        public Denied(String what) {
            super(what, null);
        }
    }

    /** The file's bytes are not those its digest or size promises. */
    public static final class WrongContent extends WeightsException {
        public WrongContent(String what) {
            super(what, null);
        }
    }

    /** The transfer broke off more often than the retry policy allows; what arrived is kept for the next try. */
    public static final class Interrupted extends WeightsException {
        public Interrupted(String what, Throwable cause) {
            super(what, cause);
        }
    }

    /** The local folder cannot take the file: no permission, or no space. */
    public static final class NotWritable extends WeightsException {
        public NotWritable(String what, Throwable cause) {
            super(what, cause);
        }
    }

    /** A name that would lead out of the model's folder. */
    public static final class UnsafeName extends WeightsException {
        public UnsafeName(String what) {
            super(what, null);
        }
    }

    /** The licence of the published weights was not accepted. */
    public static final class LicenceNotAccepted extends WeightsException {
        public LicenceNotAccepted(String what) {
            super(what, null);
        }
    }
}
