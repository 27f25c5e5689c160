package dev.segue.orchestrator.state;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * One piece of work on a song, however often it is given out.
 *
 * @param kind what is to be done
 * @param level number of the level; 0 where the work is of no level
 * @param index number of the window, or the first code of the range; 0 for other work
 */
public record Work(Kind kind, int level, int index) implements Comparable<Work> {
    /** Bytes of {@link #bytes}. */
    static final int BYTES = 1 + 1 + Integer.BYTES;

    /** What there is to do. */
    public enum Kind {
        PREPARE('p'),
        SAMPLE('s'),
        ALIGN('a'),
        DECODE('d'),
        COMPOSE('c');

        /** As it is stored; for good. */
        private final byte letter;

        Kind(char letter) {
            this.letter = (byte) letter;
        }

        private static Kind of(byte letter) {
            return Arrays.stream(values())
                    .filter(kind -> kind.letter == letter)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no work has the letter " + letter));
        }
    }

    public Work {
        Objects.requireNonNull(kind, "kind is null");
    }

    /** A request is checked against its model's words, and its prompt encoded. */
    public static Work prepare() {
        return new Work(Kind.PREPARE, 0, 0);
    }

    /** A window is sampled. */
    public static Work sample(int level, int window) {
        return new Work(Kind.SAMPLE, level, window);
    }

    /** Lyrics are timed. */
    public static Work align(int level) {
        return new Work(Kind.ALIGN, level, 0);
    }

    /** A range is turned into sound. */
    public static Work decode(int level, int start) {
        return new Work(Kind.DECODE, level, start);
    }

    /** The song is put together. */
    public static Work compose() {
        return new Work(Kind.COMPOSE, 0, 0);
    }

    /** As people read it. */
    public String describe() {
        return switch (kind) {
            case PREPARE -> "preparing the song";
            case SAMPLE -> "window " + index + " of level " + level;
            case ALIGN -> "timing of the lyrics";
            case DECODE -> "sound of level " + level + " from code " + index;
            case COMPOSE -> "composing the song";
        };
    }

    /** As part of a key. */
    byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .put(kind.letter)
                .put((byte) level)
                .putInt(index)
                .array();
    }

    /** What {@link #bytes} wrote. */
    static Work read(ByteBuffer bytes) {
        return new Work(Kind.of(bytes.get()), bytes.get(), bytes.getInt());
    }

    @Override
    public int compareTo(Work other) {
        int byKind = kind.compareTo(other.kind);
        int byLevel = byKind != 0 ? byKind : Integer.compare(level, other.level);
        return byLevel != 0 ? byLevel : Integer.compare(index, other.index);
    }
}
