package dev.segue.standalone.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.contracts.record.AudioFormat;
import dev.segue.contracts.record.EarlierSong;
import dev.segue.contracts.record.EarlierSongUse;
import dev.segue.contracts.record.LevelSampling;
import dev.segue.contracts.record.SampleDepth;
import dev.segue.contracts.record.SongRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** A song as the command line asks for it. */
class SongOptionsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T18:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    @Command(name = "song")
    static final class Line implements Runnable {
        @Mixin
        private SongOptions song;

        @Override
        public void run() {}
    }

    @Test
    void everyOptionFillsItsField() throws IOException {
        Path words = Files.writeString(folder.resolve("words.txt"), "la la\nlá");

        SongRequest request = request(
                "--id",
                "mine",
                "--model",
                "m",
                "--artist",
                "luna march",
                "--genre",
                "blues",
                "--genre",
                "rock",
                "--lyrics",
                words.toString(),
                "--seconds",
                "30.5",
                "--total-seconds",
                "60",
                "--offset-seconds",
                "10",
                "--seed",
                "7",
                "--continue",
                "earlier",
                "--prompt-seconds",
                "5",
                "--finest-level",
                "1",
                "--parallel-segments",
                "3",
                "--format",
                "flac,wav",
                "--depth",
                "24",
                "--priority",
                "-5",
                "--deadline",
                "2027-01-31T18:00:00Z",
                "--tenant",
                "studio",
                "--top-k",
                "2=5");

        assertThat(request)
                .isEqualTo(SongRequest.newBuilder()
                        .setSongId("mine")
                        .setModel("m")
                        .setArtist("luna march")
                        .setGenres(List.of("blues", "rock"))
                        .setLyrics("la la\nlá")
                        .setDurationSeconds(30.5)
                        .setTotalDurationSeconds(60.0)
                        .setOffsetSeconds(10)
                        .setSeed(7L)
                        .setSampling(List.of(new LevelSampling(2, 0.99, 5, 0.0)))
                        .setEarlierSong(new EarlierSong("earlier", EarlierSongUse.CONTINUE, 5.0))
                        .setFinestLevel(1)
                        .setParallelSegments(3)
                        .setPriority(-5)
                        .setDeadline(Instant.parse("2027-01-31T18:00:00Z"))
                        .setFormats(List.of(AudioFormat.FLAC, AudioFormat.WAV))
                        .setSampleDepth(SampleDepth.PCM24)
                        .setTenant("studio")
                        .build());
    }

    @Test
    void anIdIsMadeOfWordsAndTime() throws IOException {
        assertThat(request("--artist", "Béla  Bártok!", "--genre", "jazz").getSongId())
                .matches("bela-bartok-jazz-20261123-180000-[0-9a-f]{3}");
        assertThat(request("--model", "m").getSongId()).matches("song-20261123-180000-[0-9a-f]{3}");
        assertThat(request().getSongId()).matches("tilse-marrow-waltz-20261123-180000-[0-9a-f]{3}");
        assertThat(request("--artist", "x".repeat(200)).getSongId()).hasSizeLessThanOrEqualTo(64);
    }

    @Test
    void oneNumberIsForAllLevelsAndNamedOnesForTheirs() throws IOException {
        assertThat(request("--temperature", "0.98").getSampling())
                .containsExactly(
                        new LevelSampling(0, 0.98, 0, 0.0),
                        new LevelSampling(1, 0.98, 0, 0.0),
                        new LevelSampling(2, 0.98, 0, 0.0));
        assertThat(request("--temperature", "0=0.9,2=1.1", "--top-p", "1=0.5").getSampling())
                .containsExactly(
                        new LevelSampling(0, 0.9, 0, 0.0),
                        new LevelSampling(1, 0.99, 0, 0.5),
                        new LevelSampling(2, 1.1, 0, 0.0));
        assertThat(request("--temperature", "NaN").getSampling().get(0).getTemperature())
                .isNaN();
        assertThat(request().getSampling()).isEmpty();
    }

    @Test
    void whatCannotBeReadIsRefusedWithItsValueAndItsForm() {
        refused("\"hot\" must be one number for all levels", "--temperature", "hot");
        refused("names level 1 twice", "--top-k", "1=2,1=3");
        refused("must be one number for all levels", "--top-k", "1=2,3");
        refused("\"20\" must be 16 or 24", "--depth", "20");
        refused("\"soon\" must be seconds from now or a time", "--deadline", "soon");
        refused("mp3", "--format", "mp3");
        refused("mutually exclusive", "--continue", "a", "--upsample", "b");
        refused(
                "none.txt, but there is no such file",
                "--lyrics",
                folder.resolve("none.txt").toString());
    }

    @Test
    void lyricsThatAreNoUtf8AreRefused() throws IOException {
        Path words = Files.write(folder.resolve("latin.txt"), new byte[] {'l', (byte) 0xE1});

        refused("must be text in UTF-8", "--lyrics", words.toString());
    }

    @Test
    void aPromptOfThisMachineIsAskedForByWhereItWasPut() throws IOException {
        SongOptions options = parse("--prompt", "sound.wav", "--prompt-seconds", "2");

        assertThat(options.localPrompt()).contains(Path.of("sound.wav"));
        assertThat(options.request(CLOCK, () -> 3, "prompts/1.wav")
                        .getAudioPrompt()
                        .getObject())
                .isEqualTo("prompts/1.wav");
        assertThat(parse("--prompt", "s3://bucket/a.wav").localPrompt()).isEmpty();
    }

    private static void refused(String sentence, String... line) {
        assertThatThrownBy(() -> request(line))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(sentence);
    }

    private static SongRequest request(String... line) throws IOException {
        return parse(line).request(CLOCK, () -> 3, null);
    }

    private static SongOptions parse(String... line) {
        Line parsed = new Line();
        new CommandLine(parsed).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(line);
        return parsed.song;
    }
}
