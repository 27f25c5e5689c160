package dev.segue.worker.jukebox;

import ai.djl.Device;

/**
 * What a prior computes in (specification §4.4). Embeddings, layer norms, softmax and conditioners are float32
 * throughout.
 */
public enum Precision {
    /** Everything in float32. */
    FLOAT32(Torch.FLOAT32, Torch.FLOAT32, Torch.FLOAT32, Torch.FLOAT32, Torch.FLOAT32, false),
    /**
     * Linear maps and the output matrix in bfloat16, and so keys and values, which linear maps give, are kept in it.
     * Products of attention and what runs from block to block are float32, since bfloat16 has three bits less than the
     * half precision that the model was trained in.
     */
    BFLOAT16(Torch.BFLOAT16, Torch.FLOAT32, Torch.BFLOAT16, Torch.FLOAT32, Torch.BFLOAT16, false),
    /**
     * Linear maps and the output matrix kept in float16, all arithmetic in float32. For CPUs of x86-64: the fastest
     * there while few windows run side by side, when a step is as long as reading the weights takes, and sixteen times
     * nearer to float32 than bfloat16 is. The engine writes once to the error stream that a later libtorch will drop
     * these products; the one that is used is pinned.
     */
    FLOAT16_WEIGHTS(Torch.FLOAT32, Torch.FLOAT32, Torch.FLOAT32, Torch.FLOAT32, Torch.FLOAT32, true),
    /** The whole stack in float16, as the original samples. For GPUs; a CPU multiplies float16 slowly. */
    FLOAT16(Torch.FLOAT16, Torch.FLOAT16, Torch.FLOAT16, Torch.FLOAT16, Torch.FLOAT32, false);

    /** Torch's numbers of its types. */
    private static final class Torch {
        static final long FLOAT16 = 5;
        static final long FLOAT32 = 6;
        static final long BFLOAT16 = 15;
    }

    private final long linear;
    private final long attention;
    private final long cache;
    private final long residual;
    private final long output;
    private final boolean packedHalf;

    Precision(long linear, long attention, long cache, long residual, long output, boolean packedHalf) {
        this.linear = linear;
        this.attention = attention;
        this.cache = cache;
        this.residual = residual;
        this.output = output;
        this.packedHalf = packedHalf;
    }

    /** Torch's number of the type of linear maps. */
    long linear() {
        return linear;
    }

    /** Torch's number of the type that queries, keys and values are multiplied in. */
    long attention() {
        return attention;
    }

    /** Torch's number of the type that keys, values and conditions are kept in. */
    long cache() {
        return cache;
    }

    /** Torch's number of the type that runs from block to block. */
    long residual() {
        return residual;
    }

    /** Torch's number of the type that the output matrix is multiplied in. */
    long output() {
        return output;
    }

    /** Whether linear maps are packed in float16 and multiplied in float32. */
    boolean packedHalf() {
        return packedHalf;
    }

    /** How many bytes a weight of a linear map takes in memory. */
    public int weightBytes() {
        return this == FLOAT32 ? Float.BYTES : Short.BYTES;
    }

    /**
     * Checks that a device computes in it.
     *
     * @throws IllegalArgumentException if it does not
     */
    void require(Device device) {
        if (this == FLOAT16 && !device.isGpu()) {
            throw new IllegalArgumentException("precision is FLOAT16 on a CPU, which multiplies it slowly; choose"
                    + " FLOAT16_WEIGHTS, FLOAT32 or BFLOAT16, or a GPU");
        }
        if (packedHalf && (device.isGpu() || !System.getProperty("os.arch").equals("amd64"))) {
            throw new IllegalArgumentException("precision is FLOAT16_WEIGHTS on " + device + " of "
                    + System.getProperty("os.arch") + ", but only CPUs of x86-64 compute in it; choose FLOAT16 on a GPU"
                    + " and BFLOAT16 or FLOAT32 elsewhere");
        }
    }
}
