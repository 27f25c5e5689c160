package dev.segue.worker.jukebox;

import ai.djl.Device;
import dev.segue.contracts.model.ConditionerShape;
import dev.segue.contracts.model.Dilations;
import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.model.TransformerShape;
import dev.segue.worker.torch.ScriptArchive;
import dev.segue.worker.torch.ScriptModule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The attributes that make {@code Prior.py} and {@code Transformer.py} a prior of a given shape. */
public final class PriorScript {
    private static final List<String> SCRIPTS = List.of("convolutions", "Transformer", "Prior");

    /** The scripts of a prior as absolute resources, for a script that is built around one. */
    public static final List<String> RESOURCES = SCRIPTS.stream()
            .map(script -> "/dev/segue/worker/jukebox/" + script)
            .toList();

    /**
     * Linear maps of at most so many weights are multiplied row by row: below it the fixed cost of a packed product
     * (about 9 µs) exceeds what packing saves. It must not depend on the number of slots, or results would.
     */
    static final long ROW_BY_ROW = 128 * 256;

    private static final Pattern LAYER_PARAMETER =
            Pattern.compile("(prior|prime_prior)\\.transformer\\._attn_mods\\.\\d+\\.(.+)");

    private PriorScript() {}

    /**
     * Loads a prior without weights.
     *
     * @param rowByRow linear maps of at most so many weights are multiplied row by row
     */
    static ScriptModule load(PriorShape shape, Device device, Precision precision, boolean sampling, long rowByRow) {
        return ScriptModule.load(device, PriorScript.class, SCRIPTS, attributes(shape, precision, sampling, rowByRow));
    }

    /**
     * Gives a weight to the method that takes it: {@code put_decoder} or {@code put_lyric_encoder} if it is one of a
     * layer, which learns the weight's name within the layer, else {@code put}.
     *
     * @param script of a prior, or one that is built around a prior and has these methods too
     * @param name in the state dict
     * @param value the weight, and whatever else the methods take
     */
    public static void put(ScriptModule script, String name, Object... value) {
        Matcher layer = LAYER_PARAMETER.matcher(name);
        List<Object> arguments = new ArrayList<>(List.of(layer.matches() ? layer.group(2) : name));
        arguments.addAll(List.of(value));
        String method = "put";
        if (layer.matches()) {
            method = layer.group(1).equals("prior") ? "put_decoder" : "put_lyric_encoder";
        }
        script.run(method, arguments.toArray());
    }

    /** A prior that keeps its weights as published, as a part of another script. */
    public static ScriptArchive.Module asPublished(PriorShape shape) {
        return new ScriptArchive.Module("Prior", attributes(shape, Precision.FLOAT32, false, ROW_BY_ROW));
    }

    static byte[] archive(PriorShape shape, Precision precision, boolean sampling) {
        return ScriptModule.archive(PriorScript.class, SCRIPTS, attributes(shape, precision, sampling, ROW_BY_ROW));
    }

    private static Map<String, Object> attributes(
            PriorShape shape, Precision precision, boolean sampling, long rowByRow) {
        TransformerShape decoder = shape.decoder();
        boolean encoder = shape.lyrics() != null && !shape.lyrics().singleStream();
        int memory = encoder ? shape.lyrics().tokens() : 0;
        ConditionerShape conditioner = shape.conditioner();

        Map<String, Object> prior = new LinkedHashMap<>();
        prior.put("width", decoder.width());
        prior.put("prefix", shape.prefixTokens());
        prior.put("length", shape.streamLength());
        prior.put("shift", shape.codeShift());
        prior.put("merged", shape.mergedDecoder());
        prior.put(
                "decoder",
                transformer(
                        decoder, shape.streamLength(), shape.prefixTokens(), memory, precision, sampling, rowByRow));
        prior.put(
                "lyric_encoder",
                encoder
                        ? transformer(shape.lyrics().encoder(), memory, 0, 0, Precision.FLOAT32, sampling, rowByRow)
                        : transformer(
                                new TransformerShape(1, 0, 1, 0, 1, 1, 1, 1), 1, 0, 0, precision, sampling, rowByRow));
        prior.put("downs", conditioner == null ? 0 : conditioner.downs());
        prior.put("stride", conditioner == null ? 1 : conditioner.stride());
        prior.put("dilations", conditioner == null ? new long[0] : dilations(conditioner));
        prior.put("residual_scale", conditioner == null ? 1.0 : residualScale(conditioner));
        prior.put(
                "lyric_loss_fraction",
                shape.lyrics() == null ? 0.0 : shape.lyrics().lossFraction());
        prior.put("parameters", ScriptArchive.EMPTY_TENSOR_MAP);
        for (String list : List.of("conditioner", "no_bias", "table", "condition", "token", "output")) {
            prior.put(list, ScriptArchive.EMPTY_TENSOR_LIST);
        }
        return prior;
    }

    private static ScriptArchive.Module transformer(
            TransformerShape shape,
            int context,
            int prefix,
            int memory,
            Precision precision,
            boolean sampling,
            long rowByRow) {
        List<AttentionPattern> patterns = AttentionPattern.ofOrder(shape.attentionOrder(), shape.depth());
        return new ScriptArchive.Module(
                "Transformer", transformer(shape, patterns, context, prefix, memory, precision, sampling, rowByRow));
    }

    /** The attributes of a stack whose layers attend by the given patterns. */
    static Map<String, Object> transformer(
            TransformerShape shape,
            List<AttentionPattern> patterns,
            int context,
            int prefix,
            int memory,
            Precision precision,
            boolean sampling,
            long rowByRow) {
        Map<String, Object> stack = new LinkedHashMap<>();
        stack.put("width", shape.width());
        stack.put("attention", shape.attentionWidth());
        stack.put("heads", shape.heads());
        stack.put("context", context);
        stack.put("blocks", shape.blocks());
        stack.put("prefix", prefix == 0 ? 0 : (prefix / shape.blocks() + 1) * shape.blocks());
        stack.put("memory", memory);
        List<AttentionPattern> present = patterns.stream().distinct().toList();
        stack.put("patterns", functions(patterns));
        stack.put("present", functions(present));
        stack.put("kinds", patterns.stream().mapToLong(present::indexOf).toArray());
        stack.put("scale", 1 / Math.sqrt((double) shape.attentionWidth() / shape.heads()));
        stack.put("sampling", sampling);
        stack.put("linear_type", precision.linear());
        stack.put("attention_type", precision.attention());
        stack.put("cache_type", precision.cache());
        stack.put("residual_type", precision.residual());
        stack.put("output_type", precision.output());
        stack.put("packed_half", sampling && precision.packedHalf());
        stack.put("rowwise", rowByRow);
        stack.put("slots", 0);
        stack.put("steps", 0);
        for (String list : List.of(
                "ln0_w",
                "ln0_b",
                "attn_w",
                "attn_b",
                "memory_w",
                "memory_b",
                "proj_w",
                "proj_b",
                "ln1_w",
                "ln1_b",
                "fc_w",
                "fc_b",
                "out_w",
                "out_b",
                "cache",
                "window",
                "keys",
                "values",
                "write",
                "column",
                "mask")) {
            stack.put(list, ScriptArchive.EMPTY_TENSOR_LIST);
        }
        return stack;
    }

    private static long[] functions(List<AttentionPattern> patterns) {
        return patterns.stream().mapToLong(AttentionPattern::function).toArray();
    }

    private static long[] dilations(ConditionerShape shape) {
        return Dilations.of(shape.depth(), shape.dilationGrowth(), shape.dilationCycle(), false);
    }

    private static double residualScale(ConditionerShape shape) {
        return shape.residualScaling() ? 1 / Math.sqrt(shape.depth()) : 1.0;
    }
}
