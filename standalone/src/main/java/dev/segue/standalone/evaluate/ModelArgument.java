package dev.segue.standalone.evaluate;

import dev.segue.standalone.models.Home;
import dev.segue.standalone.models.InstalledModel;
import dev.segue.worker.jukebox.ModelFolder;
import dev.segue.worker.weights.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model as a command line names it: by a folder that it lies in, or by a name in the home. */
final class ModelArgument {
    private ModelArgument() {}

    /**
     * Opens it; the demo and the untrained one are always to be had.
     *
     * @throws IllegalArgumentException if there is no such model
     */
    static ModelFolder open(String model, Home home) throws IOException {
        Path folder = Path.of(model);
        if (Files.exists(folder.resolve(ModelStore.CARD))) {
            return ModelFolder.open(folder);
        }
        if (InstalledModel.ALWAYS.contains(model)
                || Files.exists(home.models().resolve(model).resolve(ModelStore.CARD))) {
            return InstalledModel.open(home, "the model", model);
        }
        throw new IllegalArgumentException(
                "the model is " + model + " but there is neither a folder of that name with a "
                        + ModelStore.CARD + " nor such a model in " + home.models()
                        + "; name the folder that segue train wrote, or one that segue models lists");
    }
}
