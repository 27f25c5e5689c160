package dev.segue.worker.sound;

import java.io.IOException;

/**
 * Sound that cannot be used. Each kind is a class of its own; the message is one sentence that names the file, what is
 * wrong with it, the limit and the fix.
 */
public abstract sealed class SoundException extends IOException {

    private SoundException(String name, String what) {
        super(name + " " + what);
    }

    /** It is no WAV or FLAC file. */
    public static final class NotSound extends SoundException {
        NotSound(String name, String found) {
            super(name, "begins like " + found + ", but a sound must be a WAV or a FLAC file; convert it first");
        }
    }

    /** It is one, but its samples are stored in a way that is not read. */
    public static final class Unsupported extends SoundException {
        Unsupported(String name, String what, String accepted) {
            super(name, "has " + what + ", but only " + accepted + " can be read; convert it first");
        }
    }

    /** It breaks off or contradicts its own checksums or format. */
    public static final class Damaged extends SoundException {
        Damaged(String name, String what) {
            super(name, what + "; it is damaged or truncated, make or fetch it again");
        }
    }

    /** It has no bytes. */
    public static final class Empty extends SoundException {
        Empty(String name) {
            super(name, "is empty; give a WAV or FLAC file with sound in it");
        }
    }

    /** It is well formed, but holds no sample. */
    public static final class NoSamples extends SoundException {
        NoSamples(String name) {
            super(name, "has a header but no samples; give a file with sound in it");
        }
    }

    /** Its rate or number of channels is none that sound has. */
    public static final class OutOfRange extends SoundException {
        OutOfRange(String name, String field, long value, int least, int most) {
            super(
                    name,
                    "has " + field + " of " + value + ", but it must be from " + least + " to " + most
                            + "; convert it first");
        }
    }

    /** It is longer than anything that is read whole. */
    public static final class TooLong extends SoundException {
        TooLong(String name, double seconds) {
            super(name, "goes on for more than " + seconds + " seconds, the most that is read; cut it first");
        }
    }
}
