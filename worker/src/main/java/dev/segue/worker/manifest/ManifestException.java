package dev.segue.worker.manifest;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import java.util.Collection;

/**
 * A manifest that cannot be used. Each kind is a class of its own; the message is one sentence that names the place, what
 * is wrong with it, the limit and the fix.
 */
public abstract sealed class ManifestException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private ManifestException(String sentence) {
        super(sentence);
    }

    /** The folder has none. */
    public static final class Missing extends ManifestException {
        @Serial
        private static final long serialVersionUID = 1L;

        Missing(Path manifest) {
            super("there is no " + manifest + "; write one JSON object a line with file, artist, genre and lyrics of"
                    + " each song, or let segue corpus make a folder of songs");
        }
    }

    /** It names no song. */
    public static final class Empty extends ManifestException {
        @Serial
        private static final long serialVersionUID = 1L;

        Empty(Path manifest) {
            super(manifest + " has no songs but must have at least 1; write one JSON object a line");
        }
    }

    /** A line is no JSON object. */
    public static final class NotJson extends ManifestException {
        @Serial
        private static final long serialVersionUID = 1L;

        NotJson(int line, String why) {
            super("line " + line + " of the manifest is no JSON object (" + why
                    + "); write each song as one object on one line");
        }
    }

    /** A field is not there. */
    public static final class MissingField extends ManifestException {
        @Serial
        private static final long serialVersionUID = 1L;

        MissingField(int line, String field) {
            super("line " + line + " of the manifest has no " + field
                    + " but file, artist, genre and lyrics are required; add it, lyrics may be \"\"");
        }
    }

    /** A field has a name that means nothing. */
    public static final class UnknownField extends ManifestException {
        @Serial
        private static final long serialVersionUID = 1L;

        UnknownField(int line, String field, Collection<String> known) {
            super("line " + line + " of the manifest has a field \"" + field + "\" but those known are "
                    + String.join(", ", known) + "; correct its name or leave it out");
        }
    }

    /** A field has a value that it cannot have. */
    public static final class InvalidField extends ManifestException {
        @Serial
        private static final long serialVersionUID = 1L;

        InvalidField(int line, String field, String value, String limit) {
            super("line " + line + " of the manifest has " + field + " " + value + " but it must be " + limit
                    + "; correct it");
        }
    }

    /** The same file is named twice. */
    public static final class Repeated extends ManifestException {
        @Serial
        private static final long serialVersionUID = 1L;

        Repeated(int line, int before, String file) {
            super("line " + line + " of the manifest has the file \"" + file + "\" that line " + before
                    + " has too, but each song may be there once; leave one out");
        }
    }

    /** A song has no sound. */
    public static final class NoSound extends ManifestException {
        @Serial
        private static final long serialVersionUID = 1L;

        NoSound(int line, Path file) {
            super(
                    "line " + line + " of the manifest names the file " + file
                            + " but there is none; put it there or correct the name, which is relative to the manifest's folder");
        }
    }
}
