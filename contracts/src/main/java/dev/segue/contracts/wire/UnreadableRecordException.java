package dev.segue.contracts.wire;

import org.apache.kafka.common.errors.SerializationException;

/** A record that will never be readable, however often it is tried. */
public final class UnreadableRecordException extends SerializationException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    UnreadableRecordException(String topic, String reason, Throwable cause) {
        super("a record of " + topic + " is unreadable: " + reason, cause);
        this.reason = reason;
    }

    /** What is wrong with it, without the name of the topic. */
    public String reason() {
        return reason;
    }
}
