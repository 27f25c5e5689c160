package dev.segue.orchestrator.state;

import dev.segue.contracts.record.CodeBytes;
import dev.segue.orchestrator.plan.Piece;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/**
 * Codes of songs that did not end: one entry for each accepted window and for each piece of a prompt, written once, never
 * written again. Codes are little-endian unsigned 16-bit, as they came.
 *
 * <p>Owned by the thread of the orchestrator's task.
 */
public final class CodeStore {
    private final BufferedTable table;

    /** Reads and writes codes. */
    public CodeStore(BufferedTable table) {
        this.table = Objects.requireNonNull(table, "table is null");
    }

    /** Adds what a window wrote. */
    public void putWindow(String songId, int level, int window, ByteBuffer codes) {
        table.put(StateKeys.placed(songId, StateKeys.WINDOW_CODES, level, window), bytes(codes));
    }

    /** Whether there is what a window wrote. */
    public boolean hasWindow(String songId, int level, int window) {
        return table.get(StateKeys.placed(songId, StateKeys.WINDOW_CODES, level, window)) != null;
    }

    /** Adds a piece of a prompt; one that is there already stays as it is. */
    public void putPrompt(String songId, String preparation, int level, int start, ByteBuffer codes) {
        Bytes key = StateKeys.prompt(songId, preparation, level, start);
        if (table.get(key) == null) {
            table.put(key, bytes(codes));
        }
    }

    /** How many codes of a level a preparation gave without a gap from the beginning and without an overlap. */
    public int promptCodes(String songId, String preparation, int level) {
        int codes = 0;
        for (KeyValue<Bytes, byte[]> piece : prompt(songId, preparation, level)) {
            if (StateKeys.lastNumber(piece.key) != codes) {
                return codes;
            }
            codes += piece.value.length / CodeBytes.WIDTH;
        }
        return codes;
    }

    /** Forgets what other preparations gave. */
    public void keepOnly(String songId, String preparation) {
        Bytes kept = StateKeys.preparation(songId, preparation);
        for (KeyValue<Bytes, byte[]> piece : table.startingWith(StateKeys.of(songId, StateKeys.PROMPT_CODES))) {
            if (!startsWith(piece.key, kept)) {
                table.delete(piece.key);
            }
        }
    }

    /**
     * Puts codes together.
     *
     * @param preparation the one that counts
     * @param pieces where they lie
     * @throws IllegalStateException if some do not exist
     */
    public ByteBuffer codes(String songId, String preparation, int level, List<Piece> pieces) {
        int count = pieces.stream().mapToInt(piece -> piece.codes().length()).sum();
        ByteBuffer codes = ByteBuffer.allocate(count * CodeBytes.WIDTH);
        for (Piece piece : pieces) {
            if (piece.isPrompt()) {
                addPrompt(songId, preparation, level, piece, codes);
            } else {
                add(songId, level, piece, codes);
            }
        }
        return codes.flip();
    }

    /** Forgets all codes of a song. */
    public void forget(String songId) {
        for (KeyValue<Bytes, byte[]> entry : table.startingWith(StateKeys.song(songId))) {
            table.delete(entry.key);
        }
    }

    private void add(String songId, int level, Piece piece, ByteBuffer target) {
        byte[] written = table.get(StateKeys.placed(songId, StateKeys.WINDOW_CODES, level, piece.window()));
        int first = piece.from() * CodeBytes.WIDTH;
        int length = piece.codes().length() * CodeBytes.WIDTH;
        if (written == null || first + length > written.length) {
            throw new IllegalStateException(
                    "song " + songId + " lacks codes of window " + piece.window() + " of level " + level);
        }
        target.put(written, first, length);
    }

    private void addPrompt(String songId, String preparation, int level, Piece piece, ByteBuffer target) {
        int next = piece.from();
        int end = next + piece.codes().length();
        for (KeyValue<Bytes, byte[]> part : prompt(songId, preparation, level)) {
            int start = StateKeys.lastNumber(part.key);
            int upTo = Math.min(end, start + part.value.length / CodeBytes.WIDTH);
            if (start <= next && next < upTo) {
                target.put(part.value, (next - start) * CodeBytes.WIDTH, (upTo - next) * CodeBytes.WIDTH);
                next = upTo;
            }
        }
        if (next < end) {
            throw new IllegalStateException(
                    "song " + songId + " lacks codes of its prompt at level " + level + " from " + next);
        }
    }

    private List<KeyValue<Bytes, byte[]>> prompt(String songId, String preparation, int level) {
        return table.startingWith(StateKeys.promptLevel(songId, preparation, level));
    }

    private static boolean startsWith(Bytes key, Bytes prefix) {
        byte[] bytes = key.get();
        byte[] first = prefix.get();
        return bytes.length >= first.length && Arrays.equals(bytes, 0, first.length, first, 0, first.length);
    }

    private static byte[] bytes(ByteBuffer codes) {
        byte[] bytes = new byte[codes.remaining()];
        codes.duplicate().get(bytes);
        return bytes;
    }
}
