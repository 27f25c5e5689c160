package dev.segue.standalone.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.standalone.CommandRun;
import dev.segue.worker.audio.SampleDepth;
import dev.segue.worker.codes.CodesFile;
import dev.segue.worker.sampling.SongCodes;
import dev.segue.worker.sound.SoundPiece;
import dev.segue.worker.sound.SoundReader;
import dev.segue.worker.sound.SoundTags;
import dev.segue.worker.sound.WavWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One song in this process, through the command line and the untrained model. */
class SampleCommandTest {
    private static final int RATE = 22_050;
    private static final int LEVELS = 3;
    private static final SoundTags NO_TAGS = new SoundTags("", "", "", "none", "");

    @TempDir
    Path folder;

    @Test
    void wordsBecomeASoundFileAndItsCodes() throws IOException {
        CommandRun run = sample("song.wav", "--seconds", "2", "--artist", "luna march", "--genre", "jazz");

        assertThat(run.exitCode()).as(run.err()).isZero();
        float[] sound = sound("song.wav");
        assertThat(sound).hasSize(2 * RATE / 128 * 128);
        SongCodes codes = codes("song");
        assertThat(codes.length(0)).isEqualTo(sound.length / 8);
        assertThat(codes.length(1)).isEqualTo(sound.length / 32);
        assertThat(codes.length(2)).isEqualTo(sound.length / 128);
        assertThat(Arrays.stream(codes.level(0)).distinct().count()).isGreaterThan(50);
    }

    @Test
    void theSameSeedMakesTheSameFileAndAnotherAnother() throws IOException {
        sample("one.wav", "--seconds", "1.5", "--seed", "7");
        sample("two.wav", "--seconds", "1.5", "--seed", "7");
        sample("three.wav", "--seconds", "1.5", "--seed", "8");

        assertThat(folder.resolve("one.wav")).hasSameBinaryContentAs(folder.resolve("two.wav"));
        assertThat(codes("three").level(2)).isNotEqualTo(codes("one").level(2));
    }

    @Test
    void aSongGoesOnFromItsCodesOrFromTheBeginningOfThem() throws IOException {
        sample("first.wav", "--seconds", "1.5");
        sample("longer.wav", "--seconds", "2", "--continue", file("first.codes.safetensors"));
        sample(
                "other.wav",
                "--seconds",
                "2",
                "--seed",
                "5",
                "--continue",
                file("first.codes.safetensors"),
                "--prompt-seconds",
                "0.5");

        int kept = codes("first").length(0);
        assertThat(Arrays.copyOf(codes("longer").level(0), kept))
                .isEqualTo(codes("first").level(0));
        assertThat(codes("longer").length(0)).isGreaterThan(kept);
        int prompt = RATE / 2 / 128 * 128 / 8;
        assertThat(Arrays.copyOf(codes("other").level(0), prompt))
                .isEqualTo(Arrays.copyOf(codes("first").level(0), prompt));
        assertThat(Arrays.copyOf(codes("other").level(0), kept))
                .isNotEqualTo(codes("first").level(0));
    }

    @Test
    void aTopLevelIsUpsampledAnew() throws IOException {
        sample("first.wav", "--seconds", "1.5");
        sample("again.wav", "--seconds", "1.5", "--seed", "9", "--upsample", file("first.codes.safetensors"));

        assertThat(codes("again").level(2)).isEqualTo(codes("first").level(2));
        assertThat(codes("again").level(1)).isNotEqualTo(codes("first").level(1));
    }

    @Test
    void aSongBeginsWithAPrompt() throws IOException {
        float[] tone = new float[RATE];
        for (int i = 0; i < tone.length; i++) {
            tone[i] = (float) (0.3 * Math.sin(i * 0.1));
        }
        try (WavWriter wav =
                WavWriter.create(folder.resolve("tone.wav"), RATE, SampleDepth.BITS_16, tone.length, NO_TAGS)) {
            wav.write(tone, tone.length);
            wav.finish();
        }
        flac("tone.flac", tone, RATE);

        CommandRun run = sample("song.wav", "--seconds", "2", "--prompt", file("tone.wav"));
        CommandRun again = sample("again.wav", "--seconds", "2", "--prompt", file("tone.flac"));

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(codes("song").length(2)).isEqualTo(2 * RATE / 128);
        assertThat(folder.resolve("again.wav")).hasSameBinaryContentAs(folder.resolve("song.wav"));
    }

    @Test
    void aPromptOfAnotherRateIsResampled() throws IOException {
        float[] tone = new float[2 * RATE];
        for (int i = 0; i < tone.length; i++) {
            tone[i] = (float) (0.3 * Math.sin(i * 0.05));
        }
        flac("fast.flac", tone, 2 * RATE);

        CommandRun run = sample("song.wav", "--seconds", "1.5", "--prompt", file("fast.flac"));

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Arrays.stream(codes("song").level(0))
                        .limit(RATE / 128 * 16)
                        .distinct()
                        .count())
                .isGreaterThan(10);
    }

    @Test
    void namesThatNoLevelKnowsAreSaid() {
        CommandRun run = sample("song.wav", "--seconds", "1.5", "--genre", "polka");

        assertThat(run.out())
                .contains("genre \"polka\" is unknown to level 0, level 1, level 2", "the model knows blues, jazz");
    }

    @Test
    void whatCannotBeIsRefusedInOneSentence() throws IOException {
        flac("short.flac", new float[100], RATE);
        Files.writeString(folder.resolve("text.wav"), "no sound");

        assertThat(refusal("--seconds", "0.5")).contains("needs at least one full window");
        assertThat(refusal("--seconds", "2", "--total-seconds", "700")).contains("700");
        assertThat(refusal("--seconds", "2", "--temperature", "NaN")).contains("temperature is NaN");
        assertThat(refusal("--seconds", "2", "--top-k", "5", "--top-p", "0.5")).contains("only one of them");
        assertThat(refusal("--seconds", "2", "--model", "missing")).contains("segue import");
        assertThat(refusal("--seconds", "2", "--device", "tpu")).contains("cpu or gpu");
        assertThat(refusal("--seconds", "2", "--prompt", file("short.flac"))).contains("promptLength");
        assertThat(refusal("--seconds", "2", "--prompt", file("text.wav")))
                .contains("text.wav begins like \"no sound\", but a sound must be a WAV or a FLAC file");
        assertThat(refusal("--seconds", "2", "--continue", file("text.wav"))).contains("text.wav");
        assertThat(folder.resolve("refused.wav")).doesNotExist();
    }

    @Test
    void aBeginningThatDoesNotSuitTheSongIsRefused() throws IOException {
        int top = 2 * RATE / 128;
        CodesFile.write(
                folder.resolve("long.safetensors"),
                SongCodes.of(List.of(new int[16 * top], new int[4 * top], new int[top])));
        int[] unknown = new int[top];
        Arrays.fill(unknown, 999);
        CodesFile.write(folder.resolve("unknown.safetensors"), SongCodes.of(List.of(new int[0], new int[0], unknown)));
        CodesFile.write(folder.resolve("two.safetensors"), SongCodes.of(List.of(new int[8], new int[2])));

        assertThat(refusal("--seconds", "1.5", "--continue", file("long.safetensors")))
                .contains("--seconds is 1.5", "has " + top, "--prompt-seconds");
        assertThat(refusal("--seconds", "3", "--upsample", file("long.safetensors")))
                .contains("--seconds is 3.0", "has " + top, "ask for a shorter song");
        assertThat(refusal("--seconds", "2", "--upsample", file("unknown.safetensors")))
                .contains("code of the level above is 999 but must be from 0 to 255");
        assertThat(refusal("--seconds", "2", "--continue", file("two.safetensors")))
                .contains("2 levels, but the model has 3");
    }

    private String refusal(String... options) {
        CommandRun run = sample("refused.wav", options);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().strip().lines()).hasSize(1);
        return run.err();
    }

    private CommandRun sample(String out, String... options) {
        List<String> line = new ArrayList<>(List.of("sample", "--threads", "1", "--home", file("home")));
        line.addAll(List.of("--out", file(out)));
        if (!List.of(options).contains("--model")) {
            line.addAll(List.of("--model", "untrained"));
        }
        line.addAll(List.of(options));
        return CommandRun.of(line.toArray(String[]::new));
    }

    private void flac(String name, float[] sound, int rate) throws IOException {
        SoundPiece.write(folder.resolve(name), sound, rate, SampleDepth.BITS_16, NO_TAGS);
    }

    private float[] sound(String name) throws IOException {
        try (SoundReader reader = SoundReader.open(folder.resolve(name), RATE)) {
            return reader.readAll();
        }
    }

    private SongCodes codes(String name) throws IOException {
        return CodesFile.read(folder.resolve(name + ".codes.safetensors"), LEVELS);
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }
}
