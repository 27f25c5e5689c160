package dev.segue.standalone.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.standalone.CommandRun;
import dev.segue.worker.manifest.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusCommandTest {
    @TempDir
    private Path folder;

    private CommandRun run(String... more) {
        String[] line = {"corpus", "--out", folder.resolve("corpus").toString(), "--rate", "8000", "--seconds", "10"};
        String[] arguments = new String[line.length + more.length];
        System.arraycopy(line, 0, arguments, 0, line.length);
        System.arraycopy(more, 0, arguments, line.length, more.length);
        return CommandRun.of(arguments);
    }

    @Test
    void songsAreWrittenAndCountedAndAFolderInUseIsOnlyReplacedByForce() throws Exception {
        CommandRun first = run("--songs", "48");
        assertThat(first.exitCode()).isZero();
        assertThat(first.out()).contains("48 songs (16 train, 16 validation, 16 test)", "SHA-256 ");
        assertThat(first.err()).contains("48 of 48 songs");
        assertThat(Manifest.read(folder.resolve("corpus")).songs()).hasSize(48);

        CommandRun again = run("--songs", "48");
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err())
                .contains(
                        "--out is " + folder.resolve("corpus")
                                + " but that folder is not empty; name another one, or add --force to replace the corpus in it");

        CommandRun forced = run("--songs", "48", "--force", "--threads", "1");
        assertThat(forced.exitCode()).isZero();
        assertThat(forced.out()).isEqualTo(first.out());
    }

    @Test
    void aFileInsteadOfAFolderIsRefused() throws Exception {
        Files.writeString(folder.resolve("corpus"), "a file");
        CommandRun run = run("--force");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("but that is a file; name a folder, which is made if it is not there");
    }

    @Test
    void valuesThatCannotBeMakeTheCommandLineWrong() {
        CommandRun few = run("--songs", "10");
        assertThat(few.exitCode()).isEqualTo(2);
        assertThat(few.err()).contains("--songs is 10 but must be from 48");
        assertThat(run("--seconds", "5").exitCode()).isEqualTo(2);
        assertThat(run("--threads", "0").err()).contains("--threads is 0 but must be at least 1");
        assertThat(folder.resolve("corpus")).doesNotExist();
    }

    @Test
    void aFolderMustBeNamed() {
        CommandRun run = CommandRun.of("corpus");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--out");
    }
}
