package dev.segue.worker.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.worker.corpus.CorpusPlan;
import dev.segue.worker.corpus.CorpusWriter;
import dev.segue.worker.manifest.Manifest;
import dev.segue.worker.manifest.SongEntry;
import dev.segue.worker.manifest.Split;
import dev.segue.worker.sound.SoundReader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether genres, artists and vowels of the corpus can be told apart by plain measures. */
class SongJudgeTest {
    private static final int RATE = 16000;
    private static final double SECONDS = 16;

    @TempDir
    private static Path folder;

    private static Manifest manifest;
    private static SongJudge judge;

    @BeforeAll
    static void fitOnTheTrainSplit() throws IOException {
        new CorpusWriter(new CorpusPlan(80, SECONDS, 3, RATE)).write(folder, 2, done -> {});
        manifest = Manifest.read(folder);
        judge = SongJudge.fit(manifest, RATE, SECONDS);
    }

    @Test
    void genresAndArtistsOfSongsThatWereNotFittedAreNamed() throws IOException {
        SongJudge.Figures figures = judge.judge(manifest, Split.TEST);
        assertThat(figures.genre().chance()).isEqualTo(0.25);
        assertThat(figures.genre().right()).isGreaterThanOrEqualTo(0.9);
        assertThat(figures.artist().right()).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void sungVowelsAreNamedAtTwiceTheRateOfChance() throws IOException {
        Accuracy vowels = judge.judge(manifest, Split.TEST).vowel();
        assertThat(vowels.examples()).isGreaterThan(200);
        assertThat(vowels.right()).isGreaterThan(2 * vowels.chance()).isGreaterThan(0.8);
    }

    @Test
    void oneSoundIsNamedAsItsLabelsSay() throws IOException {
        SongEntry song = manifest.songs(Split.VALIDATION).get(5);
        float[] sound;
        try (SoundReader reader = SoundReader.open(manifest.file(song), RATE)) {
            sound = reader.readAll();
        }
        assertThat(judge.name(sound)).isEqualTo(new SongJudge.Names(song.genre(), song.artist()));
        assertThat(judge.vowel(new VowelFeatures(sound, RATE), 5, 5.3)).matches("[aeiouy]");
    }

    @Test
    @Tag("long")
    void ofTheUsualCorpusNearlyEverySongIsNamed(@TempDir Path usual) throws IOException {
        new CorpusWriter(new CorpusPlan(400, 24, 1, 22050)).write(usual, 2, done -> {});
        Manifest songs = Manifest.read(usual);
        SongJudge.Figures figures = SongJudge.fit(songs, 22050, 20).judge(songs, Split.TEST);
        assertThat(figures.genre().right()).isGreaterThanOrEqualTo(0.97);
        assertThat(figures.artist().right()).isGreaterThanOrEqualTo(0.97);
        assertThat(figures.vowel().right()).isGreaterThan(0.93);
    }
}
