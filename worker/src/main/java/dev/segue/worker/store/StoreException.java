package dev.segue.worker.store;

import java.io.IOException;

/**
 * Something that an object store would not do. Each kind is a class of its own, so that a caller can tell whether another
 * try, another key or other credentials would help; the message is one sentence that names the object and the fix.
 */
public abstract sealed class StoreException extends IOException {
    private StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    /** There is no such object or bucket. */
    public static final class Missing extends StoreException {
        Missing(ObjectAddress object, Throwable cause) {
            super(object + " does not exist; check the bucket and the key", cause);
        }
    }

    /** The store refuses who asks. */
    public static final class Denied extends StoreException {
        Denied(ObjectAddress object, int status, Throwable cause) {
            super(
                    object + " is denied (" + status + "); check the credentials and what the bucket's policy allows",
                    cause);
        }
    }

    /** An object that was to be new is there already. */
    public static final class Exists extends StoreException {
        Exists(ObjectAddress object, Throwable cause) {
            super(object + " exists already and is never changed; choose another key", cause);
        }
    }

    /** The store will not do it, now or later. */
    public static final class Refused extends StoreException {
        Refused(ObjectAddress object, String answer, Throwable cause) {
            super(object + " is refused: " + answer, cause);
        }
    }

    /** The store did not answer, or answered that it cannot now; a later try may help. */
    public static final class Unreachable extends StoreException {
        Unreachable(ObjectAddress object, String what, Throwable cause) {
            super(object + " cannot be reached now: " + what, cause);
        }
    }
}
