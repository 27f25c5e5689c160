package dev.segue.standalone;

import dev.segue.standalone.bench.BenchCommand;
import dev.segue.standalone.corpus.CorpusCommand;
import dev.segue.standalone.evaluate.EvaluateCommand;
import dev.segue.standalone.fetch.FetchCommand;
import dev.segue.standalone.models.ImportCommand;
import dev.segue.standalone.models.ModelsCommand;
import dev.segue.standalone.publish.PublishCommand;
import dev.segue.standalone.request.SubmitCommand;
import dev.segue.standalone.sample.SampleCommand;
import dev.segue.standalone.serve.ServeCommand;
import dev.segue.standalone.song.SongCommand;
import dev.segue.standalone.spectrogram.SpectrogramCommand;
import dev.segue.standalone.train.TrainCommand;
import dev.segue.standalone.watch.CancelCommand;
import dev.segue.standalone.watch.StatusCommand;
import dev.segue.standalone.watch.WatchCommand;
import dev.segue.worker.jukebox.PublishedModel;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code segue} command line. */
@Command(
        name = "segue",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        version = "segue 0.1.0",
        description = "OpenAI's Jukebox in Java.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:it was done", "1:it failed, for the reason given", "2:the command line is wrong"})
public final class Segue implements Runnable {
    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Say where in the program a failure came from.")
    private boolean verbose;

    @Spec
    private CommandSpec spec;

    private Segue() {}

    /** Runs one command and ends with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine(PublishedModel::named).execute(arguments));
    }

    /**
     * The command line.
     *
     * @param published what the name of a published model means
     */
    static CommandLine commandLine(Function<String, PublishedModel> published) {
        Segue segue = new Segue();
        CommandLine commands = new CommandLine(segue)
                .addSubcommand(new SongCommand())
                .addSubcommand(new ServeCommand())
                .addSubcommand(new SubmitCommand())
                .addSubcommand(new WatchCommand())
                .addSubcommand(new StatusCommand())
                .addSubcommand(new CancelCommand())
                .addSubcommand(new FetchCommand())
                .addSubcommand(new PublishCommand())
                .addSubcommand(new SampleCommand())
                .addSubcommand(new ImportCommand(published))
                .addSubcommand(new ModelsCommand())
                .addSubcommand(new CorpusCommand())
                .addSubcommand(new EvaluateCommand())
                .addSubcommand(new TrainCommand())
                .addSubcommand(new SpectrogramCommand())
                .addSubcommand(new BenchCommand())
                .addSubcommand(new Completion());
        return commands.setExecutionExceptionHandler((failure, command, parsed) -> segue.report(failure, command))
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }

    private int report(Exception failure, CommandLine command) {
        String sentence = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        command.getErr().println("segue: " + sentence);
        if (verbose) {
            failure.printStackTrace(command.getErr());
        }
        return command.getCommandSpec().exitCodeOnExecutionException();
    }
}
