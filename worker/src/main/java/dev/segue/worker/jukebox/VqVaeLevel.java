package dev.segue.worker.jukebox;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.segue.contracts.model.Dilations;
import dev.segue.contracts.model.ReceptiveField;
import dev.segue.contracts.model.VqVaeShape;
import dev.segue.worker.torch.ScriptArchive;
import dev.segue.worker.torch.ScriptModule;
import dev.segue.worker.weights.SafetensorsFile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One level of the VQ-VAE: an encoder, a codebook and a decoder of its own, which share nothing with other levels
 * (specification §2.1). The mathematics is in {@code VqVaeLevel.py}.
 *
 * <p>Sound is [batch, time] float32 in [-1, 1], codes are [batch, length] int64, latents [batch, embedding, length];
 * time is length times {@link #hop}. Results belong to the manager that is passed. Owned by one thread.
 */
public final class VqVaeLevel implements AutoCloseable {
    private final VqVaeShape shape;
    private final int level;
    private final ScriptModule script;
    private final NDManager weights;

    private VqVaeLevel(VqVaeShape shape, int level, ScriptModule script, NDManager weights) {
        this.shape = shape;
        this.level = level;
        this.script = script;
        this.weights = weights;
    }

    static VqVaeLevel load(Device device, VqVaeShape shape, int level, SafetensorsFile file) {
        ScriptModule script = ScriptModule.load(
                device, VqVaeLevel.class, List.of("convolutions", "vqvae", "VqVaeLevel"), attributes(shape, level));
        NDManager weights = script.newManager();
        try {
            script.run(
                    "put",
                    Parameters.copies(file, StateDict.encoder(shape, level), weights),
                    Parameters.copies(file, StateDict.decoder(shape, level), weights),
                    Parameters.copies(file, StateDict.codebook(shape, level), weights)
                            .get(0));
            return new VqVaeLevel(shape, level, script, weights);
        } catch (RuntimeException e) {
            weights.close();
            script.close();
            throw e;
        }
    }

    /** The script's attributes that follow from the shape. */
    public static Map<String, Object> attributes(VqVaeShape shape, int level) {
        Map<String, Object> attributes = new TreeMap<>();
        for (String list : List.of("encoder", "decoder", "codebook")) {
            attributes.put(list, ScriptArchive.EMPTY_TENSOR_LIST);
        }
        attributes.put("downs", firstBlocks(shape.downs(), level));
        attributes.put("strides", firstBlocks(shape.strides(), level));
        attributes.put("encoder_dilations", dilations(shape, level, false));
        attributes.put("decoder_dilations", dilations(shape, level, shape.reverseDecoderDilation()));
        return attributes;
    }

    private static long[] firstBlocks(List<Integer> ofEachBlock, int level) {
        return ofEachBlock.subList(0, level + 1).stream()
                .mapToLong(Integer::longValue)
                .toArray();
    }

    private static long[] dilations(VqVaeShape shape, int level, boolean reversed) {
        return Dilations.of(shape.depth(level), shape.dilationGrowth(), shape.dilationCycle(), reversed);
    }

    /** Samples per code. */
    public int hop() {
        return shape.hop(level);
    }

    /** How far its convolutions see. */
    public ReceptiveField receptiveField() {
        return new ReceptiveField(shape, level);
    }

    /** Where its values lie. */
    public Device device() {
        return script.device();
    }

    /** A manager for values that are passed to it or come from it. */
    public NDManager newManager() {
        return script.newManager();
    }

    /**
     * Sound to codes. Its time must be a multiple of {@link #hop}.
     *
     * @throws IllegalArgumentException if it is not [batch, time] float32, its time a positive multiple of the hop
     */
    public NDArray encode(NDManager owner, NDArray sound) {
        return script.tensor(owner, "encode", checkSound(sound));
    }

    /**
     * Sound to latents, before quantisation.
     *
     * @throws IllegalArgumentException if it is not [batch, time] float32, its time a positive multiple of the hop
     */
    public NDArray latents(NDManager owner, NDArray sound) {
        return script.tensor(owner, "latents", checkSound(sound));
    }

    /**
     * Output of each encoder block, finest first.
     *
     * @throws IllegalArgumentException if it is not [batch, time] float32, its time a positive multiple of the hop
     */
    public NDList encoderBlocks(NDManager owner, NDArray sound) {
        return script.tensors(owner, "encoder_blocks", checkSound(sound));
    }

    /** Squared distances of latents to each codebook entry: [batch, length, codes]. */
    public NDArray distances(NDManager owner, NDArray latents) {
        return script.tensor(owner, "distances", latents);
    }

    /** The nearest entry for each latent, the first of several. */
    public NDArray quantise(NDManager owner, NDArray latents) {
        return script.tensor(owner, "quantise", latents);
    }

    /**
     * Codes to the codebook entries that they name, as latents.
     *
     * @throws IllegalArgumentException if the codes are not [batch, length] int64, at least one, or not in the codebook
     */
    public NDArray dequantise(NDManager owner, NDArray codes) {
        return script.tensor(owner, "dequantise", checkCodes(codes));
    }

    /**
     * Output of each decoder block, coarsest first.
     *
     * @throws IllegalArgumentException if the codes are not [batch, length] int64, at least one, or not in the codebook
     */
    public NDList decoderBlocks(NDManager owner, NDArray codes) {
        return script.tensors(owner, "decoder_blocks", checkCodes(codes));
    }

    /**
     * Codes to sound, which may exceed [-1, 1]: nothing is clamped.
     *
     * @throws IllegalArgumentException if the codes are not [batch, length] int64, at least one, or not in the codebook
     */
    public NDArray decode(NDManager owner, NDArray codes) {
        return script.tensor(owner, "decode", checkCodes(codes));
    }

    private NDArray checkSound(NDArray sound) {
        if (sound.getDataType() != DataType.FLOAT32 || sound.getShape().dimension() != 2) {
            throw new IllegalArgumentException("sound is " + describe(sound) + "; pass [batch, time] float32");
        }
        long time = sound.getShape().get(1);
        if (time == 0 || time % hop() != 0) {
            throw new IllegalArgumentException("sound has " + time + " samples; level " + level
                    + " needs a positive multiple of its hop, " + hop() + ": cut or pad it");
        }
        return sound;
    }

    private NDArray checkCodes(NDArray codes) {
        if (codes.getDataType() != DataType.INT64 || codes.getShape().dimension() != 2) {
            throw new IllegalArgumentException("codes are " + describe(codes) + "; pass [batch, length] int64");
        }
        if (codes.getShape().get(1) == 0) {
            throw new IllegalArgumentException("there are no codes of level " + level + "; pass at least one");
        }
        // Looking up what a codebook lacks would end a GPU's context, and with it the process.
        try (NDArray least = codes.min();
                NDArray most = codes.max()) {
            if (least.getLong() < 0 || most.getLong() >= shape.codes()) {
                throw new IllegalArgumentException("codes of level " + level + " go from " + least.getLong() + " to "
                        + most.getLong() + "; its codebook has 0 to " + (shape.codes() - 1));
            }
        }
        return codes;
    }

    private static String describe(NDArray array) {
        return array.getShape() + " " + array.getDataType();
    }

    @Override
    public void close() {
        weights.close();
        script.close();
    }
}
