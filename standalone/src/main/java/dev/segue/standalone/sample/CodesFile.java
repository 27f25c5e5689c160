package dev.segue.standalone.sample;

import dev.segue.worker.sampling.SongCodes;
import dev.segue.worker.weights.ReferenceResult;
import dev.segue.worker.weights.SafetensorsFile;
import dev.segue.worker.weights.SafetensorsWriter;
import dev.segue.worker.weights.TensorSpec;
import dev.segue.worker.weights.TensorType;
import dev.segue.worker.weights.WeightsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The codes of a song in a file: ours, safetensors with an I64 tensor per level, or a {@code data.pth.tar} of the original. */
final class CodesFile {
    private static final String LEVEL = "level.";

    private CodesFile() {}

    static void write(Path file, SongCodes codes) throws IOException {
        List<TensorSpec> tensors = new ArrayList<>();
        for (int level = 0; level < codes.levels(); level++) {
            tensors.add(new TensorSpec(LEVEL + level, TensorType.I64, List.of((long) codes.length(level))));
        }
        try (SafetensorsWriter writer = SafetensorsWriter.create(file, tensors)) {
            for (int level = 0; level < codes.levels(); level++) {
                ByteBuffer bytes =
                        ByteBuffer.allocate(Long.BYTES * codes.length(level)).order(ByteOrder.LITTLE_ENDIAN);
                for (int code : codes.level(level)) {
                    bytes.putLong(code);
                }
                writer.write(LEVEL + level, bytes.flip());
            }
            writer.commit();
        }
    }

    /**
     * Reads the codes of one song.
     *
     * @param levels how many the model has
     * @throws WeightsException if the file is damaged or of another kind
     * @throws IllegalArgumentException if it has another number of levels
     */
    static SongCodes read(Path file, int levels) throws IOException {
        List<int[]> codes = new ArrayList<>();
        if (file.toString().endsWith(".safetensors")) {
            SafetensorsFile tensors = SafetensorsFile.open(file);
            for (int level = 0; tensors.tensors().containsKey(LEVEL + level); level++) {
                LongBuffer values = tensors.map(LEVEL + level).asLongBuffer();
                int[] of = new int[values.remaining()];
                for (int i = 0; i < of.length; i++) {
                    of[i] = Math.toIntExact(values.get(i));
                }
                codes.add(of);
            }
        } else {
            ReferenceResult result = ReferenceResult.read(file);
            for (int level = 0; level < result.levels(); level++) {
                codes.add(result.codes(level).get(0));
            }
        }
        if (codes.size() != levels) {
            throw new IllegalArgumentException(file + " has codes of " + codes.size() + " levels, but the model has "
                    + levels + "; give the codes of a song of this model");
        }
        return SongCodes.of(codes);
    }
}
