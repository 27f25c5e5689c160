package dev.segue.worker.jukebox;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.model.TransformerShape;
import dev.segue.worker.torch.LargeBlocks;
import dev.segue.worker.torch.ScriptModule;
import dev.segue.worker.weights.SafetensorsFile;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A transformer that writes the codes of one level (specification §3 to §6).
 *
 * <p>Its mathematics is in {@code Prior.py} and {@code Transformer.py}; this class loads weights into it and passes
 * arrays to and fro. Symbols are what its stream is made of: codes, or in a single-stream prior lyric tokens and codes
 * shifted behind them. In shapes, N is the batch, K the codes of a window, L the length of the stream (lyric prefix and
 * codes), V its vocabulary, W the width.
 *
 * <p>Owned by one thread.
 */
public final class Prior implements AutoCloseable {
    private final PriorShape shape;
    private final ScriptModule script;

    private Prior(PriorShape shape, ScriptModule script) {
        this.shape = shape;
        this.script = script;
    }

    /**
     * Loads a prior for sampling: its linear maps are converted to {@code precision} and laid out for steps.
     *
     * @throws IllegalArgumentException if the file lacks a tensor or has it in another shape
     */
    public static Prior forSampling(PriorShape shape, SafetensorsFile weights, Device device, Precision precision) {
        precision.require(device);
        return forSampling(shape, weights, device, precision, PriorScript.ROW_BY_ROW);
    }

    /** The same with a choice of the linear maps that are multiplied row by row: those of at most so many weights. */
    static Prior forSampling(
            PriorShape shape, SafetensorsFile weights, Device device, Precision precision, long rowByRow) {
        return load(shape, weights, PriorScript.load(shape, device, precision, true, rowByRow));
    }

    /**
     * The archive that {@link #forSampling} loads, without weights, for a reader other than this process: each weight is
     * given to its method {@code put}, {@code put_decoder} or {@code put_lyric_encoder}.
     */
    public static byte[] archive(PriorShape shape, Precision precision) {
        return PriorScript.archive(shape, precision, true);
    }

    /** Loads a prior with its weights as published, in float32, for training and comparison. */
    public static Prior asPublished(PriorShape shape, SafetensorsFile weights, Device device) {
        return load(shape, weights, PriorScript.load(shape, device, Precision.FLOAT32, false, PriorScript.ROW_BY_ROW));
    }

    private static Prior load(PriorShape shape, SafetensorsFile weights, ScriptModule script) {
        try (NDManager manager = script.newManager()) {
            LargeBlocks.mapped(() -> Parameters.load(
                    weights,
                    StateDict.of(shape),
                    manager,
                    (name, value, bfloat16) -> PriorScript.put(script, name, value, bfloat16)));
            return new Prior(shape, script);
        } catch (RuntimeException e) {
            script.close();
            throw e;
        }
    }

    /** What it computes, apart from its weights. */
    public PriorShape shape() {
        return shape;
    }

    /** A manager for arrays on the prior's device. */
    public NDManager newManager() {
        return script.newManager();
    }

    // ---- conditioning ----

    /**
     * Start vectors from labels.
     *
     * @param artists ids [N]
     * @param genres ids [N, words], −1 for an empty place
     * @return [N, 1, W]
     */
    public NDArray start(NDManager owner, NDArray artists, NDArray genres) {
        return script.tensor(owner, "start_of", artists, genres);
    }

    /** The learned start vector of an unlabelled prior, [N, 1, W]. */
    public NDArray start(NDManager owner, int batch) {
        return script.tensor(owner, "start_unlabelled", batch);
    }

    /**
     * The timing part of a top-level prior's condition.
     *
     * @param total bins of the total length [N, 1]
     * @param absolute bins of each code's place in time [N, K]
     * @param relative bins of each code's share of the song [N, K]
     * @return [N, K, W]
     */
    public NDArray timing(NDManager owner, NDArray total, NDArray absolute, NDArray relative) {
        return script.tensor(owner, "timing", total, absolute, relative);
    }

    /** The condition that an upsampler draws from the codes of the level above: [N, K / factor] → [N, K, W]. */
    public NDArray condition(NDManager owner, NDArray codesAbove) {
        return script.tensor(owner, "condition_on", codesAbove);
    }

    /** The condition of a prior that has none, [N, K, W]. */
    public NDArray noCondition(NDManager owner, int batch) {
        return owner.zeros(new Shape(batch, shape.context(), shape.decoder().width()));
    }

    /** Puts the lyric prefix, which is not conditioned, before a condition: [N, K, W] → [N, L, W]. */
    public NDArray behindPrefix(NDManager owner, NDArray condition) {
        return script.tensor(owner, "behind_prefix", condition);
    }

    /** Activations of the lyric encoder for lyric tokens [N, M] → [N, M, width of the encoder]. */
    public NDArray encodeLyrics(NDManager owner, NDArray tokens) {
        return script.tensor(owner, "encode_lyrics", tokens);
    }

    /** What cross-attention layers read, from activations of the lyric encoder: → [N, M, W]. */
    public NDArray memory(NDManager owner, NDArray activations) {
        return script.tensor(owner, "memory_of", activations);
    }

    /** The memory of a prior without a lyric encoder, [N, 0, W]. */
    public NDArray noMemory(NDManager owner, int batch) {
        return script.tensor(owner, "no_memory", batch);
    }

    // ---- whole windows ----

    /**
     * What a window is conditioned on.
     *
     * @param start [N, 1, W]
     * @param positions added to every position of the stream, [N, L, W]
     * @param memory what cross-attention layers read, [N, M, W]
     */
    public record Condition(NDArray start, NDArray positions, NDArray memory) {}

    /** Logits at every position, each having seen the symbols before it: symbols [N, T] → [N, T, V]. */
    public NDArray logits(NDManager owner, NDArray symbols, Condition condition) {
        return script.tensor(owner, "logits", symbols, condition.start(), condition.positions(), condition.memory());
    }

    /** What enters the stack, [N, T, W]. */
    public NDArray stackIn(NDManager owner, NDArray symbols, Condition condition) {
        return script.tensor(owner, "enter", symbols, condition.start(), condition.positions());
    }

    /** The output of every layer, [N, T, W] each. */
    public NDList hidden(NDManager owner, NDArray symbols, Condition condition) {
        return script.tensors(owner, "hidden", symbols, condition.start(), condition.positions(), condition.memory());
    }

    /** What the output matrix is applied to, [N, T, W]. */
    public NDArray outputIn(NDManager owner, NDArray symbols, Condition condition) {
        return script.tensor(owner, "output_in", symbols, condition.start(), condition.positions(), condition.memory());
    }

    /** Logits of lyric tokens, each from those before it, of a prior with a lyric encoder: [N, M, lyric vocabulary]. */
    public NDArray lyricLogits(NDManager owner, NDArray memory) {
        return script.tensor(owner, "lyric_logits", memory);
    }

    /**
     * Losses of whole windows.
     *
     * @param symbols [N, L]
     * @param lyrics lyric tokens that the memory was made from, [N, M]; without a lyric encoder they are not looked at
     */
    public PriorLosses losses(NDArray symbols, Condition condition, NDArray lyrics) {
        try (NDManager scratch = script.newManager()) {
            return PriorLosses.of(script.tensor(
                    scratch, "losses", symbols, condition.start(), condition.positions(), condition.memory(), lyrics));
        }
    }

    /** Bits that each code of whole windows takes, lyrics left out: symbols [N, L] → [N, K]. */
    public NDArray codeBits(NDManager owner, NDArray symbols, Condition condition) {
        return script.tensor(owner, "code_bits", symbols, condition.start(), condition.positions(), condition.memory());
    }

    /**
     * How much each code attends to each lyric token in the alignment head (specification §10): symbols [N, L] → [N, K,
     * lyric tokens].
     */
    public NDArray alignment(NDManager owner, NDArray symbols, Condition condition) {
        return attention(
                owner,
                symbols,
                condition,
                shape.lyrics().alignmentLayer(),
                shape.lyrics().alignmentHead());
    }

    /** The layers whose codes can attend to lyric tokens, in rising order; none for a prior that hears no lyrics. */
    public List<Integer> lyricLayers() {
        TransformerShape decoder = shape.decoder();
        List<AttentionPattern> patterns = AttentionPattern.ofOrder(decoder.attentionOrder(), decoder.depth());
        return IntStream.range(0, decoder.depth())
                .filter(layer -> shape.lyrics() != null && patterns.get(layer).seesLyrics(shape.prefixTokens() > 0))
                .boxed()
                .toList();
    }

    /**
     * How much each code attends to each lyric token in every head: symbols [N, L] → [N, heads, K, lyric tokens] for each
     * of the {@link #lyricLayers}, of which there must be one.
     */
    public NDList lyricAttention(NDManager owner, NDArray symbols, Condition condition) {
        long[] layers = lyricLayers().stream().mapToLong(Integer::longValue).toArray();
        return script.tensors(
                owner, "attentions", symbols, condition.start(), condition.positions(), condition.memory(), layers);
    }

    private NDArray attention(NDManager owner, NDArray symbols, Condition condition, int layer, int head) {
        return script.tensor(
                owner, "attention", symbols, condition.start(), condition.positions(), condition.memory(), layer, head);
    }

    // ---- slots ----

    /** Makes room for so many windows side by side. To be called once, before {@link #join}. */
    public void allocate(int slots) {
        script.run("allocate", slots);
    }

    /**
     * Puts a window into a slot and computes what is known of it in one pass.
     *
     * @param symbols the stream so far, [1, p]; the slot's next step is at position p
     * @param condition of a batch of one
     */
    public void join(int slot, NDArray symbols, Condition condition) {
        script.run("join", slot, symbols, condition.start(), condition.positions(), condition.memory());
    }

    /** As {@link #join}, for a window whose codes are conditioned on the timing in its label row alone. */
    void joinTimed(int slot, NDArray symbols, NDArray start, LabelRows labels, NDArray memory) {
        script.run("join_timed", slot, symbols, start, labels.total(), labels.absolute(), labels.relative(), memory);
    }

    /** As {@link #join}, for a window whose codes are conditioned on codes of the level above, [1, K / factor]. */
    void joinUpsampled(int slot, NDArray symbols, NDArray start, NDArray above, NDArray memory) {
        script.run("join_upsampled", slot, symbols, start, above, memory);
    }

    /** Clears a slot's caches, after something that is no number got into them. */
    public void wipe(int slot) {
        script.run("wipe", slot);
    }

    /**
     * Samples the same number of symbols for every slot.
     *
     * @param positions where each slot stands, [S] int64; free slots may stand anywhere
     * @param uniform a number of [0, 1) for each draw, [steps, S]
     * @param temperature [S, 1, 1]
     * @param filtered whether {@code topK} or {@code topP} say anything for any slot
     * @param topK how many symbols may be drawn, at least V for all, [S, 1, 1] int64
     * @param topP the probability that those drawn from must reach, above 1 for all, [S, 1, 1]
     * @return symbols [steps][S]; V where logits were no numbers
     */
    public long[][] sample(
            NDArray positions, NDArray uniform, NDArray temperature, boolean filtered, NDArray topK, NDArray topP) {
        int steps = (int) uniform.getShape().get(0);
        int slots = (int) uniform.getShape().get(1);
        try (NDManager scratch = script.newManager()) {
            NDArray drawn = script.tensor(scratch, "sample", positions, uniform, temperature, filtered, topK, topP);
            long[] flat = drawn.toType(DataType.INT64, false).toLongArray();
            long[][] symbols = new long[steps][slots];
            for (int step = 0; step < steps; step++) {
                System.arraycopy(flat, step * slots, symbols[step], 0, slots);
            }
            return symbols;
        }
    }

    @Override
    public void close() {
        script.close();
    }
}
