package dev.segue.standalone.serve;

import dev.segue.contracts.model.InvalidModelException;
import dev.segue.contracts.model.ModelCard;
import dev.segue.standalone.models.Home;
import dev.segue.worker.jukebox.UntrainedModel;
import dev.segue.worker.weights.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Models of this machine that songs can be asked of.
 *
 * @param cards of each, as they lie in the home
 */
public record LocalModels(List<ModelCard> cards) {
    private static final Logger LOG = LoggerFactory.getLogger(LocalModels.class);
    private static final long WEIGHTS_SEED = 1;

    public LocalModels {
        cards = List.copyOf(cards);
    }

    /**
     * One model; the untrained one is made if it is not there.
     *
     * @throws IllegalArgumentException if there is no such model
     */
    public static LocalModels of(Home home, String name) throws IOException {
        Path card = card(home, name);
        if (Files.exists(card)) {
            return new LocalModels(List.of(ModelCard.read(card)));
        }
        if (name.equals(UntrainedModel.NAME)) {
            return new LocalModels(
                    List.of(UntrainedModel.write(card.getParent(), WEIGHTS_SEED).card()));
        }
        throw new IllegalArgumentException("--model is " + name + ", but there is no such model in " + home.models()
                + "; segue models lists those that are, segue import fetches one");
    }

    /** All of them, and the untrained one. A card that cannot be read keeps nobody from the others. */
    public static LocalModels all(Home home) throws IOException {
        List<ModelCard> cards = new ArrayList<>(of(home, UntrainedModel.NAME).cards());
        try (Stream<Path> folders = Files.list(home.models())) {
            for (Path folder : folders.sorted().toList()) {
                String name = folder.getFileName().toString();
                if (!name.equals(UntrainedModel.NAME) && Files.exists(card(home, name))) {
                    try {
                        cards.add(ModelCard.read(card(home, name)));
                    } catch (InvalidModelException e) {
                        LOG.warn("event=model_not_usable model={} reason=\"{}\"", name, e.getMessage());
                    }
                }
            }
        }
        return new LocalModels(cards);
    }

    private static Path card(Home home, String name) {
        return home.models().resolve(name).resolve(ModelStore.CARD);
    }

    /** How many levels a model of these has. */
    public int levels(String name) {
        return cards.stream()
                .filter(card -> card.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no model " + name + " among these"))
                .levels()
                .size();
    }
}
