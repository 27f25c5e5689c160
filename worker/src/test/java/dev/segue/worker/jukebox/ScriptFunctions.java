package dev.segue.worker.jukebox;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.model.TransformerShape;
import dev.segue.worker.torch.ScriptModule;
import java.util.Arrays;
import java.util.List;

/** The small functions that sampling is made of, each called alone in the script that sampling runs. */
public final class ScriptFunctions implements AutoCloseable {
    private final ScriptModule prior;
    private final NDManager manager;

    public ScriptFunctions() {
        TransformerShape stack = new TransformerShape(8, 1, 1, 0, 1, 0.25, 1, 1);
        PriorShape shape = new PriorShape(0, 8, 8, stack, false, null, null, null, null, false, 44100);
        prior = PriorScript.load(shape, Device.cpu(), Precision.FLOAT32, true, PriorScript.ROW_BY_ROW);
        manager = prior.newManager();
    }

    /**
     * Logits as they are drawn from.
     *
     * @param logits rows [S][V]
     * @param topK how many may be drawn, any number
     * @param topP what they must reach; more than 1 for no limit
     */
    public float[][] restrict(float[][] logits, long topK, float topP) {
        int rows = logits.length;
        long[] k = new long[rows];
        float[] p = new float[rows];
        Arrays.fill(k, topK);
        Arrays.fill(p, topP);
        try (NDManager scratch = manager.newSubManager()) {
            Shape each = new Shape(rows, 1, 1);
            NDArray restricted = prior.tensor(
                    scratch, "restrict", rows(scratch, logits), scratch.create(k, each), scratch.create(p, each));
            return split(restricted.toFloatArray(), rows);
        }
    }

    /** The symbol that each row draws with its number of [0, 1). */
    public long[] draw(float[][] logits, float[] uniform) {
        try (NDManager scratch = manager.newSubManager()) {
            NDArray numbers = scratch.create(uniform, new Shape(uniform.length, 1, 1));
            return prior.tensor(scratch, "draw", rows(scratch, logits), numbers).toLongArray();
        }
    }

    /** The layer norm of a stack: x is rows of {@code weight.length}. */
    public static float[] norm(float[] x, float[] weight, float[] bias) {
        try (ScriptModule stack = stack(weight.length, true);
                NDManager scratch = stack.newManager()) {
            NDArray rows = scratch.create(x, new Shape(x.length / weight.length, weight.length));
            return stack.tensor(scratch, "norm", rows, scratch.create(weight), scratch.create(bias))
                    .toFloatArray();
        }
    }

    /**
     * The MLP of a stack between two identities: the activation alone.
     *
     * @param sampling whether as it is prepared for sampling or as published
     */
    public static float[] activation(float[] x, boolean sampling) {
        int width = x.length;
        try (ScriptModule stack = stack(width, sampling);
                NDManager scratch = stack.newManager()) {
            NDArray identity = scratch.eye(width);
            NDArray nothing = scratch.zeros(new Shape(width));
            for (String linear : List.of("mlp.c_fc", "mlp.c_proj")) {
                stack.run("put", linear + ".w", identity);
                stack.run("put", linear + ".b", nothing);
            }
            return stack.tensor(scratch, "mlp", 0, scratch.create(x, new Shape(1, 1, width)))
                    .toFloatArray();
        }
    }

    private static ScriptModule stack(int width, boolean sampling) {
        TransformerShape shape = new TransformerShape(width, 1, 1, 0, 1, 1, 1, 1);
        return ScriptModule.load(
                Device.cpu(),
                PriorScript.class,
                List.of("Transformer"),
                PriorScript.transformer(
                        shape,
                        List.of(AttentionPattern.DENSE),
                        8,
                        0,
                        0,
                        Precision.FLOAT32,
                        sampling,
                        PriorScript.ROW_BY_ROW));
    }

    private static NDArray rows(NDManager owner, float[][] rows) {
        float[] flat = new float[rows.length * rows[0].length];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, flat, row * rows[0].length, rows[0].length);
        }
        return owner.create(flat, new Shape(rows.length, 1, rows[0].length));
    }

    private static float[][] split(float[] flat, int rows) {
        int columns = flat.length / rows;
        float[][] split = new float[rows][];
        for (int row = 0; row < rows; row++) {
            split[row] = Arrays.copyOfRange(flat, row * columns, (row + 1) * columns);
        }
        return split;
    }

    @Override
    public void close() {
        manager.close();
        prior.close();
    }
}
