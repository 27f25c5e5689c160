package dev.segue.worker.jukebox;

import dev.segue.contracts.model.LabelShape;
import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.model.ModelFile;
import dev.segue.contracts.model.ModelShape;
import dev.segue.contracts.model.PriorShape;
import dev.segue.worker.weights.CheckpointConversion;
import dev.segue.worker.weights.ImportRequest;
import dev.segue.worker.weights.PublishedCheckpoints;
import dev.segue.worker.weights.TypePolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A model that exists as torch files: what an import must find in them, and the card of what it makes.
 *
 * @param name what requests call it
 * @param description one line for people
 * @param licence what its weights may be used for
 * @param shape what its parts compute
 * @param hopFractions per level, the finest first, as in {@link ModelCard.LevelCard}
 * @param checkpoints the torch file of each part, by the names of {@link PublishedCheckpoints#files}
 */
public record PublishedModel(
        String name,
        String description,
        String licence,
        ModelShape shape,
        List<Double> hopFractions,
        Map<String, String> checkpoints) {
    private static final String VQ_VAE = "vqvae";

    public PublishedModel {
        hopFractions = List.copyOf(hopFractions);
        checkpoints = Map.copyOf(checkpoints);
    }

    /**
     * A model of the authors of Jukebox.
     *
     * @throws IllegalArgumentException if they published none of that name
     */
    public static PublishedModel named(String name) {
        return new PublishedModel(
                name,
                "Jukebox " + name + " as published by OpenAI",
                PublishedCheckpoints.LICENCE_NOTICE,
                HyperparameterSets.model(name),
                HyperparameterSets.hopFractions(),
                PublishedCheckpoints.files(name));
    }

    /** What a {@link dev.segue.worker.weights.ModelImporter} is asked for, to have this model. */
    public ImportRequest request(TypePolicy types, boolean acceptLicence, boolean keepDownloads) {
        List<ImportRequest.Part> parts = new ArrayList<>();
        parts.add(part(VQ_VAE, StateDict.of(shape.vqVae()), types));
        for (PriorShape prior : shape.priors()) {
            parts.add(part(prior(prior.level()), StateDict.of(prior), types));
        }
        return new ImportRequest(name, parts, acceptLicence, keepDownloads);
    }

    /** The card of the imported model, which consists of {@code files}. */
    public ModelCard card(List<ModelFile> files) {
        Map<String, ModelFile> byPath = files.stream().collect(Collectors.toMap(ModelFile::path, file -> file));
        return ModelCard.of(
                name,
                description,
                licence,
                shape,
                hopFractions,
                byPath.get(target(VQ_VAE)),
                shape.priors().stream()
                        .map(prior -> byPath.get(target(prior(prior.level()))))
                        .toList(),
                shape.priors().stream()
                        .map(prior -> prior.labels() == null ? null : tables(prior.labels(), byPath))
                        .toList());
    }

    private ImportRequest.Part part(String part, Map<String, StateDict.Entry> tensors, TypePolicy types) {
        Map<String, List<Long>> expected = new LinkedHashMap<>();
        tensors.forEach((tensor, entry) -> expected.put(tensor, entry.shape()));
        return new ImportRequest.Part(checkpoints.get(part), target(part), new CheckpointConversion(expected, types));
    }

    private static ModelCard.LabelFiles tables(LabelShape labels, Map<String, ModelFile> byPath) {
        String prefix = "ids/" + labels.version().name().toLowerCase(Locale.ROOT);
        return new ModelCard.LabelFiles(byPath.get(prefix + "_artist_ids.txt"), byPath.get(prefix + "_genre_ids.txt"));
    }

    private static String prior(int level) {
        return "prior_level_" + level;
    }

    private static String target(String part) {
        return part + ".safetensors";
    }
}
