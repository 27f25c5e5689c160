package dev.segue.contracts.client;

import java.io.IOException;

/** An installation that cannot be spoken to. The message is one sentence that names what is in the way and the fix. */
public final class ClusterException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Says why. */
    public ClusterException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
