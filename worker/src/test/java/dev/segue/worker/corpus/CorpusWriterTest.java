package dev.segue.worker.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.worker.manifest.CharacterTime;
import dev.segue.worker.manifest.Manifest;
import dev.segue.worker.manifest.SongEntry;
import dev.segue.worker.manifest.Split;
import dev.segue.worker.sound.SoundReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a corpus promises to whoever trains on it. */
class CorpusWriterTest {
    private static final CorpusPlan SMALL = new CorpusPlan(CorpusPlan.LEAST_SONGS, 14, 1, 8000);
    private static final String DIGEST = "f1a3e894ef95c1e9f43071a53a5709ae12896c947bdc5157ccd2f6e778ed703b";

    @TempDir
    private static Path folder;

    private static CorpusCard card;
    private static Manifest manifest;

    @BeforeAll
    static void writeOne() throws IOException {
        card = new CorpusWriter(SMALL).write(folder, 2, done -> {});
        manifest = Manifest.read(folder);
    }

    @Test
    void theSameSeedGivesTheSameBytesOnAnyMachine() {
        assertThat(card.sha256())
                .as(
                        "what sounds has changed: raise CorpusWriter.GENERATOR and pin the new digest; on another machine it"
                                + " must never differ")
                .isEqualTo(DIGEST);
    }

    @Test
    void theNumberOfThreadsAndTheLengthOfTheCorpusChangeNoSong(@TempDir Path other) throws IOException {
        CorpusPlan longer = new CorpusPlan(SMALL.songs() + 1, SMALL.seconds(), SMALL.seed(), SMALL.sampleRate());
        new CorpusWriter(longer).write(other, 1, done -> {});
        for (SongEntry song : manifest.songs()) {
            assertThat(other.resolve(song.file())).hasSameBinaryContentAs(manifest.file(song));
        }
        assertThat(Manifest.read(other).songs()).hasSize(SMALL.songs() + 1);
    }

    @Test
    void anotherSeedGivesOtherWordsAndSounds() {
        CorpusPlan other = new CorpusPlan(SMALL.songs(), SMALL.seconds(), 2, SMALL.sampleRate());
        Set<Long> seeds = manifest.songs().stream()
                .map(song -> song.annotations().seed().orElseThrow())
                .collect(Collectors.toSet());
        assertThat(seeds).hasSize(SMALL.songs());
        assertThat(seeds).doesNotContain(other.songSeed(0), other.songSeed(1), other.songSeed(47));
        assertThat(manifest.songs().stream().map(SongEntry::lyrics).distinct()).hasSize(SMALL.songs());
    }

    @Test
    void everyArtistSingsEveryGenreInEverySplit() {
        List<String> all = manifest.songs().stream()
                .map(song -> song.split() + " " + song.artist() + " " + song.genre())
                .toList();
        assertThat(all).doesNotHaveDuplicates().hasSize(CorpusPlan.COMBINATIONS * Split.values().length);
    }

    @Test
    void aTenthOfALargeCorpusIsForValidationAndATenthForTests() {
        CorpusPlan usual = new CorpusPlan(400, 24, 1, 22050);
        List<Split> splits = new ArrayList<>();
        for (int song = 0; song < usual.songs(); song++) {
            splits.add(usual.split(song));
        }
        assertThat(splits.stream().filter(split -> split == Split.TEST).count()).isBetween(32L, 48L);
        assertThat(splits.stream().filter(split -> split == Split.VALIDATION).count())
                .isBetween(32L, 48L);
    }

    @Test
    void allSongsAreEquallyLoudAndNoneTouchesTheLimit() throws IOException {
        for (SongEntry song : manifest.songs()) {
            float[] sound = sound(song);
            double power = 0;
            double peak = 0;
            for (float sample : sound) {
                assertThat(sample).isFinite();
                power += (double) sample * sample / sound.length;
                peak = Math.max(peak, Math.abs(sample));
            }
            assertThat(20 * Math.log10(Math.sqrt(power) / Renderer.LOUDNESS))
                    .as("loudness of %s in dB", song)
                    .isBetween(-1.0, 1.0);
            assertThat(peak).isLessThan(0.9);
        }
    }

    private static float[] sound(SongEntry song) throws IOException {
        try (SoundReader reader = SoundReader.open(manifest.file(song), SMALL.sampleRate())) {
            return reader.readAll();
        }
    }

    @Test
    void everyLetterIsSungInOrderWithinTheSongAndNothingElseIs() {
        for (SongEntry song : manifest.songs()) {
            double before = 0;
            List<CharacterTime> times = song.annotations().characters();
            assertThat(times).hasSameSizeAs(song.lyrics().chars().boxed().toList());
            for (int i = 0; i < times.size(); i++) {
                CharacterTime time = times.get(i);
                assertThat(time.sung())
                        .isEqualTo(Character.isLetter(song.lyrics().charAt(i)));
                if (time.sung()) {
                    assertThat(time.start()).isGreaterThanOrEqualTo(before);
                    assertThat(time.end()).isGreaterThan(time.start() + 0.015);
                    before = time.end();
                }
            }
            assertThat(before)
                    .isGreaterThan(0)
                    .isLessThan(song.annotations().seconds().orElseThrow());
        }
    }

    @Test
    void aSongIsAsLongAsTheManifestSaysAndNoLongerThanAskedFor() throws IOException {
        for (SongEntry song : manifest.songs()) {
            double seconds = song.annotations().seconds().orElseThrow();
            // Three decimals of a second.
            assertThat(sound(song).length / (double) SMALL.sampleRate()).isBetween(seconds - 0.0006, seconds + 0.0006);
            assertThat(seconds).isGreaterThan(SMALL.seconds() - 4.1).isLessThanOrEqualTo(SMALL.seconds() + 0.001);
        }
    }

    @Test
    void theCardSaysWhatIsThere() throws IOException {
        assertThat(Files.readString(folder.resolve(CorpusCard.FILE)))
                .contains("\"format\" : 1", "\"seed\" : 1", "\"songs\" : 48", "\"sampleRate\" : 8000")
                .contains("\"drift\", \"waltz\", \"stomp\", \"circuit\"", "\"Orla Venn\"", card.sha256());
    }

    @Test
    void anOlderCorpusIsReplacedAndOtherFilesStay(@TempDir Path used) throws IOException {
        Files.createDirectories(used.resolve("songs"));
        Path stale = Files.writeString(used.resolve("songs/9999.flac"), "of an older corpus");
        Path own = Files.writeString(used.resolve("songs/notes.txt"), "somebody's own");
        new CorpusWriter(new CorpusPlan(CorpusPlan.LEAST_SONGS, 10, 1, 8000)).write(used, 2, done -> {});
        assertThat(stale).doesNotExist();
        assertThat(own).hasContent("somebody's own");
    }

    @Test
    void aSongThatCannotBeWrittenEndsTheCorpusWithoutACard(@TempDir Path blocked) throws IOException {
        Files.createDirectories(blocked.resolve("songs/0003.flac.part/not empty"));
        assertThatThrownBy(() -> new CorpusWriter(SMALL).write(blocked, 2, done -> {}))
                .isInstanceOf(IOException.class);
        assertThat(blocked.resolve(CorpusCard.FILE)).doesNotExist();
    }

    @Test
    void anInterruptedCorpusHasNoCardAndNothingIsWrittenAfterwards(@TempDir Path stopped) throws IOException {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> new CorpusWriter(SMALL).write(stopped, 2, done -> {}))
                .isInstanceOf(InterruptedIOException.class)
                .hasMessage("the corpus in " + stopped + " was interrupted; make it again with --force");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(stopped.resolve(CorpusCard.FILE)).doesNotExist();
        try (Stream<Path> songs = Files.list(stopped.resolve("songs"))) {
            assertThat(songs).noneMatch(song -> song.toString().endsWith(".part"));
        }
    }

    @Test
    void aPlanThatCannotBeIsRefusedInOneSentence() {
        assertThatThrownBy(() -> new CorpusPlan(47, 24, 1, 22050))
                .hasMessage(
                        "songs is 47 but must be from 48, three of each genre by each artist, to 100000; 400 are usual");
        assertThatThrownBy(() -> new CorpusPlan(48, 9.5, 1, 22050))
                .hasMessage("seconds is 9.5 but must be from 10.0 to 600.0; 24 are usual");
        assertThatThrownBy(() -> new CorpusPlan(48, Double.NaN, 1, 22050)).hasMessageStartingWith("seconds is NaN");
        assertThatThrownBy(() -> new CorpusPlan(48, 24, 1, 4000))
                .hasMessage("rate is 4000 Hz but must be from 8000 to 48000; 22050 is usual");
    }
}
