package dev.segue.contracts.model;

import dev.segue.contracts.request.Rejection;
import java.io.Serial;

/** Thrown when a model's description is incomplete or contradicts itself. */
public final class InvalidModelException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Rejection.UnusableModel reason;

    /** Says what is wrong, as one sentence and in parts. */
    public InvalidModelException(Rejection.UnusableModel reason) {
        super(reason.sentence());
        this.reason = reason;
    }

    InvalidModelException(String field, Object value, String limit, String fix) {
        this(new Rejection.UnusableModel(field, String.valueOf(value), limit, fix));
    }

    /** What is wrong, in parts. */
    public Rejection.UnusableModel reason() {
        return reason;
    }
}
