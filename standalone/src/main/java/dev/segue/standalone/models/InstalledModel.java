package dev.segue.standalone.models;

import dev.segue.worker.jukebox.DemoModel;
import dev.segue.worker.jukebox.ModelFolder;
import dev.segue.worker.jukebox.UntrainedModel;
import dev.segue.worker.weights.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A model of a home by its name. The demo is unpacked and the untrained one made when they are first asked for. */
public final class InstalledModel {
    /** What every machine has. */
    public static final List<String> ALWAYS = List.of(DemoModel.NAME, UntrainedModel.NAME);

    private static final long WEIGHTS_SEED = 1;

    private InstalledModel() {}

    /**
     * Opens it.
     *
     * @param option what named it, for the message
     * @throws IllegalArgumentException if there is no such model
     */
    public static ModelFolder open(Home home, String option, String name) throws IOException {
        Path folder = home.models().resolve(name);
        if (name.equals(DemoModel.NAME)) {
            return DemoModel.unpack(home.folder());
        }
        if (Files.exists(folder.resolve(ModelStore.CARD))) {
            return ModelFolder.open(folder);
        }
        if (name.equals(UntrainedModel.NAME)) {
            return UntrainedModel.write(folder, WEIGHTS_SEED);
        }
        throw new IllegalArgumentException(option + " is " + name + ", but there is no such model in " + home.models()
                + "; segue models lists those that are, segue import fetches one");
    }
}
