package dev.segue.standalone.publish;

import dev.segue.contracts.client.Cluster;
import dev.segue.contracts.client.PublishedModels;
import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.model.ModelFile;
import dev.segue.standalone.cluster.ClusterOptions;
import dev.segue.standalone.models.InstalledModel;
import dev.segue.standalone.songs.SongObjects;
import dev.segue.worker.jukebox.DemoModel;
import dev.segue.worker.jukebox.ModelFolder;
import dev.segue.worker.jukebox.labels.KnownNames;
import dev.segue.worker.weights.FolderSource;
import dev.segue.worker.weights.ModelStore;
import dev.segue.worker.weights.RetryPolicy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue publish}: puts a model into the object store and lets songs be asked of it. */
@Command(
        name = "publish",
        description = "Put a model of this machine into the object store, and let songs be asked of it; what lies there"
                + " already is not sent again.")
public final class PublishCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Parameters(
            paramLabel = "MODEL",
            arity = "0..1",
            defaultValue = DemoModel.NAME,
            description = "Its name, see segue models. Default: demo.")
    private String name;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Cluster place = cluster.cluster();
        ModelFolder model = InstalledModel.open(cluster.home(), "MODEL", name);
        Path folder = model.folder();
        ModelCard card = model.card();
        Path home = cluster.home().folder();
        new ModelStore(home, new FolderSource(home), ModelStore.CardReader.MODEL_CARD, RetryPolicy.standard())
                .resolve(name, card.digest());
        PrintWriter out = spec.commandLine().getOut();
        try (SongObjects objects = new SongObjects(place)) {
            for (ModelFile file : card.files()) {
                objects.putModelFile(name + "/" + file.path(), folder.resolve(file.path()));
                out.println(file.path() + " is in the store");
            }
            // Last, so that a model with a card is complete.
            objects.putModelFile(name + "/" + ModelStore.CARD, folder.resolve(ModelStore.CARD));
        }
        KnownNames names = model.names();
        PublishedModels.announce(place, card, names.artists(), names.genres());
        out.printf("%s is published, digest %s%n", name, card.digest());
        out.flush();
        return 0;
    }
}
