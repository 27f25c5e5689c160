package dev.segue.standalone;

import dev.segue.standalone.bench.BenchCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code segue} command line. */
@Command(
        name = "segue",
        mixinStandardHelpOptions = true,
        version = "segue 0.1.0",
        description = "Jukebox, served as Kafka-driven streaming workers.",
        subcommands = BenchCommand.class)
public final class Segue {
    private Segue() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Segue()).execute(arguments));
    }
}
