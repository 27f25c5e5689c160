package dev.segue.standalone.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How commands of the documents are held, as {@code documents/commands.md} of the test's resources says.
 *
 * @param treatments by what a command begins with
 * @param substitutions what a command that is run has instead, in their order
 */
record CommandTable(List<Treatment> treatments, List<Substitution> substitutions) {
    private static final Path FILE = Path.of("src", "test", "resources", "documents", "commands.md");
    private static final Pattern TREATMENT = Pattern.compile("\\| `([^`]+)` \\| (\\w+) \\| ?(.*?) ?\\|");
    private static final Pattern SUBSTITUTION = Pattern.compile("\\| `([^`]+)` \\| `([^`]+)` \\| (.+) \\|");

    /** How a command is held. */
    enum How {
        /** Run by default. */
        RUN,
        /** Run with the long tests. */
        LONG,
        /** The server that runs beside all others. */
        SERVER,
        /** Its options are taken. */
        PARSED,
        /** What runs the tests. */
        BUILD,
        /** Held against chart, compose.yaml and Dockerfiles. */
        DEPLOYMENT
    }

    /**
     * How commands with a beginning are held.
     *
     * @param prints what the output of one that is run has in it, as a pattern; why it is not run for others
     */
    record Treatment(String beginning, How how, String prints) {}

    record Substitution(String document, String test) {}

    static CommandTable read() throws IOException {
        List<String> lines = Files.readAllLines(FILE);
        return new CommandTable(
                lines.stream()
                        .map(TREATMENT::matcher)
                        .filter(Matcher::matches)
                        .map(row -> new Treatment(
                                row.group(1),
                                How.valueOf(row.group(2).toUpperCase(Locale.ROOT)),
                                row.group(3).replaceAll("^`|`$", "")))
                        .toList(),
                lines.stream()
                        .map(SUBSTITUTION::matcher)
                        .filter(Matcher::matches)
                        .map(row -> new Substitution(row.group(1), row.group(2)))
                        .toList());
    }

    /** The treatment of a command: that of the longest beginning. */
    Optional<Treatment> of(DocumentedCommand command) {
        return treatments.stream()
                .filter(treatment -> command.line().startsWith(treatment.beginning()))
                .max(Comparator.comparingInt(treatment -> treatment.beginning().length()));
    }

    /** A command as it is run. */
    String substituted(String line) {
        String run = line;
        for (Substitution substitution : substitutions) {
            run = run.replace(substitution.document(), substitution.test());
        }
        return run;
    }
}
