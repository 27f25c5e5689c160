package dev.segue.worker.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The codes of a run of the original, as its {@code data.pth.tar} holds them: what continuing and upsampling start
 * from.
 */
public final class ReferenceResult {
    private static final int MAX_CODES = 1 << 26;

    private final List<List<int[]>> zs;

    private ReferenceResult(List<List<int[]>> zs) {
        this.zs = zs;
    }

    /**
     * Reads the codes of every level.
     *
     * @throws WeightsException if the file cannot be read or holds no codes
     */
    public static ReferenceResult read(Path file) throws IOException {
        try (TorchCheckpoint checkpoint = TorchCheckpoint.open(file)) {
            Optional<PickleValue> zs = checkpoint.get("zs");
            if (zs.isEmpty()) {
                throw new WeightsException.Malformed(file, "there is no entry \"zs\"; is it the result of a run?");
            }
            List<List<int[]>> levels = new ArrayList<>();
            for (PickleValue level : TorchContents.list(file, zs.get(), "the entry \"zs\"")) {
                levels.add(codes(checkpoint, checkpoint.tensor(level, "zs[" + levels.size() + "]")));
            }
            return new ReferenceResult(List.copyOf(levels));
        }
    }

    private static List<int[]> codes(TorchCheckpoint checkpoint, TorchTensor tensor) throws IOException {
        if (tensor.shape().size() != 2
                || tensor.storage().type() != TensorType.I64
                || tensor.elements() > MAX_CODES
                || tensor.shape().get(0) > MAX_CODES) {
            throw new WeightsException.Malformed(
                    checkpoint.path(),
                    "codes are %s of shape %s, and belong to be I64 of (songs, codes) with at most %d of them"
                            .formatted(tensor.storage().type(), tensor.shape(), MAX_CODES));
        }
        int songs = Math.toIntExact(tensor.shape().get(0));
        int length = songs == 0 ? 0 : Math.toIntExact(tensor.elements() / songs);
        int[] flat = new int[songs * length];
        int[] filled = {0};
        checkpoint.read(tensor, TensorType.I64, piece -> filled[0] = append(checkpoint.path(), piece, flat, filled[0]));
        List<int[]> items = new ArrayList<>();
        for (int song = 0; song < songs; song++) {
            items.add(Arrays.copyOfRange(flat, song * length, (song + 1) * length));
        }
        return List.copyOf(items);
    }

    private static int append(Path file, ByteBuffer piece, int[] flat, int at) throws WeightsException {
        int next = at;
        while (piece.hasRemaining()) {
            long code = piece.getLong();
            if (code < 0 || code > Character.MAX_VALUE) {
                throw new WeightsException.Malformed(
                        file, "the code " + code + " is not within 0 and " + (int) Character.MAX_VALUE);
            }
            flat[next++] = (int) code;
        }
        return next;
    }

    /** Number of levels; level 0 is the finest. */
    public int levels() {
        return zs.size();
    }

    /** Codes of every song at {@code level}; empty arrays where the run has not come so far. */
    public List<int[]> codes(int level) {
        return zs.get(level).stream().map(int[]::clone).toList();
    }
}
