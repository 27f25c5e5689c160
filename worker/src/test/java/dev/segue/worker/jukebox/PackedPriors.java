package dev.segue.worker.jukebox;

import ai.djl.Device;
import dev.segue.contracts.model.PriorShape;
import dev.segue.worker.weights.SafetensorsFile;

/** Priors whose linear maps are all packed, as those of large models are, however small they are. */
public final class PackedPriors {
    private PackedPriors() {}

    public static Prior load(PriorShape shape, SafetensorsFile weights, Precision precision) {
        return Prior.forSampling(shape, weights, Device.cpu(), precision, 0);
    }
}
