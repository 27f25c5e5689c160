package dev.segue.worker.jukebox;

import ai.djl.Device;
import dev.segue.contracts.model.VqVaeShape;
import dev.segue.worker.weights.RandomWeights;
import dev.segue.worker.weights.SafetensorsFile;
import dev.segue.worker.weights.TensorSpec;
import dev.segue.worker.weights.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** VQ-VAEs with seeded random weights. */
final class RandomVqVae {
    /** The shape of the VQ-VAE that the original's authors released. */
    static final VqVaeShape RELEASED = new VqVaeShape(
            44100, List.of(3, 2, 2), List.of(2, 2, 2), 64, 2048, 32, 4, List.of(2, 1, 1), 1.0, 3, null, true);

    private RandomVqVae() {}

    static VqVae of(VqVaeShape shape, long seed, Path folder) throws IOException {
        return VqVae.load(Device.cpu(), shape, SafetensorsFile.open(write(names(shape), seed, folder)));
    }

    /** Names and shapes of its tensors, to be altered. */
    static Map<String, List<Long>> names(VqVaeShape shape) {
        Map<String, List<Long>> names = new LinkedHashMap<>();
        StateDict.of(shape).forEach((name, entry) -> names.put(name, entry.shape()));
        return names;
    }

    static Path write(Map<String, List<Long>> names, long seed, Path folder) throws IOException {
        List<TensorSpec> tensors = new ArrayList<>();
        names.forEach((name, shape) -> tensors.add(new TensorSpec(name, TensorType.F32, shape)));
        Path path = Files.createTempDirectory(folder, "vqvae").resolve("weights.safetensors");
        new RandomWeights(seed, name -> new RandomWeights.Scale(0, deviation(names.get(name)))).write(path, tensors);
        return path;
    }

    /** One over the root of the fan-in, so that sound keeps its loudness from layer to layer. */
    private static float deviation(List<Long> shape) {
        return shape.size() == 3 ? (float) (1 / Math.sqrt(shape.get(1) * (double) shape.get(2))) : 1;
    }
}
