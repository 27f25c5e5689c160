package dev.segue.worker.jukebox;

import ai.djl.Device;
import dev.segue.contracts.model.InvalidModelException;
import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.model.ModelFile;
import dev.segue.contracts.model.PriorShape;
import dev.segue.worker.jukebox.labels.IdentifierTable;
import dev.segue.worker.jukebox.labels.KnownNames;
import dev.segue.worker.jukebox.labels.LabelSet;
import dev.segue.worker.jukebox.labels.ModelLabeller;
import dev.segue.worker.weights.ModelStore;
import dev.segue.worker.weights.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A model that lies whole in a folder of this machine, and its parts as they are loaded from there. The digests in the
 * card are the business of {@link ModelStore}, which resolves such a folder.
 *
 * @param folder where the card and the weights are
 * @param card what it is
 */
public record ModelFolder(Path folder, ModelCard card) {

    /**
     * Reads the card in {@code folder}.
     *
     * @throws InvalidModelException if it contradicts itself
     * @throws IOException if it cannot be read
     */
    public static ModelFolder open(Path folder) throws IOException {
        return new ModelFolder(folder, ModelCard.read(folder.resolve(ModelStore.CARD)));
    }

    /**
     * Loads the VQ-VAE.
     *
     * @throws IOException if its file cannot be read
     * @throws IllegalArgumentException if its file holds other tensors than the card says
     */
    public VqVae vqVae(Device device) throws IOException {
        return VqVae.load(device, card.vqVae().shape(), weights(card.vqVae().weights()));
    }

    /**
     * Loads the prior that writes the codes of {@code level}.
     *
     * @throws IOException if its file cannot be read
     * @throws IllegalArgumentException if its file lacks a tensor or has it in another shape than the card says
     */
    public Prior prior(int level, Device device, Precision precision) throws IOException {
        ModelCard.LevelCard described = card.levels().get(level);
        return Prior.forSampling(described.prior(), weights(described.weights()), device, precision);
    }

    /**
     * What turns the words of a request into label rows, for every level.
     *
     * @throws IOException if a table cannot be read
     */
    public ModelLabeller labeller() throws IOException {
        List<Optional<LabelSet>> sets = new ArrayList<>();
        for (ModelCard.LevelCard level : card.levels()) {
            sets.add(level.labels() == null ? Optional.empty() : Optional.of(labels(level.prior(), level.labels())));
        }
        return new ModelLabeller(card.shape(), sets);
    }

    /**
     * The names that the coarsest labelled level knows.
     *
     * @throws IOException if a table cannot be read
     */
    public KnownNames names() throws IOException {
        for (int level = card.levels().size() - 1; level >= 0; level--) {
            ModelCard.LevelCard described = card.levels().get(level);
            if (described.labels() != null) {
                return KnownNames.of(labels(described.prior(), described.labels()));
            }
        }
        return KnownNames.NONE;
    }

    private LabelSet labels(PriorShape prior, ModelCard.LabelFiles files) throws IOException {
        return new LabelSet(prior.labels().version(), table(files.artists()), table(files.genres()));
    }

    private IdentifierTable table(ModelFile file) throws IOException {
        return IdentifierTable.read(folder.resolve(file.path()));
    }

    private SafetensorsFile weights(ModelFile file) throws IOException {
        return SafetensorsFile.open(folder.resolve(file.path()));
    }
}
