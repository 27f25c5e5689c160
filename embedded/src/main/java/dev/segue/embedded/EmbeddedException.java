package dev.segue.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** A server that cannot be started. The message is one sentence that names what is in the way and the fix. */
public abstract sealed class EmbeddedException extends IOException {

    private EmbeddedException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Another program listens on the port. */
    public static final class PortTaken extends EmbeddedException {
        public PortTaken(String server, int port, Throwable cause) {
            super(
                    "port %d of the %s is taken on 127.0.0.1: stop the program that listens there, give another port, or give 0 for any free one"
                            .formatted(port, server),
                    cause);
        }
    }

    /** Another program, or this one, already runs on the folder. */
    public static final class FolderInUse extends EmbeddedException {
        public FolderInUse(Path folder, String holder) {
            super(
                    "data folder %s is in use by %s: stop that first, or give another folder".formatted(folder, holder),
                    null);
        }
    }

    /** A part that the build lays out is not there. */
    public static final class NotInstalled extends EmbeddedException {
        public NotInstalled(String what) {
            super(what, null);
        }
    }

    /** The server gave up, or did not answer in time. */
    public static final class NotStarted extends EmbeddedException {
        public NotStarted(String server, String why, Throwable cause) {
            super("the %s did not start: %s".formatted(server, why), cause);
        }
    }
}
