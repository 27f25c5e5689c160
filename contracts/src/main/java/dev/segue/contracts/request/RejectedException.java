package dev.segue.contracts.request;

import java.io.Serial;

/** Thrown where a request that cannot be served reaches code that has no other way to say so. */
public final class RejectedException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Rejection rejection;

    /** Says why, as one sentence and as a type. */
    public RejectedException(Rejection rejection) {
        super(rejection.sentence());
        this.rejection = rejection;
    }

    /** The reason. */
    public Rejection rejection() {
        return rejection;
    }
}
