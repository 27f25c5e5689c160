package dev.segue.worker.jukebox.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.contracts.model.LabelVersion;
import dev.segue.contracts.model.TimingShape;
import dev.segue.contracts.request.RejectedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTest {
    private static final LabelSet NAMES = new LabelSet(
            LabelVersion.V3,
            IdentifierTable.of(Map.of("unknown", 0)),
            IdentifierTable.of(Map.of("unknown", 0, "pop", 1)));

    @TempDir
    private Path folder;

    @Test
    void theLastIdOfANameCountsAndNamesAreLowerCased() throws IOException {
        Path file = Files.writeString(folder.resolve("ids.txt"), "Twice;1\r\n\ntwice;2\n  ;3\n");
        IdentifierTable table = IdentifierTable.read(file);
        assertThat(table.id("twice")).hasValue(2);
        assertThat(table.id("Twice")).isEmpty();
        assertThat(table.id("")).hasValue(3);
        assertThat(table.highestId()).isEqualTo(3);
        assertThat(table.names(9)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "a;b;1", "name;x", "name;-1", "name;"})
    void aLineThatIsNoEntryIsNamed(String line) throws IOException {
        Path file = Files.writeString(folder.resolve("ids.txt"), "fine;0\n" + line + "\n");
        assertThatThrownBy(() -> IdentifierTable.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("line 2 of")
                .hasMessageContaining("is \"" + line + "\"");
    }

    @Test
    void anOddNumberOfLyricTokensIsRefused() {
        assertThatThrownBy(() -> new Labeller(2, NAMES, 1, 23, 128, 12_288))
                .isInstanceOf(RejectedException.class)
                .hasMessageStartingWith("lyrics.tokens of level 2 is 23, but a lyric window is centred");
    }

    @Test
    void aLaterWindowBehindTheSongIsRefusedWhereLyricsAreHeard() {
        Labeller labeller = new Labeller(2, NAMES, 1, 24, 128, 12_288);
        Labels labels = labeller.label(new SongDescription("", "pop", "la", 20_000, 0));
        assertThatThrownBy(() -> labeller.window(labels, 200)).isInstanceOf(RejectedException.class);
        Labeller upsampler = new Labeller(0, NAMES, 1, 0, 8, 1024);
        Labels unsung = upsampler.label(new SongDescription("", "pop", "la", 20_000, 0));
        assertThat(upsampler.window(unsung, 4000).y()).containsExactly(20_000, 32_000, 1024, 0, 1);
    }

    @Test
    void aLabelRowReadsBackAsNames() {
        Labeller labeller = new Labeller(0, NAMES, 2, 0, 8, 1024);
        long[] y = labeller.label(new SongDescription("Nobody", "Pop", "", 20_000, 0))
                .y();
        assertThat(labeller.artist(y)).isEqualTo("unknown");
        assertThat(labeller.genre(y)).isEqualTo("pop");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Їжак і Єва | Yizhak i Ieva",
                "съезд | s'ezd",
                "ツバメ、チョコ | tsubame, chiyoko",
                "½ way, 5 − 3 | 12 way, 5 - 3",
                "①②Ⓐ 𝐛𝐨𝐥𝐝 | 12A bold",
                "№ 5 | No.  5",
                "Ærøskøbing ŁÓDŹ ŋ | AEroskobing LODZ NG",
                "שלום עולם 😀 | SHlvm vlm",
                "Ça va, Zoë? Größe, ¡olé! | Ca va, Zoe? Grosse, !ole!",
                "Đường phố | Duong pho",
            })
    void textOutsideTheFixturesIsTransliteratedAsTheOriginalsLibraryDoes(String raw, String expected) {
        assertThat(LyricVocabulary.V2.clean(raw).strip()).isEqualTo(expected);
    }

    @Test
    void aBinOutsideItsTableIsAnErrorThatNamesIt() {
        Timing timing = new Timing(new TimingShape(64, 17.84, 600), 44_100, 8);
        assertThatThrownBy(() -> timing.bins(44_100, 0, 786_432))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be from 0 to 63");
        assertThat(List.of(timing.bins(60 * 44_100, 0, 786_432).totalLength())).containsExactly(4);
    }
}
