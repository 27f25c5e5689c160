package dev.segue.worker.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.segue.contracts.model.PriorShape;
import dev.segue.worker.jukebox.AttentionPattern;
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
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A prior in training, in float32: losses and gradients of whole windows (specification §6 and §11.2). The mathematics
 * is in {@code PriorTraining.py}, around the same {@code Prior.py} that samples.
 *
 * <p>Owned by one thread.
 */
public final class PriorTraining implements AutoCloseable {
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
        this(
                shape,
                device,
                0,
                training -> Parameters.load(
                        file,
                        StateDict.of(shape),
                        training.weights,
                        (name, value, bfloat16) ->
                                training.put(name, Parameters.copy(training.weights, name, value, bfloat16))));
    }

    /**
     * A new prior with random weights.
     *
     * @param alignment weight of the alignment loss, see {@link Losses}; it must be 0 for a prior without an
     *     alignment head that cross-attends
     */
    public static PriorTraining fresh(PriorShape shape, Device device, double alignment, RandomGenerator random) {
        return new PriorTraining(shape, device, alignment, training -> {
            Map<String, StateDict.Entry> expected = StateDict.of(shape);
            NDList initial = new PriorInitialWeights(shape, random).tensors(training.weights, expected);
            int i = 0;
            for (String name : expected.keySet()) {
                training.put(name, initial.get(i++));
            }
        });
    }

    private PriorTraining(PriorShape shape, Device device, double alignment, Consumer<PriorTraining> load) {
        this.shape = shape;
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("prior", PriorScript.asPublished(shape));
        attributes.put("alignment", alignment);
        attributes.put("layer", alignment > 0 ? (long) alignmentLayer(shape) : 0L);
        attributes.put("head", alignment > 0 ? (long) shape.lyrics().alignmentHead() : 0L);
        attributes.put("values", ScriptArchive.EMPTY_TENSOR_LIST);
        List<String> scripts = new ArrayList<>(PriorScript.RESOURCES);
        scripts.add("PriorTraining");
        script = ScriptModule.load(device, PriorTraining.class, scripts, attributes);
        weights = script.newManager();
        try {
            load.accept(this);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static int alignmentLayer(PriorShape shape) {
        Integer layer = shape.lyrics() == null ? null : shape.lyrics().alignmentLayer();
        boolean crosses = layer != null
                && AttentionPattern.ofOrder(
                                shape.decoder().attentionOrder(),
                                shape.decoder().depth())
                        .get(layer)
                        .readsLyricEncoder();
        if (!crosses) {
            throw new IllegalArgumentException("the prior of level " + shape.level() + " has alignmentLayer " + layer
                    + ", but an alignment loss needs one that reads a lyric encoder; name such a layer and a head of it,"
                    + " or give the loss a weight of 0");
        }
        return layer;
    }

    /** Takes what it is given, without a copy. */
    private void put(String name, NDArray value) {
        if (name.equals(OUTPUT) && !shape.mergedDecoder()) {
            script.run("tie");
            return;
        }
        PriorScript.put(script, name, value);
        parameters.put(name, value);
    }

    /** What it computes, apart from its weights. */
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

    /**
     * What one batch takes.
     *
     * @param prior its losses as the original has them
     * @param alignment how many bits the alignment head is away from what is sung: the mean over sung codes of −log₂ of
     *     the attention to the lyric position that has just heard the sung token; 0 unless it has a weight and the batch
     *     says what is sung. It is no part of the original; where a corpus says when each character is sung, it shows a
     *     prior where to listen.
     */
    public record Losses(PriorLosses prior, double alignment) {
        private static Losses of(NDArray values) {
            return new Losses(PriorLosses.of(values), values.getFloat(3));
        }
    }

    /** Losses of a batch, apart from any gradient. */
    public Losses losses(PriorBatch batch) {
        try (NDManager scratch = newManager()) {
            return Losses.of(script.tensor(scratch, "losses", (Object[]) inputs(scratch, batch)));
        }
    }

    /**
     * What one batch gives.
     *
     * @param losses of the batch
     * @param gradients of the prior's loss and the weighted alignment, one for each of {@link #parameters}, in their
     *     order
     */
    public record Gradients(Losses losses, NDList gradients) {}

    /** Gradients of a batch's loss; {@code owner} frees them. */
    public Gradients gradients(NDManager owner, PriorBatch batch) {
        try (NDManager scratch = newManager()) {
            NDList results = script.differentiate(owner, "gradients", inputs(scratch, batch));
            return new Gradients(Losses.of(results.get(0)), new NDList(results.subList(1, results.size())));
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
            labels.lyrics(),
            codes(owner, "places in the lyrics", batch.sung(), batch.sung().isEmpty() ? 0 : shape.context()),
            codes(owner, "codes as it reads them", batch.heard(), batch.heard().isEmpty() ? 0 : shape.context())
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
