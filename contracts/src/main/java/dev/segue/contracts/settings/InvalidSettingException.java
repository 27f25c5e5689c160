package dev.segue.contracts.settings;

import java.io.Serial;

/** A setting that is missing or cannot be; says which, what it holds and what it must hold. */
public final class InvalidSettingException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String key;

    InvalidSettingException(String key, String message) {
        super(message);
        this.key = key;
    }

    /** The setting. */
    public String key() {
        return key;
    }
}
