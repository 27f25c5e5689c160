package dev.segue.worker.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.segue.contracts.model.PriorShape;
import dev.segue.worker.jukebox.LabelRows;
import dev.segue.worker.jukebox.Parameters;
import dev.segue.worker.jukebox.PriorLosses;
import dev.segue.worker.jukebox.PriorScript;
import dev.segue.worker.jukebox.StateDict;
import dev.segue.worker.torch.ScriptArchive;
import dev.segue.worker.torch.ScriptModule;
import dev.segue.worker.weights.SafetensorsFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A prior in training, in float32: losses and gradients of whole windows (specification §6 and §11.2). The mathematics
 * is in {@code PriorTraining.py}, around the same {@code Prior.py} that samples.
 *
 * <p>Owned by one thread.
 */
public final class PriorTraining implements AutoCloseable {
    private static final Pattern LAYER_PARAMETER =
            Pattern.compile("(prior|prime_prior)\\.transformer\\._attn_mods\\.\\d+\\.(.+)");
    private static final String OUTPUT = "prior.x_out.weight";

    private final PriorShape shape;
    private final ScriptModule script;
    private final NDManager weights;
    private final Map<String, NDArray> parameters = new LinkedHashMap<>();

    /**
     * Copies published weights.
     *
     * @throws IllegalArgumentException if the file lacks a tensor or has it in another shape
     */
    public PriorTraining(PriorShape shape, SafetensorsFile file, Device device) {
        this.shape = shape;
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("prior", PriorScript.asPublished(shape));
        attributes.put("values", ScriptArchive.EMPTY_TENSOR_LIST);
        List<String> scripts = new ArrayList<>(PriorScript.RESOURCES);
        scripts.add("PriorTraining");
        script = ScriptModule.load(device, PriorTraining.class, scripts, attributes);
        weights = script.newManager();
        try {
            Parameters.load(file, StateDict.of(shape), weights, this::put);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void put(String name, NDArray value, boolean bfloat16) {
        if (name.equals(OUTPUT) && !shape.mergedDecoder()) {
            script.run("tie");
            return;
        }
        if (bfloat16) {
            throw new IllegalArgumentException(
                    name + " is bfloat16, which is too coarse to train on; take the float32 weights");
        }
        // A conversion to the same type shares the file's memory, whatever it is told; this does not.
        NDArray kept =
                value.getDataType() == DataType.FLOAT32 ? value.duplicate() : value.toType(DataType.FLOAT32, true);
        kept.attach(weights);
        Matcher layer = LAYER_PARAMETER.matcher(name);
        if (layer.matches()) {
            script.run(layer.group(1).equals("prior") ? "put_decoder" : "put_lyric_encoder", layer.group(2), kept);
        } else {
            script.run("put", name, kept);
        }
        parameters.put(name, kept);
    }

    public PriorShape shape() {
        return shape;
    }

    /** A manager for values that come from it. */
    public NDManager newManager() {
        return script.newManager();
    }

    /**
     * Everything that is optimised, by published name: an output matrix that is tied to the embedding is not an entry
     * of its own. Writing to the values is training.
     */
    public Map<String, NDArray> parameters() {
        return Collections.unmodifiableMap(parameters);
    }

    /** Losses of a batch, apart from any gradient. */
    public PriorLosses losses(PriorBatch batch) {
        try (NDManager scratch = newManager()) {
            return PriorLosses.of(script.tensor(scratch, "losses", (Object[]) inputs(scratch, batch)));
        }
    }

    /**
     * What one batch gives.
     *
     * @param losses of the batch
     * @param gradients of its loss, one for each of {@link #parameters}, in their order
     */
    public record Gradients(PriorLosses losses, NDList gradients) {}

    /** Gradients of a batch's loss; {@code owner} frees them. */
    public Gradients gradients(NDManager owner, PriorBatch batch) {
        try (NDManager scratch = newManager()) {
            NDList results = script.differentiate(owner, "gradients", inputs(scratch, batch));
            return new Gradients(PriorLosses.of(results.get(0)), new NDList(results.subList(1, results.size())));
        }
    }

    private NDArray[] inputs(NDManager owner, PriorBatch batch) {
        LabelRows labels = LabelRows.of(owner, shape, batch.labels());
        return new NDArray[] {
            codes(owner, "codes", batch.codes(), shape.context()),
            labels.artists(),
            labels.genres(),
            labels.total(),
            labels.absolute(),
            labels.relative(),
            codes(owner, "codes of the level above", batch.above(), shape.codesAbove()),
            labels.lyrics()
        };
    }

    private static NDArray codes(NDManager owner, String what, List<int[]> items, int length) {
        for (int[] item : items) {
            if ((item == null ? 0 : item.length) != length) {
                throw new IllegalArgumentException("an item has " + (item == null ? 0 : item.length) + " " + what
                        + " but the prior takes " + length);
            }
        }
        if (length == 0) {
            return owner.zeros(new Shape(0), DataType.INT64);
        }
        long[] all = items.stream().flatMapToInt(Arrays::stream).asLongStream().toArray();
        return owner.create(all, new Shape(items.size(), length));
    }

    @Override
    public void close() {
        weights.close();
        script.close();
    }
}
