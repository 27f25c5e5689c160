package dev.segue.worker.jukebox;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.segue.contracts.model.TransformerShape;
import dev.segue.worker.torch.ScriptModule;
import java.util.Arrays;
import java.util.List;

/**
 * The attention of one layer out of {@code Transformer.py}, alone: the layer norm before it undone and the MLP behind it
 * zero.
 *
 * <p>A layer norm cannot be the identity, but every position can be given two more channels that make its mean 0 and its
 * variance the same as everywhere; then it only scales, and its weight scales back.
 */
public final class AttentionLayer implements AutoCloseable {
    private static final double EPSILON = 1e-5;
    private static final int MORE = 2;

    private final AttentionWeights weights;
    private final int pattern;
    private final int width;
    private final ScriptModule script;
    private final NDManager manager;
    private final double variance;

    /**
     * @param context L
     * @param prefix lyric tokens in the stream, not yet rounded
     * @param memory positions of the lyric encoder
     * @param variance of every widened position: {@link #variance} of the inputs, or more
     * @param rowByRow 0 for packed weights, Long.MAX_VALUE for plain ones
     */
    public AttentionLayer(
            AttentionWeights weights,
            AttentionPattern pattern,
            int context,
            int blocks,
            int prefix,
            int memory,
            double variance,
            long rowByRow) {
        this.weights = weights;
        this.pattern = pattern.function();
        this.width = weights.width() + MORE;
        this.variance = variance;
        TransformerShape shape =
                new TransformerShape(width, 1, weights.heads(), 0, blocks, (weights.inner() + 0.5) / width, 1, 1);
        script = ScriptModule.load(
                Device.cpu(),
                PriorScript.class,
                List.of("Transformer"),
                PriorScript.transformer(
                        shape, List.of(pattern), context, prefix, memory, Precision.FLOAT32, true, rowByRow));
        manager = script.newManager();
        putWeights();
    }

    /** The least variance that every position can be widened to: of S and Q, its sum and its squares', Q + S² / 2. */
    public static double variance(float[][][] x) {
        double most = 0;
        for (float[][] item : x) {
            for (float[] position : item) {
                double sum = 0;
                double squares = 0;
                for (float value : position) {
                    sum += value;
                    squares += (double) value * value;
                }
                most = Math.max(most, (squares + sum * sum / 2) / (position.length + MORE));
            }
        }
        return most * (1 + EPSILON);
    }

    private void putWeights() {
        float[] scale = new float[width];
        Arrays.fill(scale, (float) Math.sqrt(variance + EPSILON));
        int a = weights.inner();
        put("ln_0.weight", scale, width);
        put("ln_0.bias", new float[width], width);
        int out = weights.attnB().length;
        put("attn.c_attn.w", Arrays.copyOf(weights.attnW(), width * out), width, out);
        put("attn.c_attn.b", weights.attnB(), out);
        if (weights.memoryW() != null) {
            put("attn.c_enc_kv.w", weights.memoryW(), weights.width(), 2L * a);
            put("attn.c_enc_kv.b", weights.memoryB(), 2L * a);
        }
        float[] projection = new float[a * width];
        for (int row = 0; row < a; row++) {
            System.arraycopy(weights.projW(), row * weights.width(), projection, row * width, weights.width());
        }
        put("attn.c_proj.w", projection, a, width);
        put("attn.c_proj.b", Arrays.copyOf(weights.projB(), width), width);
        put("ln_1.weight", scale, width);
        put("ln_1.bias", new float[width], width);
        for (String linear : List.of("mlp.c_fc", "mlp.c_proj")) {
            put(linear + ".w", new float[width * width], width, width);
            put(linear + ".b", new float[width], width);
        }
    }

    private void put(String name, float[] value, long... shape) {
        try (NDArray tensor = manager.create(value, new Shape(shape))) {
            script.run("put", name, tensor);
        }
    }

    /** A whole pass: x [N][T][W], memory [N][M][W] or null → [N][T][W]. */
    public float[][][] whole(float[][][] x, float[][][] memory) {
        try (NDManager scratch = manager.newSubManager()) {
            NDArray in = widened(scratch, x);
            return attention(script.tensor(scratch, "forward", in, memory(scratch, memory, x.length))
                    .sub(in));
        }
    }

    /** Softmax weights of one head of a cross or lyric-prefix layer, [N, T, keys] row-major. */
    public float[] weights(float[][][] x, float[][][] memory, int head) {
        try (NDManager scratch = manager.newSubManager()) {
            return script.tensor(scratch, "weights", widened(scratch, x), memory(scratch, memory, x.length), 0, head)
                    .toFloatArray();
        }
    }

    /** Makes a slot for every item of a batch. To be called once. */
    public void allocate(int slots) {
        script.run("allocate", slots);
    }

    /**
     * Steps, each item in a slot of its own from another position on: one pass over the first {@code known[item]}
     * positions, then position by position to the end. What is returned at known positions is zero.
     */
    public float[][][] stepped(float[][][] x, float[][][] memory, int[] known) {
        int length = x[0].length;
        float[][][] result = new float[x.length][length][weights.width()];
        try (NDManager scratch = manager.newSubManager()) {
            NDArray in = widened(scratch, x); // [N, T, W + 2]
            NDArray remembered = memory(scratch, memory, x.length);
            for (int slot = 0; slot < x.length; slot++) {
                NDArray mine = remembered.get(slot).expandDims(0);
                script.run("reset", slot, mine);
                if (known[slot] > 0) {
                    NDArray first = in.get(slot + ", 0:" + known[slot]).expandDims(0);
                    script.run("prefill", slot, first, mine);
                }
            }
            int steps = length - Arrays.stream(known).min().orElseThrow();
            long[][] positions = new long[steps][x.length];
            for (int step = 0; step < steps; step++) {
                for (int slot = 0; slot < x.length; slot++) {
                    positions[step][slot] = Math.min(known[slot] + step, length - 1);
                }
            }
            script.run("plan", matrix(scratch, positions));
            for (int step = 0; step < steps; step++) {
                NDArray now = scratch.zeros(new Shape(0, 1, width));
                for (int slot = 0; slot < x.length; slot++) {
                    now = now.concat(in.get(slot + ", " + positions[step][slot]).reshape(1, 1, width), 0);
                }
                float[][][] y =
                        attention(script.tensor(scratch, "step", step, now).sub(now));
                for (int slot = 0; slot < x.length; slot++) {
                    if (known[slot] + step < length) {
                        result[slot][known[slot] + step] = y[slot][0];
                    }
                }
            }
        }
        return result;
    }

    /** How many rows of its cache a step at this position attends to. */
    public long attended(int position) {
        try (NDManager scratch = manager.newSubManager()) {
            NDArray at = scratch.create(new long[] {position}, new Shape(1, 1));
            return script.tensor(scratch, "attended", pattern, at)
                    .toType(DataType.INT64, true)
                    .sum()
                    .getLong();
        }
    }

    /** [N][T][W] → [N, T, W + 2], the last two so that every position has mean 0 and the variance. */
    private NDArray widened(NDManager owner, float[][][] x) {
        float[] flat = new float[x.length * x[0].length * width];
        int at = 0;
        for (float[][] item : x) {
            for (float[] position : item) {
                double sum = 0;
                double squares = 0;
                for (float value : position) {
                    flat[at++] = value;
                    sum += value;
                    squares += (double) value * value;
                }
                double root = Math.sqrt(2 * (width * variance - squares) - sum * sum);
                flat[at++] = (float) ((-sum + root) / 2);
                flat[at++] = (float) ((-sum - root) / 2);
            }
        }
        return owner.create(flat, new Shape(x.length, x[0].length, width));
    }

    /** [N, T, W + 2] → [N][T][W] */
    private float[][][] attention(NDArray y) {
        int batch = (int) y.getShape().get(0);
        int length = (int) y.getShape().get(1);
        float[] flat = y.toFloatArray();
        float[][][] result = new float[batch][length][];
        for (int row = 0; row < batch * length; row++) {
            result[row / length][row % length] = Arrays.copyOfRange(flat, row * width, row * width + weights.width());
        }
        return result;
    }

    private NDArray memory(NDManager owner, float[][][] memory, int batch) {
        if (memory == null) {
            return owner.zeros(new Shape(batch, 0, weights.width()));
        }
        float[] flat = new float[batch * memory[0].length * weights.width()];
        int at = 0;
        for (float[][] item : memory) {
            for (float[] position : item) {
                System.arraycopy(position, 0, flat, at, position.length);
                at += position.length;
            }
        }
        return owner.create(flat, new Shape(batch, memory[0].length, weights.width()));
    }

    private static NDArray matrix(NDManager owner, long[][] rows) {
        return owner.create(
                Arrays.stream(rows).flatMapToLong(Arrays::stream).toArray(), new Shape(rows.length, rows[0].length));
    }

    @Override
    public void close() {
        manager.close();
        script.close();
    }
}
