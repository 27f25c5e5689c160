package dev.segue.standalone.models;

import dev.segue.contracts.model.ModelFile;
import dev.segue.worker.jukebox.PublishedModel;
import dev.segue.worker.weights.ModelImporter;
import dev.segue.worker.weights.PublishedCheckpoints;
import dev.segue.worker.weights.RetryPolicy;
import dev.segue.worker.weights.TensorType;
import dev.segue.worker.weights.TypePolicy;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue import}: fetches what the authors of Jukebox published and makes a model of it. */
@Command(
        name = "import",
        description = "Fetch a published model and convert it, in bounded memory; what was interrupted goes on where it"
                + " stopped.")
public final class ImportCommand implements Callable<Integer> {
    private final Function<String, PublishedModel> published;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Home home;

    @Parameters(paramLabel = "MODEL", description = "5b, 5b_lyrics or 1b_lyrics.")
    private String name;

    @Option(names = "--accept-licence", description = "You have read the licence of the weights and agree to it.")
    private boolean acceptLicence;

    @Option(
            names = "--precision",
            paramLabel = "TYPE",
            description = "Type in which linear weights are written: f32, f16 or bf16. Default: as published.")
    private LinearType precision;

    @Option(
            names = "--from",
            paramLabel = "URL",
            description = "Base address of the torch files. Default: the address of their authors.")
    private URI checkpoints = PublishedCheckpoints.ofTheAuthors().checkpoints();

    @Option(
            names = "--labels",
            paramLabel = "URL",
            description = "Base address of the tables of artists and genres. Default: the address of their authors.")
    private URI tables = PublishedCheckpoints.ofTheAuthors().tables();

    @Option(names = "--keep-downloads", description = "Keep the torch files after their conversion.")
    private boolean keepDownloads;

    /** An import; {@code published} says what a name means. */
    public ImportCommand(Function<String, PublishedModel> published) {
        this.published = published;
    }

    /** Types of linear weights, by the names that people give them. */
    enum LinearType {
        F32(TensorType.F32),
        F16(TensorType.F16),
        BF16(TensorType.BF16);

        private final TensorType type;

        LinearType(TensorType type) {
            this.type = type;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Integer call() throws IOException {
        Set<String> known = new TreeSet<>(PublishedCheckpoints.models());
        if (!known.contains(name)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "no model \"" + name + "\" was published; choose one of " + String.join(", ", known));
        }
        if (!acceptLicence) {
            throw new ParameterException(
                    spec.commandLine(),
                    PublishedCheckpoints.LICENCE_NOTICE + " Nothing was fetched; add --accept-licence if you agree.");
        }
        PublishedModel model = published.apply(name);
        TypePolicy types = precision == null ? TypePolicy.asStored() : TypePolicy.linear(precision.type);
        ModelFile card = new ModelImporter(
                        home.folder(),
                        new PublishedCheckpoints(checkpoints, tables),
                        (folder, files) -> model.card(files).toJson(),
                        RetryPolicy.standard(),
                        new ProgressLines(spec.commandLine().getErr()))
                .run(model.request(types, acceptLicence, keepDownloads));
        spec.commandLine()
                .getOut()
                .printf("%s is in %s, digest %s%n", name, home.models().resolve(name), card.sha256());
        return 0;
    }
}
