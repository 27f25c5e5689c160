package dev.segue.standalone;

import dev.segue.worker.jukebox.PublishedModel;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** What a command printed and how it ended. */
public record CommandRun(int exitCode, String out, String err) {

    /** Runs a whole command line. */
    public static CommandRun of(String... arguments) {
        return of(Segue.commandLine(PublishedModel::named), arguments);
    }

    /**
     * Takes a whole command line without running it.
     *
     * @throws CommandLine.ParameterException if it cannot be
     */
    public static ParseResult parse(String... arguments) {
        return Segue.commandLine(PublishedModel::named).parseArgs(arguments);
    }

    static CommandRun of(CommandLine commands, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = commands.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }
}
