package dev.segue.worker.training;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.segue.contracts.model.PriorShape;
import dev.segue.worker.jukebox.AttentionPattern;
import dev.segue.worker.jukebox.StateDict;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a prior in training begins with (specification §7.4): normal tables and linear maps, norms of one, biases of zero,
 * convolutions as torch draws them. A cross-attention layer begins as if it were not there (§4.3).
 */
final class PriorInitialWeights implements InitialWeights {
    private static final double WIDE = 0.02;
    private static final double NARROW = 0.01;
    private static final Pattern LAYER_OUTPUT =
            Pattern.compile("prior\\.transformer\\._attn_mods\\.(\\d+)\\.(attn|mlp)\\.c_proj\\.w");

    private final PriorShape shape;
    private final RandomGenerator random;
    private double convolutionBound;

    PriorInitialWeights(PriorShape shape, RandomGenerator random) {
        this.shape = shape;
        this.random = random;
    }

    @Override
    public NDList tensors(NDManager owner, Map<String, StateDict.Entry> expected) {
        NDList tensors = new NDList(expected.size());
        expected.forEach((name, entry) -> tensors.add(owner.create(
                values(name, entry),
                new Shape(entry.shape().stream().mapToLong(n -> n).toArray()))));
        return tensors;
    }

    private float[] values(String name, StateDict.Entry entry) {
        float[] values = new float[Math.toIntExact(entry.elements())];
        if (name.startsWith("conditioner_blocks.0.cond.")) {
            convolution(entry, values);
        } else if (name.matches(".*ln(_\\d)?\\.weight")) {
            Arrays.fill(values, 1);
        } else if (name.equals("prior.x_out.weight") && shape.mergedDecoder()) {
            uniform(values, 1 / Math.sqrt(shape.decoder().width()));
        } else if (!name.endsWith(".b") && !name.endsWith(".bias") && !beginsSilent(name)) {
            double deviation = deviation(name);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (random.nextGaussian() * deviation);
            }
        }
        return values;
    }

    private double deviation(String name) {
        boolean encoder = name.startsWith("prime_prior.") || name.startsWith("prime_state_proj.");
        double scale =
                encoder ? shape.lyrics().encoder().initScale() : shape.decoder().initScale();
        boolean narrow = name.contains("pos_emb.pos_emb") || name.contains("start_token") || name.startsWith("y_emb.");
        return (narrow ? NARROW : WIDE) * scale;
    }

    private boolean beginsSilent(String name) {
        Matcher layer = LAYER_OUTPUT.matcher(name);
        if (!layer.matches()) {
            return false;
        }
        List<AttentionPattern> patterns = AttentionPattern.ofOrder(
                shape.decoder().attentionOrder(), shape.decoder().depth());
        return patterns.get(Integer.parseInt(layer.group(1))).readsLyricEncoder();
    }

    /** A weight's bound goes by all its lengths but the first, as {@link InitialWeights#random} says; its bias follows. */
    private void convolution(StateDict.Entry entry, float[] values) {
        if (entry.shape().size() == 3) {
            convolutionBound =
                    1 / Math.sqrt((double) (entry.shape().get(1) * entry.shape().get(2)));
        }
        uniform(values, convolutionBound);
    }

    private void uniform(float[] values, double bound) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
    }
}
