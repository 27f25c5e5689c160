package dev.segue.worker.parity;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.segue.contracts.model.PriorShape;
import dev.segue.worker.jukebox.Prior;

/** A prior of ours beside the numbers that the original computed with the same weights. */
record FixturePrior(String name, Prior prior, FixtureArrays io, NDManager manager) {

    static FixturePrior read(String name, Prior prior, NDManager manager) {
        return new FixturePrior(
                name, prior, FixtureArrays.open("priors/" + name + "/io.safetensors", manager), manager);
    }

    PriorShape shape() {
        return prior.shape();
    }

    int batch() {
        return (int) io.get("z").getShape().get(0);
    }

    /** Start vectors, from the artist and genre columns of y. */
    NDArray start() {
        if (shape().labels() == null) {
            return prior.start(manager, batch());
        }
        NDArray y = io.get("y");
        int words = shape().labels().maxGenreWords();
        return prior.start(manager, y.get(new NDIndex(":, 3")), y.get(new NDIndex(":, 4:" + (4 + words))));
    }

    /** The condition of the codes, without a lyric prefix. */
    NDArray codeCondition() {
        if (shape().conditioner() != null) {
            return prior.condition(manager, io.get("z_cond"));
        }
        if (shape().timing() != null) {
            return prior.timing(
                    manager,
                    io.get("time_bins.total_length"),
                    io.get("time_bins.absolute_pos"),
                    io.get("time_bins.relative_pos"));
        }
        return prior.noCondition(manager, batch());
    }

    NDArray memory() {
        if (shape().lyrics() == null || shape().lyrics().singleStream()) {
            return prior.noMemory(manager, batch());
        }
        return prior.memory(manager, prior.encodeLyrics(manager, io.get("prime")));
    }

    Prior.Condition condition() {
        return new Prior.Condition(start(), prior.behindPrefix(manager, codeCondition()), memory());
    }

    /** Codes as symbols of the stream, behind the lyric prefix where there is one. */
    NDArray stream(NDArray codes) {
        NDArray symbols = codes.add(manager.create((long) shape().codeShift()));
        return shape().prefixTokens() == 0 ? symbols : io.get("prime").concat(symbols, 1);
    }

    void checkConditions() {
        if (io.has("y_cond")) {
            Tolerance.assertClose(name + " y_cond", start(), io.get("y_cond"), Tolerance.TENSOR);
        }
        if (io.has("x_cond")) {
            Tolerance.assertClose(name + " x_cond", codeCondition(), io.get("x_cond"), Tolerance.TENSOR);
        }
        if (io.has("prime_acts")) {
            NDArray activations = prior.encodeLyrics(manager, io.get("prime"));
            Tolerance.assertClose(name + " prime_acts", activations, io.get("prime_acts"), Tolerance.TENSOR);
            Tolerance.assertClose(
                    name + " encoder_kv", prior.memory(manager, activations), io.get("encoder_kv"), Tolerance.TENSOR);
        }
    }

    void checkLogits() {
        NDArray symbols = stream(io.get("z"));
        Prior.Condition condition = condition();
        NDList hidden = prior.hidden(manager, symbols, condition);
        for (int layer = 0; layer < shape().decoder().depth(); layer++) {
            String expected = String.format("hidden.%02d", layer);
            assertThat(io.has(expected)).as(expected).isTrue();
            Tolerance.assertClose(
                    name + " " + expected,
                    hidden.get(layer).get(new NDIndex("0:1")),
                    io.get(expected),
                    Tolerance.TENSOR);
        }
        Tolerance.assertClose(
                name + " logits", prior.logits(manager, symbols, condition), io.get("logits"), Tolerance.TENSOR);
    }
}
