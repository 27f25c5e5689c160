package dev.segue.worker.parity;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.window.CodeRange;
import dev.segue.contracts.window.Window;
import dev.segue.worker.jukebox.Prior;
import dev.segue.worker.jukebox.PriorLosses;
import dev.segue.worker.sampling.Sampling;
import dev.segue.worker.sampling.SlotEngine;
import dev.segue.worker.sampling.WindowJob;
import dev.segue.worker.weights.SafetensorsFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A prior of ours beside the numbers that the original computed with the same weights. */
record FixturePrior(String name, Prior prior, SafetensorsFile io, NDManager manager) {

    static FixturePrior read(String name, Prior prior, NDManager manager) {
        return new FixturePrior(name, prior, Fixtures.tensors("priors/" + name + "/io.safetensors"), manager);
    }

    PriorShape shape() {
        return prior.shape();
    }

    int batch() {
        return (int) get("z").getShape().get(0);
    }

    /** Start vectors, from the artist and genre columns of y. */
    NDArray start() {
        if (shape().labels() == null) {
            return prior.start(manager, batch());
        }
        NDArray y = get("y");
        int words = shape().labels().maxGenreWords();
        return prior.start(manager, y.get(new NDIndex(":, 3")), y.get(new NDIndex(":, 4:" + (4 + words))));
    }

    /** The condition of the codes, without a lyric prefix. */
    NDArray codeCondition() {
        if (shape().conditioner() != null) {
            return prior.condition(manager, get("z_cond"));
        }
        if (shape().timing() != null) {
            return prior.timing(
                    manager,
                    get("time_bins.total_length"),
                    get("time_bins.absolute_pos"),
                    get("time_bins.relative_pos"));
        }
        return prior.noCondition(manager, batch());
    }

    NDArray memory() {
        if (shape().lyrics() == null || shape().lyrics().singleStream()) {
            return prior.noMemory(manager, batch());
        }
        return prior.memory(manager, prior.encodeLyrics(manager, get("prime")));
    }

    Prior.Condition condition() {
        return new Prior.Condition(start(), prior.behindPrefix(manager, codeCondition()), memory());
    }

    /** Codes as symbols of the stream, behind the lyric prefix where there is one. */
    NDArray stream(NDArray codes) {
        NDArray symbols = codes.add(manager.create((long) shape().codeShift()));
        return shape().prefixTokens() == 0 ? symbols : get("prime").concat(symbols, 1);
    }

    void checkConditions() {
        if (has("y_cond")) {
            Tolerance.assertClose(name + " y_cond", start(), get("y_cond"), Tolerance.TENSOR);
        }
        if (has("x_cond")) {
            Tolerance.assertClose(name + " x_cond", codeCondition(), get("x_cond"), Tolerance.TENSOR);
        }
        if (has("prime_acts")) {
            NDArray activations = prior.encodeLyrics(manager, get("prime"));
            Tolerance.assertClose(name + " prime_acts", activations, get("prime_acts"), Tolerance.TENSOR);
            Tolerance.assertClose(
                    name + " encoder_kv", prior.memory(manager, activations), get("encoder_kv"), Tolerance.TENSOR);
        }
    }

    void checkLogits() {
        NDArray symbols = stream(get("z"));
        Prior.Condition condition = condition();
        NDList hidden = prior.hidden(manager, symbols, condition);
        for (int layer = 0; layer < shape().decoder().depth(); layer++) {
            String expected = String.format("hidden.%02d", layer);
            assertThat(has(expected)).as(expected).isTrue();
            Tolerance.assertClose(
                    name + " " + expected, hidden.get(layer).get(new NDIndex("0:1")), get(expected), Tolerance.TENSOR);
        }
        Tolerance.assertClose(
                name + " logits", prior.logits(manager, symbols, condition), get("logits"), Tolerance.TENSOR);
    }

    /** What goes into the stack and into the output matrix, and the losses. */
    void checkEndsAndLosses(JsonNode config) {
        NDArray symbols = stream(get("z"));
        Prior.Condition condition = condition();
        NDArray in = prior.stackIn(manager, symbols, condition);
        Tolerance.assertClose(
                name + " transformer_in", in.get(new NDIndex("0:1")), get("transformer_in"), Tolerance.TENSOR);
        Tolerance.assertClose(
                name + " x_out_in", prior.outputIn(manager, symbols, condition), get("x_out_in"), Tolerance.TENSOR);
        if (has("prime_logits")) {
            Tolerance.assertClose(
                    name + " prime_logits",
                    prior.lyricLogits(manager, condition.memory()),
                    get("prime_logits"),
                    Tolerance.TENSOR);
        }
        PriorLosses losses = prior.losses(symbols, condition, has("prime") ? get("prime") : symbols);
        assertLoss("loss", losses.loss(), config.at("/loss/loss"));
        assertLoss("gen_loss", losses.music(), config.at("/loss/gen_loss_bits_per_dim"));
        assertLoss("prime_loss", losses.lyrics(), config.at("/loss/prime_loss_bits_per_dim"));
    }

    private void assertLoss(String what, double actual, JsonNode again) {
        Tolerance.assertClose(name + " " + what, actual, get(what).getFloat(), Tolerance.TENSOR);
        Tolerance.assertClose(name + " " + what, actual, again.asDouble(), Tolerance.TENSOR);
    }

    /** Samples every item of the batch with the likeliest code each time, the items side by side. */
    void checkGreedy(SlotEngine engine) {
        long[][] expected = rows(get("greedy.z"));
        assertThat(sample(engine, new int[batch()][0], shape().context())).isDeepEqualTo(expected);
        checkStepLogits("greedy", expected, 0);

        long[][] prefix = rows(get("primed.prefix"));
        int[][] known = new int[batch()][];
        for (int item = 0; item < batch(); item++) {
            known[item] = Arrays.stream(prefix[item]).mapToInt(Math::toIntExact).toArray();
        }
        long[][] primed = rows(get("primed.z"));
        long[][] rest = Arrays.stream(primed)
                .map(row -> Arrays.copyOfRange(row, prefix[0].length, row.length))
                .toArray(long[][]::new);
        assertThat(sample(engine, known, shape().context() - prefix[0].length)).isDeepEqualTo(rest);
        checkStepLogits("primed", primed, prefix[0].length);

        long[][] partial = rows(get("partial.z"));
        assertThat(sample(engine, new int[batch()][0], partial[0].length)).isDeepEqualTo(partial);
    }

    /** The logits of the original's steps are those of a whole pass over what they drew. */
    private void checkStepLogits(String run, long[][] codes, int known) {
        NDArray symbols = get(run + ".raw");
        long[][] raw = rows(symbols);
        int prefix = shape().prefixTokens();
        for (int item = 0; item < batch(); item++) {
            for (int i = 0; i < codes[item].length; i++) {
                assertThat(Math.max(0, raw[item][prefix + i] - shape().codeShift()))
                        .isEqualTo(codes[item][i]);
            }
        }
        NDArray logits = prior.logits(manager, symbols, condition());
        NDArray drawn = logits.get(new NDIndex(":, " + (prefix + known) + ":"));
        Tolerance.assertClose(name + " " + run + ".logits", drawn, get(run + ".logits"), Tolerance.TENSOR);
        if (has(run + ".teacher_forced_logits_std")) {
            Tolerance.assertClose(
                    name + " " + run + ".teacher_forced_logits_std",
                    deviation(drawn.toFloatArray()),
                    get(run + ".teacher_forced_logits_std").toFloatArray()[0],
                    Tolerance.TENSOR);
        }
    }

    /** Root mean square error of the logits of whole windows, relative to their standard deviation. */
    double logitsError() {
        float[] actual = prior.logits(manager, stream(get("z")), condition()).toFloatArray();
        float[] expected = get("logits").toFloatArray();
        double squares = 0;
        for (int i = 0; i < actual.length; i++) {
            squares += Math.pow((double) actual[i] - expected[i], 2);
        }
        return Math.sqrt(squares / actual.length) / deviation(expected);
    }

    private static double deviation(float[] values) {
        double mean = 0;
        for (float value : values) {
            mean += value / (double) values.length;
        }
        double squares = 0;
        for (float value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / (values.length - 1));
    }

    private long[][] sample(SlotEngine engine, int[][] known, int added) {
        long[][] codes = new long[batch()][added];
        int[] done = new int[batch()];
        List<WindowJob> jobs = new ArrayList<>();
        for (int item = 0; item < batch(); item++) {
            WindowJob job = job(item, known[item], added);
            jobs.add(job);
            engine.join(job);
        }
        while (engine.freeSlots() < batch()) {
            for (SlotEngine.Written written : engine.advance()) {
                assertThat(written.failed()).isFalse();
                int item = jobs.indexOf(written.job());
                for (int code : written.codes()) {
                    codes[item][done[item]++] = code;
                }
            }
        }
        return codes;
    }

    private WindowJob job(int item, int[] known, int added) {
        int end = known.length + added;
        boolean upper = shape().conditioner() != null;
        Window window = new Window(
                shape().level(),
                new CodeRange(0, shape().context()),
                new CodeRange(0, known.length),
                new CodeRange(known.length, end),
                upper ? new CodeRange(0, (int) get("z_cond").getShape().get(1)) : null);
        int[] above = upper
                ? Arrays.stream(rows(get("z_cond"))[item])
                        .mapToInt(Math::toIntExact)
                        .toArray()
                : null;
        long[] y = shape().labels() == null ? null : rows(get("y"))[item];
        return new WindowJob(window, y, known, above, new Sampling(1, 1, 0), item);
    }

    static long[][] rows(NDArray array) {
        long[] flat = array.toLongArray();
        int columns = (int) array.getShape().get(1);
        long[][] rows = new long[(int) array.getShape().get(0)][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(flat, row * columns, (row + 1) * columns);
        }
        return rows;
    }

    private boolean has(String tensor) {
        return io.tensors().containsKey(tensor);
    }

    private NDArray get(String tensor) {
        return TensorData.tensor(manager, io, tensor);
    }
}
