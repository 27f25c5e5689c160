package dev.segue.worker.parity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.segue.worker.weights.SafetensorsFile;

/** Tensors of a fixture file as arrays of one manager. */
record FixtureArrays(SafetensorsFile file, NDManager manager) {

    static FixtureArrays open(String relative, NDManager manager) {
        return new FixtureArrays(Fixtures.tensors(relative), manager);
    }

    boolean has(String name) {
        return file.tensors().containsKey(name);
    }

    NDArray get(String name) {
        return Tolerance.tensor(manager, file, name);
    }
}
