package dev.segue.worker.jukebox;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects the entries of a state dict layer by layer. Confined to the call that makes it. */
final class StateDictEntries {
    private final Map<String, StateDict.Entry> entries = new LinkedHashMap<>();

    void tensor(String name, long... shape) {
        add(name, false, shape);
    }

    /** A Conv1D layer {@code y = x·w + b}, whose weight is (in, out). */
    void linear(String name, long in, long out) {
        add(name + ".w", true, in, out);
        tensor(name + ".b", out);
    }

    void norm(String name, long width) {
        tensor(name + ".weight", width);
        tensor(name + ".bias", width);
    }

    void convolution(String name, long in, long out, long kernel) {
        tensor(name + ".weight", out, in, kernel);
        tensor(name + ".bias", out);
    }

    /** A strided convolution with kernel twice the stride, so that lengths divide exactly. */
    void down(String name, long in, long out, long stride) {
        convolution(name, in, out, 2 * stride);
    }

    /** A transposed convolution with kernel twice the stride; its weight is (in, out, kernel). */
    void up(String name, long in, long out, long stride) {
        tensor(name + ".weight", in, out, 2 * stride);
        tensor(name + ".bias", out);
    }

    /** A residual stack: per block a convolution of kernel 3 and one of kernel 1 (specification §2.2). */
    void residualStack(String name, int depth, int width, double convolutionRatio) {
        int hidden = (int) (convolutionRatio * width);
        for (int block = 0; block < depth; block++) {
            convolution(name + "." + block + ".model.1", width, hidden, 3);
            convolution(name + "." + block + ".model.3", hidden, width, 1);
        }
    }

    Map<String, StateDict.Entry> toMap() {
        return Collections.unmodifiableMap(entries);
    }

    private void add(String name, boolean linear, long... shape) {
        entries.put(name, new StateDict.Entry(Arrays.stream(shape).boxed().toList(), linear));
    }
}
