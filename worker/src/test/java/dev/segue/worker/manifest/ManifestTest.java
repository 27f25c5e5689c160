package dev.segue.worker.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a manifest may say, and what is answered to one that says something else. */
class ManifestTest {
    private static final String SONG =
            "{\"file\":\"a.wav\",\"artist\":\"Ada\",\"genre\":\"folk\",\"lyrics\":\"la lo\"}";

    @TempDir
    private Path folder;

    private Manifest read(String... lines) throws IOException {
        Files.writeString(folder.resolve(Manifest.FILE), String.join("\n", lines));
        Files.writeString(folder.resolve("a.wav"), "");
        return Manifest.read(folder);
    }

    private void refused(String line, Class<? extends ManifestException> kind, String sentence) {
        assertThatThrownBy(() -> read(line)).isInstanceOf(kind).hasMessage(sentence);
    }

    private static String with(String more) {
        return SONG.replace("}", "," + more + "}");
    }

    private static String without(String field) {
        return SONG.replaceAll("\"" + field + "\":\"[^\"]*\",?", "").replace(",}", "}");
    }

    @Test
    void fourFieldsAreEnough() throws IOException {
        Manifest manifest = read(SONG, "");
        SongEntry song = manifest.songs().get(0);
        assertThat(manifest.songs()).hasSize(1);
        assertThat(manifest.file(song)).isEqualTo(folder.resolve("a.wav"));
        assertThat(song)
                .isEqualTo(new SongEntry("a.wav", "", "Ada", "folk", "la lo", Split.ofFile("a.wav"), Annotations.NONE));
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        SongEntry song = new SongEntry(
                "a.wav",
                "La \"lo\"",
                "Ada",
                "folk",
                "é o",
                Split.TEST,
                new Annotations(
                        OptionalDouble.of(2.5),
                        OptionalDouble.of(99),
                        "a minor",
                        OptionalLong.of(7),
                        List.of(new CharacterTime(0.25, 0.5), CharacterTime.NONE, new CharacterTime(0.5, 2.5)),
                        List.of(new Mark(0, "a minor")),
                        List.of(new Mark(0, "verse"), new Mark(1.125, "ending"))));
        assertThat(song.toJson())
                .contains("[0.250,0.500],[-1,-1],[0.500,2.500]")
                .doesNotContain("\n");
        assertThat(read(song.toJson()).songs()).containsExactly(song);
    }

    @Test
    void songsThatDoNotSayWhatTheyAreForAreSpreadByTheNamesOfTheirFiles() {
        long test = IntStream.range(0, 1000)
                .filter(i -> Split.ofFile(i + ".flac") == Split.TEST)
                .count();
        assertThat(test).isBetween(70L, 130L);
        assertThat(Split.ofFile("a.wav")).isEqualTo(Split.ofFile("a.wav"));
    }

    @Test
    void songsAreFoundByWhatTheyAreFor() throws IOException {
        assertThat(read(with("\"split\":\"validation\"")).songs(Split.VALIDATION))
                .hasSize(1);
        assertThat(read(with("\"split\":\"validation\"")).songs(Split.TRAIN)).isEmpty();
    }

    @Test
    void aFolderWithoutAManifestIsRefused() {
        assertThatThrownBy(() -> Manifest.read(folder))
                .isInstanceOf(ManifestException.Missing.class)
                .hasMessage(
                        "there is no " + folder.resolve("manifest.jsonl") + "; write one JSON object a line with file,"
                                + " artist, genre and lyrics of each song, or let segue corpus make a folder of songs");
    }

    @Test
    void aManifestWithoutSongsIsRefused() {
        refused(
                " ",
                ManifestException.Empty.class,
                folder.resolve("manifest.jsonl")
                        + " has no songs but must have at least 1; write one JSON object a line");
    }

    @Test
    void aLineThatIsNoObjectIsRefused() {
        refused(
                "[1]",
                ManifestException.NotJson.class,
                "line 1 of the manifest is no JSON object (it is of the kind ARRAY); write each song as one object on"
                        + " one line");
        assertThatThrownBy(() -> read(SONG, SONG + SONG))
                .isInstanceOf(ManifestException.NotJson.class)
                .hasMessageStartingWith("line 2 of the manifest is no JSON object (");
        assertThatThrownBy(() -> read("{")).isInstanceOf(ManifestException.NotJson.class);
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        Files.write(folder.resolve(Manifest.FILE), "{\"file\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Manifest.read(folder))
                .isInstanceOf(ManifestException.NotJson.class)
                .hasMessageContaining("the file is not UTF-8");
    }

    @Test
    void eachOfTheFourFieldsIsRequired() {
        for (String field : List.of("file", "artist", "genre", "lyrics")) {
            refused(
                    without(field),
                    ManifestException.MissingField.class,
                    "line 1 of the manifest has no " + field
                            + " but file, artist, genre and lyrics are required; add it, lyrics may be \"\"");
        }
    }

    @Test
    void aFieldThatIsMisspeltIsRefused() {
        refused(
                with("\"splt\":\"test\""),
                ManifestException.UnknownField.class,
                "line 1 of the manifest has a field \"splt\" but those known are file, title, artist, genre, lyrics,"
                        + " seconds, tempo, key, split, seed, sections, chords, characters; correct its name or leave it"
                        + " out");
    }

    @Test
    void valuesThatCannotBeAreRefusedWithWhatTheyMayBe() {
        invalid(with("\"split\":\"dev\""), "split \"dev\" but it must be one of train, validation, test");
        invalid(with("\"title\":3"), "title 3 but it must be a text in quotation marks");
        invalid(SONG.replace("Ada", " "), "artist \" \" but it must be a name that is not blank, such as \"unknown\"");
        invalid(with("\"seconds\":0"), "seconds 0 but it must be a number above 0");
        invalid(with("\"tempo\":\"fast\""), "tempo \"fast\" but it must be a number above 0");
        invalid(with("\"seed\":1.5"), "seed 1.5 but it must be a whole number of 64 bits");
        invalid(with("\"chords\":\"am\""), "chords \"am\" but it must be a list of objects with at and name");
        invalid(
                with("\"sections\":[{\"at\":-1,\"name\":\"verse\"}]"),
                "a mark of sections {\"at\":-1,\"name\":\"verse\"} but it must be an object with at, in seconds, and name");
    }

    @Test
    void pathsThatLeaveTheFolderAreRefused() {
        String limit = " but it must be a path below the manifest's folder, such as \"songs/0001.flac\"";
        invalid(SONG.replace("a.wav", "../a.wav"), "file \"../a.wav\"" + limit);
        invalid(SONG.replace("a.wav", "/a.wav"), "file \"/a.wav\"" + limit);
        invalid(SONG.replace("a.wav", "\\u0000"), "file \"\\u0000\"" + limit);
    }

    @Test
    void timesOfCharactersFitTheLyricsAndTheSong() {
        invalid(with("\"characters\":3"), "characters 3 but it must be a list of pairs [start, end]");
        invalid(
                with("\"characters\":[[0,1]]"),
                "characters of length 1 but it must be 5 long, one pair for each character of lyrics");
        String limit = " but it must be [-1, -1] or a start and an end in seconds, in order and within the song";
        invalid(characters("[1,0.5]"), "a character's time [1,0.5]" + limit);
        invalid(characters("[1,2,3]"), "a character's time [1,2,3]" + limit);
        invalid(characters("[\"a\",2]"), "a character's time [\"a\",2]" + limit);
        invalid(characters("[0.1,0.2]"), "a character's time [0.1,0.2]" + limit);
        invalid(characters("[9,12]"), "a character's time [9,12]" + limit);
    }

    private static String characters(String second) {
        return with("\"seconds\":10,\"characters\":[[0.5,0.75]," + second + ",[-1,-1],[-1,-1],[-1,-1]]");
    }

    private void invalid(String line, String middle) {
        refused(line, ManifestException.InvalidField.class, "line 1 of the manifest has " + middle + "; correct it");
    }

    @Test
    void aSongThatIsThereTwiceIsRefused() {
        assertThatThrownBy(() -> read(SONG, "", SONG))
                .isInstanceOf(ManifestException.Repeated.class)
                .hasMessage(
                        "line 3 of the manifest has the file \"a.wav\" that line 1 has too, but each song may be there"
                                + " once; leave one out");
    }

    @Test
    void aSongWithoutSoundIsRefused() {
        refused(
                SONG.replace("a.wav", "b.wav"),
                ManifestException.NoSound.class,
                "line 1 of the manifest names the file " + folder.resolve("b.wav")
                        + " but there is none; put it there or correct the name, which is relative to the manifest's"
                        + " folder");
    }
}
