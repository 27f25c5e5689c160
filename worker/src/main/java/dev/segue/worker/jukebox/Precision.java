package dev.segue.worker.jukebox;

/**
 * What a prior computes in (specification §4.4). Embeddings, layer norms, softmax and conditioners are float32
 * throughout.
 */
public enum Precision {
    /** Everything in float32. */
    FLOAT32(Torch.FLOAT32, Torch.FLOAT32, Torch.FLOAT32, Torch.FLOAT32, Torch.FLOAT32),
    /**
     * Linear maps and the output matrix in bfloat16, and so keys and values, which linear maps give, are kept in it.
     * Products of attention and what runs from block to block are float32, since bfloat16 has three bits less than the
     * half precision that the model was trained in.
     */
    BFLOAT16(Torch.BFLOAT16, Torch.FLOAT32, Torch.BFLOAT16, Torch.FLOAT32, Torch.BFLOAT16),
    /** The whole stack in float16, as the original samples. For GPUs; a CPU multiplies float16 slowly. */
    FLOAT16(Torch.FLOAT16, Torch.FLOAT16, Torch.FLOAT16, Torch.FLOAT16, Torch.FLOAT32);

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

    Precision(long linear, long attention, long cache, long residual, long output) {
        this.linear = linear;
        this.attention = attention;
        this.cache = cache;
        this.residual = residual;
        this.output = output;
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
}
