package dev.segue.orchestrator.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of what is remembered of songs: the song's id, a zero byte (no id has one), a letter for what it is, and numbers,
 * the highest byte first, so that entries of one kind lie in the order of their numbers.
 */
final class StateKeys {
    static final byte ENDED = 'e';
    static final byte TICKET = 't';
    static final byte POSITION = 'p';
    static final byte REQUEST = 'r';
    static final byte PREPARED = 'q';
    static final byte ALIGNED = 'a';
    static final byte TASK = 'w';
    static final byte RANGE = 's';
    static final byte TIMELINE = 'l';
    static final byte WINDOW_CODES = 'w';
    static final byte PROMPT_CODES = 'p';

    private static final byte SEPARATOR = 0;

    private StateKeys() {}

    /** What all keys of a song begin with. */
    static Bytes song(String songId) {
        return key(songId, new byte[] {SEPARATOR});
    }

    static Bytes of(String songId, byte kind) {
        return key(songId, new byte[] {SEPARATOR, kind});
    }

    static Bytes task(String songId, Work work) {
        return key(songId, prefixed(TASK, work.bytes()));
    }

    static Bytes numbered(String songId, byte kind, int number) {
        return key(songId, prefixed(kind, ByteBuffer.allocate(4).putInt(number).array()));
    }

    /** Of something that a level has at a code or window. */
    static Bytes placed(String songId, byte kind, int level, int place) {
        return key(songId, prefixed(kind, place(level, place)));
    }

    static Bytes preparation(String songId, String preparation) {
        byte[] name = preparation.getBytes(StandardCharsets.UTF_8);
        return key(
                songId,
                prefixed(
                        PROMPT_CODES,
                        ByteBuffer.allocate(name.length + 1)
                                .put(name)
                                .put(SEPARATOR)
                                .array()));
    }

    static Bytes promptLevel(String songId, String preparation, int level) {
        return append(preparation(songId, preparation), new byte[] {(byte) level});
    }

    static Bytes prompt(String songId, String preparation, int level, int start) {
        return append(preparation(songId, preparation), place(level, start));
    }

    /** The song whose key it is. */
    static String songId(Bytes key) {
        int end = 0;
        while (key.get()[end] != SEPARATOR) {
            end++;
        }
        return new String(key.get(), 0, end, StandardCharsets.UTF_8);
    }

    /** What follows the letter of a key. */
    static ByteBuffer rest(Bytes key, String songId) {
        int used = songId.getBytes(StandardCharsets.UTF_8).length + 2;
        return ByteBuffer.wrap(key.get(), used, key.get().length - used).slice();
    }

    /** The letter of a key. */
    static byte kind(Bytes key, String songId) {
        return key.get()[songId.getBytes(StandardCharsets.UTF_8).length + 1];
    }

    /** The number that ends a key. */
    static int lastNumber(Bytes key) {
        return ByteBuffer.wrap(key.get()).getInt(key.get().length - Integer.BYTES);
    }

    private static byte[] place(int level, int place) {
        return ByteBuffer.allocate(1 + Integer.BYTES)
                .put((byte) level)
                .putInt(place)
                .array();
    }

    private static byte[] prefixed(byte kind, byte[] rest) {
        return ByteBuffer.allocate(2 + rest.length)
                .put(SEPARATOR)
                .put(kind)
                .put(rest)
                .array();
    }

    private static Bytes key(String songId, byte[] rest) {
        return append(Bytes.wrap(songId.getBytes(StandardCharsets.UTF_8)), rest);
    }

    private static Bytes append(Bytes key, byte[] rest) {
        return Bytes.wrap(ByteBuffer.allocate(key.get().length + rest.length)
                .put(key.get())
                .put(rest)
                .array());
    }
}
