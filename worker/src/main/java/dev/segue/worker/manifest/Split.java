package dev.segue.worker.manifest;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;

/** What a song is for. */
public enum Split {
    /** Weights are learnt from it. */
    TRAIN,
    /** Choices are made by it while training. */
    VALIDATION,
    /** Nothing but the last figures. */
    TEST;

    /** As a manifest writes it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Of a song whose manifest does not say: about every tenth is for validation and every tenth for tests, by the file's
     * name, so that it stays where it is when songs are added.
     */
    static Split ofFile(String file) {
        CRC32 sum = new CRC32();
        sum.update(file.getBytes(StandardCharsets.UTF_8));
        return switch ((int) (sum.getValue() % 10)) {
            case 0 -> TEST;
            case 1 -> VALIDATION;
            default -> TRAIN;
        };
    }
}
