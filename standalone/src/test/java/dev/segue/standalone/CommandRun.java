package dev.segue.standalone;

import dev.segue.worker.jukebox.PublishedModel;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** What a command printed and how it ended. */
public record CommandRun(int exitCode, String out, String err) {

    /** Runs a whole command line. */
    public static CommandRun of(String... arguments) {
        return of(Segue.commandLine(PublishedModel::named), arguments);
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
