package dev.segue.worker.jukebox;

import java.util.random.RandomGenerator;

/** The linear maps around one attention, as published; matrices are (in, out), row-major. */
public final class AttentionWeights {
    private final int width;
    private final int inner;
    private final int heads;
    private final float[] attnW;
    private final float[] attnB;
    private final float[] memoryW;
    private final float[] memoryB;
    private final float[] projW;
    private final float[] projB;

    /**
     * @param width W
     * @param inner A
     * @param heads divides A
     * @param attnW c_attn.w, [W, 3A]; [W, A] if {@code memoryW} is there
     * @param memoryW c_enc_kv.w, [W, 2A]; null unless keys come from a lyric encoder
     * @param projW c_proj.w, [A, W]
     */
    public AttentionWeights(
            int width,
            int inner,
            int heads,
            float[] attnW,
            float[] attnB,
            float[] memoryW,
            float[] memoryB,
            float[] projW,
            float[] projB) {
        this.width = width;
        this.inner = inner;
        this.heads = heads;
        this.attnW = attnW;
        this.attnB = attnB;
        this.memoryW = memoryW;
        this.memoryB = memoryB;
        this.projW = projW;
        this.projB = projB;
    }

    int width() {
        return width;
    }

    int inner() {
        return inner;
    }

    int heads() {
        return heads;
    }

    float[] attnW() {
        return attnW;
    }

    float[] attnB() {
        return attnB;
    }

    float[] memoryW() {
        return memoryW;
    }

    float[] memoryB() {
        return memoryB;
    }

    float[] projW() {
        return projW;
    }

    float[] projB() {
        return projB;
    }

    static AttentionWeights random(RandomGenerator random, int width, int inner, int heads, boolean cross) {
        int out = cross ? inner : 3 * inner;
        return new AttentionWeights(
                width,
                inner,
                heads,
                values(random, width * out),
                values(random, out),
                cross ? values(random, width * 2 * inner) : null,
                cross ? values(random, 2 * inner) : null,
                values(random, inner * width),
                values(random, width));
    }

    static float[] values(RandomGenerator random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (0.5 * random.nextGaussian());
        }
        return values;
    }
}
