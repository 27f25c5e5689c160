package dev.segue.standalone.evaluate;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.model.ModelFile;
import dev.segue.contracts.model.ModelShape;
import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.model.TransformerShape;
import dev.segue.worker.jukebox.StateDict;
import dev.segue.worker.jukebox.UntrainedModel;
import dev.segue.worker.weights.ModelStore;
import dev.segue.worker.weights.RandomWeights;
import dev.segue.worker.weights.Sha256;
import dev.segue.worker.weights.TensorSpec;
import dev.segue.worker.weights.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A small model that hears neither labels nor lyrics, with seeded random weights. */
final class UnlabelledModel {
    private UnlabelledModel() {}

    static void write(Path folder) throws IOException {
        ModelCard labelled = UntrainedModel.write(folder, 1).card();
        List<PriorShape> priors = new ArrayList<>();
        List<ModelFile> weights = new ArrayList<>();
        for (ModelCard.LevelCard level : labelled.levels()) {
            PriorShape prior = unlabelled(level.prior());
            Path file = folder.resolve("plain_" + prior.level() + ".safetensors");
            new RandomWeights(
                            prior.level(),
                            name -> new RandomWeights.Scale(name.matches(".*ln(_\\d)?\\.weight") ? 1 : 0, 0.05f))
                    .write(
                            file,
                            StateDict.of(prior).entrySet().stream()
                                    .map(entry -> new TensorSpec(
                                            entry.getKey(),
                                            TensorType.F32,
                                            entry.getValue().shape()))
                                    .toList());
            priors.add(prior);
            weights.add(new ModelFile(file.getFileName().toString(), Sha256.of(file), Files.size(file)));
        }
        ModelCard.of(
                        "plain",
                        "Hears neither labels nor lyrics",
                        "Apache-2.0",
                        new ModelShape(labelled.vqVae().shape(), priors),
                        List.of(0.5, 0.5, 0.5),
                        labelled.vqVae().weights(),
                        weights,
                        Collections.nCopies(priors.size(), null))
                .write(folder.resolve(ModelStore.CARD));
    }

    private static PriorShape unlabelled(PriorShape prior) {
        return new PriorShape(
                prior.level(),
                prior.context(),
                prior.codes(),
                new TransformerShape(64, 3, 1, 2, 8, 0.25, 1, 1),
                false,
                null,
                null,
                null,
                prior.conditioner(),
                false,
                prior.sampleRate());
    }
}
