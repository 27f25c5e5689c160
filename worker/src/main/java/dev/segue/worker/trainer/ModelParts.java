package dev.segue.worker.trainer;

import ai.djl.ndarray.NDArray;
import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.model.ModelFile;
import dev.segue.contracts.model.ModelShape;
import dev.segue.worker.jukebox.StateDict;
import dev.segue.worker.weights.HalfFloat;
import dev.segue.worker.weights.ModelStore;
import dev.segue.worker.weights.SafetensorsWriter;
import dev.segue.worker.weights.Sha256;
import dev.segue.worker.weights.TensorSpec;
import dev.segue.worker.weights.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The files of a model that is being trained, in half precision, as workers load them. The card is written as soon as every
 * part is there.
 */
final class ModelParts {
    private static final String ARTISTS = "artists.txt";
    private static final String GENRES = "genres.txt";

    private final Path folder;
    private final Recipe recipe;
    private final ModelShape shape;
    private final LabelTables tables;

    ModelParts(Path folder, Recipe recipe, LabelTables tables) {
        this.folder = folder;
        this.recipe = recipe;
        this.shape = recipe.shape(tables);
        this.tables = tables;
    }

    ModelShape shape() {
        return shape;
    }

    /** Where the VQ-VAE is or will be. */
    Path vqVae() {
        return folder.resolve("vqvae.safetensors");
    }

    /** Where the prior of a level is or will be. */
    Path prior(int level) {
        return folder.resolve("prior_level_" + level + ".safetensors");
    }

    void writeVqVae(Map<String, NDArray> weights) throws IOException {
        write(vqVae(), StateDict.of(shape.vqVae()), weights);
    }

    void writePrior(int level, Map<String, NDArray> weights) throws IOException {
        write(prior(level), StateDict.of(shape.priors().get(level)), weights);
    }

    private void write(Path file, Map<String, StateDict.Entry> tensors, Map<String, NDArray> weights)
            throws IOException {
        List<TensorSpec> specs = new ArrayList<>();
        tensors.forEach((name, entry) -> specs.add(new TensorSpec(name, TensorType.F16, entry.shape())));
        try (SafetensorsWriter writer = SafetensorsWriter.create(file, specs)) {
            for (String name : tensors.keySet()) {
                writer.write(name, halves(name, weights.get(name).toFloatArray()));
            }
            writer.commit();
        }
        writeCard();
    }

    private static ByteBuffer halves(String name, float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            short half = HalfFloat.fromFloat(value);
            if (!Float.isFinite(HalfFloat.toFloat(half))) {
                throw new IllegalStateException(name + " has a value of " + value
                        + ", which half precision cannot hold: the training has come apart; lower learningRate in the"
                        + " recipe and begin anew");
            }
            bytes.putShort(half);
        }
        return bytes.flip();
    }

    private void writeCard() throws IOException {
        List<Path> priors = new ArrayList<>();
        for (int level = 0; level < shape.priors().size(); level++) {
            priors.add(prior(level));
        }
        if (!Files.exists(vqVae()) || !priors.stream().allMatch(Files::exists)) {
            return;
        }
        ModelFile artists = table(ARTISTS, tables.artists());
        ModelFile genres = table(GENRES, tables.genres());
        List<ModelFile> files = new ArrayList<>();
        List<ModelCard.LabelFiles> labels = new ArrayList<>();
        for (int level = 0; level < priors.size(); level++) {
            files.add(described(priors.get(level)));
            labels.add(shape.priors().get(level).labels() == null ? null : new ModelCard.LabelFiles(artists, genres));
        }
        ModelCard.of(
                        recipe.name(),
                        recipe.description(),
                        recipe.licence(),
                        shape,
                        recipe.levels().stream()
                                .map(Recipe.LevelPart::hopFraction)
                                .toList(),
                        described(vqVae()),
                        files,
                        Collections.unmodifiableList(labels))
                .at(recipe.levels().stream().map(Recipe.LevelPart::temperature).toList())
                .write(folder.resolve(ModelStore.CARD));
    }

    private ModelFile table(String name, Map<String, Integer> ids) throws IOException {
        return described(Files.writeString(folder.resolve(name), LabelTables.text(ids), StandardCharsets.UTF_8));
    }

    private ModelFile described(Path file) throws IOException {
        return new ModelFile(folder.relativize(file).toString(), Sha256.of(file), Files.size(file));
    }
}
