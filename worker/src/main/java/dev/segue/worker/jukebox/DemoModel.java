package dev.segue.worker.jukebox;

import dev.segue.worker.weights.CarriedModel;
import dev.segue.worker.weights.ClassPathSource;
import dev.segue.worker.weights.WeightsException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The small trained model that comes with Segue, so that its first song is music: it has learnt the
 * songs that {@code segue corpus} composes. Its files are resources beside this class, below {@code models/demo}.
 */
public final class DemoModel {
    /** What requests call it. */
    public static final String NAME = "demo";

    private static final String RESOURCES = "dev/segue/worker/jukebox";

    private DemoModel() {}

    /**
     * Unpacks the model, unless that was done before; a whole model that somebody put there under its name stays.
     *
     * @param home the folder that keeps models, in {@code models}
     * @throws WeightsException if this build has no such model, or the folder cannot take it
     */
    public static ModelFolder unpack(Path home) throws IOException {
        ClassPathSource resources = new ClassPathSource(DemoModel.class.getClassLoader(), RESOURCES);
        return ModelFolder.open(new CarriedModel(NAME, resources).unpack(home));
    }
}
