package dev.segue.worker.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.model.ModelShape;
import dev.segue.worker.manifest.Annotations;
import dev.segue.worker.manifest.Manifest;
import dev.segue.worker.manifest.SongEntry;
import dev.segue.worker.manifest.Split;
import dev.segue.worker.training.PriorBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Songs whose codes say where they are: code i of level l is (i + l) mod 16. */
class WindowsTest {
    private static final int HOP = 16;
    private static final double[] OWN = {};

    @TempDir
    Path folder;

    private LabelTables tables;
    private ModelShape shape;
    private Manifest manifest;

    @BeforeEach
    void songs() throws IOException {
        manifest = SmallSongs.write(folder);
        tables = LabelTables.of(manifest);
        shape = SmallSongs.recipe().shape(tables);
    }

    @Test
    void aWindowHasTheCodesAndLabelsOfItsPlace() throws IOException {
        PriorBatch batch = windows(1, manifest).batch(new int[] {2}, new int[] {32 * HOP}, OWN);
        // A song is 750 codes, so the third window of 256, moved by 32, would end at 800: it lies half a window
        // earlier.
        int from = 512 + 32 - 128;
        assertThat(batch.codes().get(0)[0]).isEqualTo((from + 1) % 16);
        assertThat(batch.labels().get(0)[1]).isEqualTo((long) from * HOP);
        assertThat(batch.labels().get(0)[0]).isEqualTo(750L * HOP);
        assertThat(batch.above().get(0)).isNull();
    }

    @Test
    void eachCodeIsToldWhichTokenOfTheWindowItSings() throws IOException {
        PriorBatch batch = windows(1, manifest).batch(new int[] {0}, new int[] {0}, OWN);
        int[] sung = batch.sung().get(0);
        int padding = 16 - SmallSongs.LYRICS.length();
        double codesPerCharacter = SmallSongs.RATE / 8.0 / HOP;
        for (int code = 0; code < sung.length; code++) {
            int character = (int) Math.floor((code + 0.49) / codesPerCharacter);
            boolean sings = character < SmallSongs.LYRICS.length() && SmallSongs.LYRICS.charAt(character) != ' ';
            if (Math.abs(code - Math.round(code / codesPerCharacter) * codesPerCharacter) > 1) {
                assertThat(sung[code]).as("code %d", code).isEqualTo(sings ? padding + character : -1);
            }
        }
    }

    @Test
    void anUpsamplersWindowBeginsWhereACodeOfTheLevelAboveDoes() throws IOException {
        Windows windows = windows(0, manifest);
        for (double share : new double[] {0, 0.3, 0.77, 0.999}) {
            PriorBatch batch = windows.batch(new int[] {5}, new int[] {windows.shift(share)}, OWN);
            long offset = batch.labels().get(0)[1];
            assertThat(offset % HOP).isZero();
            assertThat(batch.above().get(0)).hasSize(64);
            assertThat(batch.above().get(0)[0]).isEqualTo((int) ((offset / HOP + 1) % 16));
            assertThat(batch.codes().get(0)[0]).isEqualTo((int) (offset / 4 % 16));
        }
    }

    @Test
    void anyLengthIsFromTheWindowsEndToTheLongestThatTheModelKnows() throws IOException {
        Windows windows = windows(1, manifest);
        long end = (long) (256 + 256) * HOP;
        long[] told = new long[3];
        double[] shares = {0, 0.5, 0.9999};
        for (int i = 0; i < told.length; i++) {
            PriorBatch batch = windows.batch(new int[] {1}, new int[] {0}, new double[] {shares[i]});
            told[i] = batch.labels().get(0)[0];
            assertThat(batch.labels().get(0)[1]).as("it lies where it lies").isEqualTo(256L * HOP);
        }
        long most = 8L * SmallSongs.RATE;
        assertThat(told[0]).isEqualTo(end);
        assertThat(told[1]).isEqualTo((long) Math.ceil(Math.sqrt((double) end * most)));
        assertThat(told[2]).isGreaterThan(most * 99 / 100).isLessThan(most);
    }

    @Test
    void shiftsAreAtMostHalfAWindow() throws IOException {
        Windows windows = windows(1, manifest);
        assertThat(windows.shift(0)).isEqualTo(-128 * HOP);
        assertThat(windows.shift(0.9999)).isEqualTo(127 * HOP);
    }

    @Test
    void timesThatAreNotThoseOfTheCharactersHeardAreCountedAndNotUsed() throws IOException {
        Manifest otherWords = new Manifest(
                folder, manifest.songs().stream().map(WindowsTest::oneTimeLess).toList());
        Windows windows = windows(1, otherWords);
        assertThat(windows.unusedTimes()).isEqualTo(6);
        assertThat(windows.saysWhatIsSung()).isFalse();
        assertThat(windows.batch(new int[] {0}, new int[] {0}, OWN).sung()).isEmpty();
    }

    private static SongEntry oneTimeLess(SongEntry song) {
        Annotations all = song.annotations();
        Annotations fewer = new Annotations(
                all.seconds(),
                all.tempo(),
                all.key(),
                all.seed(),
                all.characters().subList(1, all.characters().size()),
                all.chords(),
                all.sections());
        return new SongEntry(song.file(), "", song.artist(), song.genre(), song.lyrics(), song.split(), fewer);
    }

    private Windows windows(int level, Manifest songs) throws IOException {
        List<TrainedCodes.Song> coded = new ArrayList<>();
        for (SongEntry song : songs.songs(Split.TRAIN)) {
            List<Path> files = new ArrayList<>();
            for (int at = 0; at < 2; at++) {
                short[] codes = new short[at == 0 ? 3000 : 750];
                for (int i = 0; i < codes.length; i++) {
                    codes[i] = (short) ((i + at) % 16);
                }
                files.add(folder.resolve(song.file() + at));
                ShortsFile.write(files.get(at), codes);
            }
            coded.add(new TrainedCodes.Song(
                    new SongSounds.Sound(song, folder.resolve(song.file()), 1, 12000), 12000, files));
        }
        return new Windows(shape, level, tables, new TrainedCodes(coded));
    }
}
