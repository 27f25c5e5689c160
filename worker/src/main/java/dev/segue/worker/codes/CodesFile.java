package dev.segue.worker.codes;

import dev.segue.contracts.window.CodeRange;
import dev.segue.worker.sampling.SongCodes;
import dev.segue.worker.weights.Mapping;
import dev.segue.worker.weights.ReferenceResult;
import dev.segue.worker.weights.SafetensorsFile;
import dev.segue.worker.weights.TensorInfo;
import dev.segue.worker.weights.TensorType;
import dev.segue.worker.weights.WeightsException;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The codes of a song in a file of ours, safetensors with an I64 tensor per level, the finest first. Opening reads its
 * header only, and a range only the pages it lies on. Immutable and safe for any thread.
 */
public final class CodesFile {
    static final String LEVEL = "level.";

    /** Codes are unsigned 16-bit wherever they travel. */
    private static final long MOST = 0xFFFF;

    private final SafetensorsFile file;
    private final List<Integer> lengths;

    private CodesFile(SafetensorsFile file, List<Integer> lengths) {
        this.file = file;
        this.lengths = lengths;
    }

    /**
     * Opens a file.
     *
     * @param levels how many the model has
     * @throws WeightsException if the file is damaged or of another kind
     * @throws IllegalArgumentException if it has another number of levels
     */
    public static CodesFile open(Path path, int levels) throws IOException {
        SafetensorsFile file = SafetensorsFile.open(path);
        List<Integer> lengths = new ArrayList<>();
        for (int level = 0; file.tensors().containsKey(LEVEL + level); level++) {
            TensorInfo tensor = file.tensors().get(LEVEL + level);
            if (tensor.type() != TensorType.I64 || tensor.shape().size() != 1) {
                throw new WeightsException.Mismatch(
                        path,
                        "%s is %s %s, but codes are I64 of one axis; give the codes of a song"
                                .formatted(tensor.name(), tensor.type(), tensor.shape()));
            }
            lengths.add(Math.toIntExact(tensor.elements()));
        }
        requireLevels(path, lengths.size(), levels);
        return new CodesFile(file, List.copyOf(lengths));
    }

    /** Writes a song that is in memory. */
    public static void write(Path target, SongCodes codes) throws IOException {
        List<Integer> lengths = new ArrayList<>();
        for (int level = 0; level < codes.levels(); level++) {
            lengths.add(codes.length(level));
        }
        try (CodesWriter writer = CodesWriter.create(target, lengths)) {
            for (int level = 0; level < codes.levels(); level++) {
                writer.add(level, codes.level(level));
            }
            writer.finish();
        }
    }

    /**
     * Reads the codes of one whole song, from a file of ours or a {@code data.pth.tar} of the original.
     *
     * @param levels how many the model has
     * @throws WeightsException if the file is damaged or of another kind
     * @throws IllegalArgumentException if it has another number of levels
     */
    public static SongCodes read(Path path, int levels) throws IOException {
        List<int[]> codes = new ArrayList<>();
        if (path.toString().endsWith(".safetensors")) {
            CodesFile file = open(path, levels);
            for (int level = 0; level < levels; level++) {
                codes.add(file.range(level, new CodeRange(0, file.length(level))));
            }
        } else {
            ReferenceResult result = ReferenceResult.read(path);
            for (int level = 0; level < result.levels(); level++) {
                codes.add(result.codes(level).get(0));
            }
            requireLevels(path, codes.size(), levels);
        }
        return SongCodes.of(codes);
    }

    private static void requireLevels(Path path, int has, int levels) {
        if (has != levels) {
            throw new IllegalArgumentException(path + " has codes of " + has + " levels, but the model has " + levels
                    + "; give the codes of a song of this model");
        }
    }

    /** How many levels it has. */
    public int levels() {
        return lengths.size();
    }

    /** How many codes of a level it has. */
    public int length(int level) {
        return lengths.get(level);
    }

    /**
     * Some codes of a level.
     *
     * @throws IllegalArgumentException if the file has not all of them
     * @throws WeightsException if one of them is no code
     */
    public int[] range(int level, CodeRange range) throws IOException {
        if (range.end() > length(level)) {
            throw new IllegalArgumentException(
                    "codes " + range + " of level " + level + " are asked for, but only " + length(level) + " exist");
        }
        int[] codes = new int[range.length()];
        if (codes.length == 0) {
            return codes;
        }
        try (Mapping mapping = file.mapping(LEVEL + level)) {
            LongBuffer values = mapping.data().asLongBuffer().position(range.start());
            for (int i = 0; i < codes.length; i++) {
                long code = values.get();
                if (code < 0 || code > MOST) {
                    throw new WeightsException.Mismatch(
                            file.path(),
                            "code %d of level %d is %d, but codes are from 0 to %d; give the codes of a song"
                                    .formatted(range.start() + i, level, code, MOST));
                }
                codes[i] = (int) code;
            }
        }
        return codes;
    }
}
