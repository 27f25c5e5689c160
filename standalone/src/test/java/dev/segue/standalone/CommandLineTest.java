package dev.segue.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.worker.jukebox.PublishedModel;
import java.nio.file.Files;
import java.nio.file.Path;
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
    void completionForTheShellIsPrintedButNotAdvertised() {
        assertThat(run("--help").out()).doesNotContain("generate-completion");
        assertThat(run("generate-completion").out()).contains("_complete_segue");
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
    void aMachineWithoutModelsSaysHowToGetOne() {
        CommandRun run = run("models", "--home", folder.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("No models in " + folder.resolve("models"), "segue import");
    }

    private static CommandRun run(String... arguments) {
        return CommandRun.of(Segue.commandLine(PublishedModel::named), arguments);
    }
}
