package dev.segue.worker.sampling;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.model.TransformerShape;
import dev.segue.contracts.window.CodeRange;
import dev.segue.contracts.window.Window;
import dev.segue.worker.jukebox.PackedPriors;
import dev.segue.worker.jukebox.Precision;
import dev.segue.worker.jukebox.Prior;
import dev.segue.worker.jukebox.StateDict;
import dev.segue.worker.weights.RandomWeights;
import dev.segue.worker.weights.SafetensorsFile;
import dev.segue.worker.weights.TensorSpec;
import dev.segue.worker.weights.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A small prior without labels, with seeded random weights, and windows for it. */
public final class TinyPriors {
    public static final int CODES = 24;
    public static final int CONTEXT = 160;

    /** Order 9 has every pattern that a prior without lyrics can have. */
    public static final PriorShape SHAPE = new PriorShape(
            0,
            CONTEXT,
            CODES,
            new TransformerShape(64, 4, 2, 9, 8, 0.25, 1, 1),
            false,
            null,
            null,
            null,
            null,
            false,
            44100);

    private TinyPriors() {}

    public static SafetensorsFile weights(Path folder) throws IOException {
        Path path = folder.resolve("tiny.safetensors");
        List<TensorSpec> tensors = StateDict.of(SHAPE).entrySet().stream()
                .map(entry -> new TensorSpec(
                        entry.getKey(), TensorType.F32, entry.getValue().shape()))
                .toList();
        new RandomWeights(1, TinyPriors::scale).write(path, tensors);
        return SafetensorsFile.open(path);
    }

    private static RandomWeights.Scale scale(String name) {
        return name.contains(".ln_") && name.endsWith("weight")
                ? new RandomWeights.Scale(1, 0.1f)
                : new RandomWeights.Scale(0, name.endsWith("x_out.weight") ? 0.4f : 0.3f);
    }

    /** The same weights, but what is added at one position is no number. */
    static SafetensorsFile damagedAt(int position, Path folder) throws IOException {
        Path path = weights(folder).path();
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            file.read(length, 0);
            ByteBuffer header = ByteBuffer.allocate((int) length.getLong(0));
            file.read(header, Long.BYTES);
            JsonNode positions = new ObjectMapper().readTree(header.array()).get("prior.pos_emb.pos_emb");
            int row = SHAPE.decoder().width() * Float.BYTES;
            ByteBuffer damage = ByteBuffer.allocate(row).order(ByteOrder.LITTLE_ENDIAN);
            while (damage.hasRemaining()) {
                damage.putFloat(Float.NaN);
            }
            long begin = Long.BYTES
                    + header.capacity()
                    + positions.at("/data_offsets/0").asLong();
            file.write(damage.flip(), begin + (long) position * row);
        }
        return SafetensorsFile.open(path);
    }

    static SlotEngine engine(SafetensorsFile weights, int slots) {
        return new SlotEngine(Prior.forSampling(SHAPE, weights, Device.cpu(), Precision.FLOAT32), slots);
    }

    static SlotEngine packed(SafetensorsFile weights, Precision precision, int slots) {
        return new SlotEngine(PackedPriors.load(SHAPE, weights, precision), slots);
    }

    /** A window at the beginning of a song, with codes known and codes to be added. */
    static WindowJob job(int known, int added, Sampling sampling, long seed) {
        int[] codes = new int[known];
        for (int i = 0; i < known; i++) {
            codes[i] = (int) (CounterRandom.uniform(seed, 7, i) * CODES);
        }
        Window window = new Window(
                0, new CodeRange(0, CONTEXT), new CodeRange(0, known), new CodeRange(known, known + added), null);
        return new WindowJob(window, null, codes, null, sampling, seed);
    }
}
