package dev.segue.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.worker.jukebox.DemoModel;
import dev.segue.worker.jukebox.PublishedModel;
import dev.segue.worker.jukebox.labels.KnownNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.ParseResult;

/** Commands that the README shows, which people copy. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|([^\\s\"#]+)|#.*");

    @TempDir
    private Path home;

    @Test
    void everyCommandIsOneThatTheCommandLineTakes() throws IOException {
        for (List<String> command : commands()) {
            Segue.commandLine(PublishedModel::named).parseArgs(command.toArray(String[]::new));
        }
    }

    @Test
    void songsAreAskedOfNamesThatTheDemoKnowsWithWordsThatAreThere() throws IOException {
        KnownNames known = DemoModel.unpack(home).names();
        int songs = 0;
        for (List<String> command : commands()) {
            ParseResult song = Segue.commandLine(PublishedModel::named)
                    .parseArgs(command.toArray(String[]::new))
                    .subcommand();
            if (List.of("song", "submit").contains(song.commandSpec().name())) {
                songs++;
                assertThat(known.artists()).contains(song.matchedOptionValue("--artist", "orla venn"));
                assertThat(known.genres()).containsAll(song.matchedOptionValue("--genre", List.<String>of()));
                assertThat(ROOT.resolve(song.matchedOptionValue("--lyrics", Path.of("README.md"))))
                        .isRegularFile();
            }
        }
        assertThat(songs).isGreaterThan(1);
    }

    private static List<List<String>> commands() throws IOException {
        List<List<String>> commands = new ArrayList<>();
        for (String line : Files.readAllLines(ROOT.resolve("README.md"))) {
            if (line.startsWith("./segue ")) {
                commands.add(words(line.substring("./segue ".length())));
            }
        }
        assertThat(commands).isNotEmpty();
        return commands;
    }

    /** As a shell splits them: quotes keep words together, a hash begins a comment. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        for (Matcher word = WORD.matcher(line); word.find(); ) {
            if (word.group(1) != null || word.group(2) != null) {
                words.add(word.group(1) == null ? word.group(2) : word.group(1));
            }
        }
        return words;
    }
}
