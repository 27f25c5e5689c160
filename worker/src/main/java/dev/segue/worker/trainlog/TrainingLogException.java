package dev.segue.worker.trainlog;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A log that cannot be used. Each kind is a class of its own; the message is one sentence that names the line, what is
 * wrong with it, the limit and the fix.
 */
public abstract sealed class TrainingLogException extends IOException {
    private TrainingLogException(Path file, int line, String what) {
        super("line " + line + " of " + file + " " + what
                + "; delete that line, or move the file away to begin a new log");
    }

    /** A line is no JSON object. */
    public static final class NotJson extends TrainingLogException {
        NotJson(Path file, int line, String why) {
            super(file, line, "is no JSON object (" + why + ") but every event must be one object on one line");
        }
    }

    /** A field that every line must have is not there. */
    public static final class MissingField extends TrainingLogException {
        MissingField(Path file, int line, String field) {
            super(file, line, "has no " + field + " but step, kind and seconds are required");
        }
    }

    /** A field has a value that it cannot have. */
    public static final class InvalidField extends TrainingLogException {
        InvalidField(Path file, int line, String field, String value, String limit) {
            super(file, line, "has " + field + " " + value + " but it must be " + limit);
        }
    }
}
