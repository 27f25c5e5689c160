package dev.segue.worker.weights;

import dev.segue.contracts.model.ModelShape;
import dev.segue.worker.jukebox.PublishedModel;
import dev.segue.worker.parity.Fixtures;
import dev.segue.worker.parity.ReferenceShapes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A model of the fixtures as if its authors had published it: torch files under the paths of a real one, and tables, on
 * a web server of this machine.
 */
public final class TinyPublication implements AutoCloseable {
    private static final String LIKE = "1b_lyrics";
    private static final Map<String, String> WEIGHTS = Map.of(
            "vqvae", "vqvae_3level",
            "prior_level_0", "priors/up0",
            "prior_level_1", "priors/up1",
            "prior_level_2", "priors/top_single");

    private final FileServer server;

    /** Serves it, by way of torch files in {@code folder}. */
    public TinyPublication(Path folder) throws IOException {
        server = new FileServer();
        for (Map.Entry<String, String> part : PublishedCheckpoints.files(LIKE).entrySet()) {
            Path checkpoint = folder.resolve(part.getKey() + ".pth.tar");
            torch(Fixtures.tensors(WEIGHTS.get(part.getKey()) + "/weights.safetensors"))
                    .zip(checkpoint, false);
            server.put(part.getValue(), Files.readAllBytes(checkpoint));
        }
        for (String table : PublishedCheckpoints.TABLES) {
            server.put("ids/" + table, Files.readAllBytes(Fixtures.file("labels/ids/" + table)));
        }
    }

    /** The model, under a name that was published. */
    public static PublishedModel model(String name) {
        return new PublishedModel(
                name,
                "The little model of the fixtures",
                "Made up; free for any use",
                new ModelShape(
                        ReferenceShapes.vqVae("vqvae_3level"),
                        List.of(
                                ReferenceShapes.prior("up0"),
                                ReferenceShapes.prior("up1"),
                                ReferenceShapes.prior("top_single"))),
                List.of(0.5, 0.5, 0.125),
                PublishedCheckpoints.files(LIKE));
    }

    /** Base address of the torch files. */
    public URI checkpoints() {
        return server.base();
    }

    /** Base address of the tables. */
    public URI tables() {
        return URI.create(server.base() + "/ids");
    }

    /** Every path that was asked for. */
    public List<String> requests() {
        return server.requests();
    }

    @Override
    public void close() {
        server.close();
    }

    private static CheckpointFile torch(SafetensorsFile weights) throws IOException {
        List<CheckpointFile.Storage> storages = new ArrayList<>();
        List<CheckpointFile.Tensor> tensors = new ArrayList<>();
        for (TensorInfo tensor : weights.tensors().values()) {
            String key = Integer.toString(storages.size());
            boolean half = tensor.type() == TensorType.F16;
            storages.add(new CheckpointFile.Storage(
                    key,
                    half ? "HalfStorage" : "FloatStorage",
                    tensor.type().bytes(),
                    tensor.elements(),
                    weights.map(tensor.name())));
            tensors.add(new CheckpointFile.Tensor(tensor.name(), key, 0, tensor.shape(), strides(tensor.shape())));
        }
        return new CheckpointFile(storages, tensors, 1);
    }

    private static List<Long> strides(List<Long> shape) {
        List<Long> strides = new ArrayList<>();
        long stride = 1;
        for (int axis = shape.size() - 1; axis >= 0; axis--) {
            strides.add(0, stride);
            stride *= shape.get(axis);
        }
        return strides;
    }
}
