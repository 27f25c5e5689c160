package dev.segue.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.worker.jukebox.PublishedModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line says and how it ends. */
class CommandLineTest {
    @TempDir
    private Path folder;

    @Test
    void withoutACommandTheUsageIsShownAndTheLineIsWrong() {
        CommandRun run = run();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("which command?", "import", "models", "bench");
    }

    @Test
    void everyCommandHasHelpAndTheExitCodesAreTold() {
        assertThat(run("--help").out()).contains("Exit codes:", "2   the command line is wrong");
        assertThat(run("import", "--help").out()).contains("--accept-licence", "--precision", "--home");
        assertThat(run("models", "--help").exitCode()).isZero();
        assertThat(run("--version").out()).startsWith("segue ");
    }

    @Test
    void anUnknownCommandIsAnsweredWithThoseNearIt() {
        CommandRun run = run("imprt");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("import");
    }

    @Test
    void completionForTheShellIsPrinted() {
        assertThat(run("completion").out()).contains("_complete_segue", "--bootstrap-servers", "--parallel-segments");
    }

    @Test
    void commandsThatFollowSongsTellTheirExitCodes() {
        for (String command : new String[] {"song", "submit", "watch"}) {
            assertThat(run(command, "--help").out())
                    .as(command)
                    .contains("the song was rejected", "the song failed", "the song was cancelled", "the song expired");
        }
        assertThat(run("cancel", "--help").out()).contains("3   it was refused");
    }

    @Test
    void withoutAServerOfThisMachineCommandsSayHowToNameOne() {
        for (String[] line :
                new String[][] {{"status"}, {"watch", "a"}, {"cancel", "a"}, {"fetch", "a"}, {"submit"}, {"publish"}}) {
            List<String> all = new ArrayList<>(List.of(line));
            all.addAll(List.of("--home", folder.toString()));
            CommandRun run = run(all.toArray(String[]::new));
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err().strip().lines()).as(line[0]).hasSize(1);
            assertThat(run.err()).containsAnyOf("no segue serve runs on", "no such model");
        }
    }

    @Test
    void aClusterThatDoesNotAnswerIsNamedInOneSentence() {
        CommandRun run = run(
                "status",
                "--bootstrap-servers",
                "127.0.0.1:1",
                "--registry-url",
                "http://127.0.0.1:1",
                "--home",
                folder.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().strip()).endsWith("name the brokers with --bootstrap-servers");
    }

    @Test
    void anUnknownModelIsRefusedWithTheNamesOfTheOthers() {
        CommandRun run = run("import", "6b", "--accept-licence", "--home", folder.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("no model \"6b\" was published; choose one of 1b_lyrics, 5b, 5b_lyrics");
    }

    @Test
    void aFailureIsOneSentenceAndItsOriginIsToldOnlyWhenAskedFor() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "a file where the folder belongs");
        String[] line = {"import", "5b", "--accept-licence", "--home", file.toString()};
        CommandRun quiet = run(line);
        assertThat(quiet.exitCode()).isEqualTo(1);
        assertThat(quiet.err()).contains("segue: ").doesNotContain("\tat ");
        assertThat(run("import", "5b", "--accept-licence", "--verbose", "--home", file.toString())
                        .err())
                .contains("\tat ");
    }

    @Test
    void aNewMachineHasTheDemoAndTellsTheNamesThatItKnows() {
        CommandRun run = run("models", "--home", folder.toString());
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .contains("demo, ", "whole, digest", "genres: circuit, drift, stomp, waltz")
                .contains("artists: brum haddick, orla venn, the pair of und, tilse marrow");
    }

    private static CommandRun run(String... arguments) {
        return CommandRun.of(Segue.commandLine(PublishedModel::named), arguments);
    }
}
