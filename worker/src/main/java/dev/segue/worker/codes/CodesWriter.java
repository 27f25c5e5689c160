package dev.segue.worker.codes;

import dev.segue.worker.weights.SafetensorsWriter;
import dev.segue.worker.weights.TensorSpec;
import dev.segue.worker.weights.TensorType;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the codes of a song, piece by piece in bounded memory, as the safetensors file that {@link CodesFile} reads: one
 * I64 tensor per level. Closing before {@link #finish} leaves nothing. Owned by one thread.
 */
public final class CodesWriter implements Closeable {
    private static final int CODES = 1 << 13;

    private final SafetensorsWriter file;

    private CodesWriter(SafetensorsWriter file) {
        this.file = file;
    }

    /**
     * Begins a file, replacing what is there.
     *
     * @param lengths codes of each level, the finest first
     */
    public static CodesWriter create(Path target, List<Integer> lengths) throws IOException {
        List<TensorSpec> tensors = new ArrayList<>();
        for (int level = 0; level < lengths.size(); level++) {
            tensors.add(new TensorSpec(CodesFile.LEVEL + level, TensorType.I64, List.of((long) lengths.get(level))));
        }
        return new CodesWriter(SafetensorsWriter.create(target, tensors));
    }

    /**
     * Adds the next codes of a level as songs keep them in pieces: raw, little-endian, unsigned 16-bit.
     *
     * @param name what errors call the piece
     * @return how many codes it had
     * @throws IllegalArgumentException if it ends within a code, or has more codes than the level lacks
     */
    public long add(int level, String name, InputStream piece) throws IOException {
        byte[] raw = new byte[CODES * Short.BYTES];
        long added = 0;
        for (int read = piece.readNBytes(raw, 0, raw.length); read > 0; read = piece.readNBytes(raw, 0, raw.length)) {
            if (read % Short.BYTES != 0) {
                throw new IllegalArgumentException(name + " has " + (added * Short.BYTES + read)
                        + " bytes, but codes take 2 each; write the piece again");
            }
            ByteBuffer codes = ByteBuffer.wrap(raw, 0, read).order(ByteOrder.LITTLE_ENDIAN);
            ByteBuffer wide =
                    ByteBuffer.allocate(read / Short.BYTES * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            while (codes.hasRemaining()) {
                wide.putLong(Short.toUnsignedLong(codes.getShort()));
            }
            file.write(CodesFile.LEVEL + level, wide.flip());
            added += read / Short.BYTES;
        }
        return added;
    }

    /** Adds the next codes of a level. */
    public void add(int level, int[] codes) throws IOException {
        ByteBuffer wide =
                ByteBuffer.allocate(Math.min(CODES, codes.length) * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < codes.length; from += CODES) {
            wide.clear();
            for (int i = from; i < Math.min(codes.length, from + CODES); i++) {
                wide.putLong(codes[i]);
            }
            file.write(CodesFile.LEVEL + level, wide.flip());
        }
    }

    /**
     * Makes the file whole.
     *
     * @throws IllegalStateException if a level lacks codes
     */
    public void finish() throws IOException {
        file.commit();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
