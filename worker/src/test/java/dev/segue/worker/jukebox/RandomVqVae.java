package dev.segue.worker.jukebox;

import ai.djl.Device;
import dev.segue.contracts.model.VqVaeShape;
import dev.segue.worker.weights.SafetensorsFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** VQ-VAEs with seeded random weights. */
final class RandomVqVae {
    /** The shape of the VQ-VAE that the original's authors released. */
    static final VqVaeShape RELEASED = new VqVaeShape(
            44100, List.of(3, 2, 2), List.of(2, 2, 2), 64, 2048, 32, 4, List.of(2, 1, 1), 1.0, 3, null, true);

    private RandomVqVae() {}

    static VqVae of(VqVaeShape shape, long seed, Path folder) throws IOException {
        return VqVae.load(Device.cpu(), shape, SafetensorsFile.open(write(names(shape), seed, folder)));
    }

    static Map<String, List<Long>> names(VqVaeShape shape) {
        Map<String, List<Long>> names = new LinkedHashMap<>();
        for (int level = 0; level < shape.levels(); level++) {
            names.putAll(VqVaeNames.encoder(shape, level));
            names.putAll(VqVaeNames.decoder(shape, level));
            names.put(VqVaeNames.codebook(level), List.of((long) shape.codes(), (long) shape.embeddingWidth()));
        }
        return names;
    }

    static Path write(Map<String, List<Long>> names, long seed, Path folder) throws IOException {
        StringBuilder header = new StringBuilder("{");
        int end = 0;
        for (Map.Entry<String, List<Long>> tensor : names.entrySet()) {
            int begin = end;
            end += Math.toIntExact(4 * elements(tensor.getValue()));
            header.append("\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]},"
                    .formatted(tensor.getKey(), tensor.getValue(), begin, end));
        }
        header.setCharAt(header.length() - 1, '}');
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + end).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        Random random = new Random(seed);
        names.forEach((name, shape) -> {
            double fanIn = shape.size() == 3 ? shape.get(1) * shape.get(2) : 1;
            for (long i = elements(shape); i > 0; i--) {
                bytes.putFloat((float) (random.nextGaussian() / Math.sqrt(fanIn)));
            }
        });
        return Files.write(Files.createTempFile(folder, "vqvae", ".safetensors"), bytes.array());
    }

    private static long elements(List<Long> shape) {
        return shape.stream().reduce(1L, (a, b) -> a * b);
    }
}
