package dev.segue.standalone.spectrogram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.standalone.CommandRun;
import dev.segue.worker.audio.SampleDepth;
import dev.segue.worker.sound.SoundPiece;
import dev.segue.worker.sound.SoundTags;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpectrogramCommandTest {
    @TempDir
    private Path folder;

    private Path low;
    private Path high;

    @BeforeEach
    void writeTwoSounds() throws IOException {
        low = sine("low.flac", 300, 2, 8000);
        high = sine("high.flac", 2000, 1, 16_000);
    }

    private Path sine(String name, double hertz, double seconds, int rate) throws IOException {
        float[] sound = new float[(int) (seconds * rate)];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = (float) (0.5 * Math.sin(2 * Math.PI * hertz * i / rate));
        }
        Path file = folder.resolve(name);
        SoundPiece.write(file, sound, rate, SampleDepth.BITS_16, new SoundTags("", "", "", "none", ""));
        return file;
    }

    private CommandRun run(Object... more) {
        List<String> line = new ArrayList<>(List.of("spectrogram"));
        for (Object word : more) {
            line.add(word.toString());
        }
        return CommandRun.of(line.toArray(String[]::new));
    }

    private void refused(int exitCode, String sentence, Object... line) {
        CommandRun run = run(line);
        assertThat(run.err()).contains(sentence);
        assertThat(run.exitCode()).isEqualTo(exitCode);
    }

    private Path png() {
        return folder.resolve("new").resolve("sounds.png");
    }

    @Test
    void soundsOfDifferentRatesAndLengthsAreDrawnInOnePicture() throws IOException {
        CommandRun below = run(low, high, "--out", png());
        assertThat(below.err()).isEmpty();
        assertThat(below.out()).isEqualTo(png() + ": 2 sounds, 2.0 s, " + Files.size(png()) + " bytes\n");
        BufferedImage two = ImageIO.read(png().toFile());

        assertThat(run(low, high, "--out", png(), "--columns", 2, "--title", "a", "--title", "b")
                        .exitCode())
                .isZero();
        BufferedImage beside = ImageIO.read(png().toFile());
        assertThat(beside.getWidth()).isEqualTo(two.getWidth());
        assertThat(beside.getHeight()).isLessThan(two.getHeight());
    }

    @Test
    void onlyTheBeginningIsDrawnIfAskedFor() {
        assertThat(run(low, high, "--out", png(), "--seconds", 0.5).out()).contains("2 sounds, 0.5 s");
    }

    @Test
    void filesThatAreNotThereOrAreNoSoundAreNamed() throws IOException {
        Path missing = folder.resolve("missing.flac");
        refused(1, "FILE is " + missing + " but there is no such file", low, missing, "--out", png());
        Path text = Files.writeString(folder.resolve("song.flac"), "no sound at all");
        refused(1, text + " begins like ", text, "--out", png());
        refused(1, "but there is no such file", folder, "--out", png());
        assertThat(png()).doesNotExist();
    }

    @Test
    void anOutThatCannotBeWrittenIsNamed() {
        Path inFile = low.resolve("a.png");
        refused(1, "--out is " + inFile + " but no file can be written there", high, "--out", inFile);
        refused(2, "--out is a.jpg but must end in .png", high, "--out", "a.jpg");
        Path directory = folder.resolve("folder.png");
        assertThat(directory.toFile().mkdir()).isTrue();
        refused(2, "--out is " + directory + " but that is a folder", high, "--out", directory);
    }

    @Test
    void valuesThatCannotBeMakeTheCommandLineWrong() {
        refused(2, "--columns is 7 but must be from 1 to 6", low, "--out", png(), "--columns", 7);
        refused(2, "--seconds is 0.0 but must be more than 0 and at most 600.0", low, "--out", png(), "--seconds", 0);
        refused(2, "--seconds is 1.0E-9 but one sample of ", low, "--out", png(), "--seconds", 1e-9);
        refused(2, "--title is given 1 times but there are 2 files", low, high, "--out", png(), "--title", "a");
        Object[] many = new Object[35];
        Arrays.fill(many, low);
        many[33] = "--out";
        many[34] = png();
        refused(2, "FILE is given 33 times but must be from 1 to 32 times", many);
        refused(2, "--out", low);
        assertThat(png()).doesNotExist();
    }
}
