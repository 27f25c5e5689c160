package dev.segue.standalone.serve;

import dev.segue.contracts.model.InvalidModelException;
import dev.segue.contracts.model.ModelCard;
import dev.segue.standalone.models.Home;
import dev.segue.standalone.models.InstalledModel;
import dev.segue.worker.jukebox.ModelFolder;
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
 * @param folders of each, as they lie in the home
 */
public record LocalModels(List<ModelFolder> folders) {
    private static final Logger LOG = LoggerFactory.getLogger(LocalModels.class);

    public LocalModels {
        folders = List.copyOf(folders);
    }

    /**
     * One model; the demo and the untrained one are always to be had.
     *
     * @throws IllegalArgumentException if there is no such model
     */
    public static LocalModels of(Home home, String name) throws IOException {
        return new LocalModels(List.of(InstalledModel.open(home, "--model", name)));
    }

    /** All of them, the demo and the untrained one first. A card that cannot be read keeps nobody from the others. */
    public static LocalModels all(Home home) throws IOException {
        List<ModelFolder> models = new ArrayList<>();
        for (String name : InstalledModel.ALWAYS) {
            models.addAll(of(home, name).folders());
        }
        try (Stream<Path> entries = Files.list(home.models())) {
            for (Path folder : entries.sorted().toList()) {
                String name = folder.getFileName().toString();
                Path card = folder.resolve(ModelStore.CARD);
                if (!InstalledModel.ALWAYS.contains(name) && Files.exists(card)) {
                    try {
                        models.add(ModelFolder.open(folder));
                    } catch (InvalidModelException e) {
                        LOG.warn("event=model_not_usable model={} reason=\"{}\"", name, e.getMessage());
                    }
                }
            }
        }
        return new LocalModels(models);
    }

    /** What each of them is. */
    public List<ModelCard> cards() {
        return folders.stream().map(ModelFolder::card).toList();
    }

    /** How many levels a model of these has. */
    public int levels(String name) {
        return cards().stream()
                .filter(card -> card.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no model " + name + " among these"))
                .levels()
                .size();
    }
}
