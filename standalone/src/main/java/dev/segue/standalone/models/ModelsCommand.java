package dev.segue.standalone.models;

import dev.segue.contracts.model.InvalidModelException;
import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.model.ModelFile;
import dev.segue.worker.jukebox.DemoModel;
import dev.segue.worker.jukebox.ModelFolder;
import dev.segue.worker.jukebox.labels.KnownNames;
import dev.segue.worker.weights.FolderSource;
import dev.segue.worker.weights.ModelStore;
import dev.segue.worker.weights.RetryPolicy;
import dev.segue.worker.weights.WeightsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code segue models}: what is there, the demo among it, whether it is whole, and which names it knows. */
@Command(
        name = "models",
        description =
                "List the models of this machine, with the names that they know and every file held against the digest"
                        + " in its model's card.")
public final class ModelsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Home home;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        DemoModel.unpack(home.folder());
        boolean whole = true;
        for (Path model : models()) {
            try {
                describe(model, out);
            } catch (InvalidModelException | WeightsException e) {
                out.printf("%s is not usable: %s%n", model.getFileName(), e.getMessage());
                whole = false;
            }
        }
        return whole ? 0 : spec.exitCodeOnExecutionException();
    }

    /** Folders with a card; one without is an import that was interrupted. */
    private List<Path> models() throws IOException {
        try (Stream<Path> entries = Files.list(home.models())) {
            return entries.filter(folder -> Files.exists(folder.resolve(ModelStore.CARD)))
                    .sorted()
                    .toList();
        }
    }

    private void describe(Path model, PrintWriter out) throws IOException {
        ModelCard card = ModelCard.read(model.resolve(ModelStore.CARD));
        new ModelStore(
                        home.folder(),
                        new FolderSource(home.folder()),
                        ModelStore.CardReader.MODEL_CARD,
                        RetryPolicy.standard())
                .resolve(model.getFileName().toString(), card.digest());
        long bytes = card.files().stream().mapToLong(ModelFile::bytes).sum();
        out.printf("%s, %s, whole, digest %s%n", card.name(), Sizes.of(bytes), card.digest());
        out.printf("    %s%n    %s%n", card.description(), card.licence());
        KnownNames names = new ModelFolder(model, card).names();
        NameList.ofField("artist", names).ifPresent(artists -> out.printf("    artists: %s%n", artists));
        NameList.ofField("genres", names).ifPresent(genres -> out.printf("    genres: %s%n", genres));
    }
}
