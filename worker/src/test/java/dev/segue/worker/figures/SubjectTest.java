package dev.segue.worker.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import dev.segue.contracts.model.LyricShape;
import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.request.RejectedException;
import dev.segue.worker.jukebox.ModelFolder;
import dev.segue.worker.jukebox.Prior;
import dev.segue.worker.jukebox.UntrainedModel;
import dev.segue.worker.jukebox.alignment.Alignment;
import dev.segue.worker.jukebox.labels.Labels;
import dev.segue.worker.jukebox.labels.SongDescription;
import dev.segue.worker.manifest.Annotations;
import dev.segue.worker.manifest.CharacterTime;
import dev.segue.worker.manifest.Manifest;
import dev.segue.worker.manifest.SongEntry;
import dev.segue.worker.manifest.Split;
import dev.segue.worker.sampling.LyricAligner;
import dev.segue.worker.sampling.LyricHeads;
import dev.segue.worker.sampling.SongCodes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of a whole model, with small random weights. */
class SubjectTest {
    @TempDir
    private static Path folder;

    private static Subject subject;

    @BeforeAll
    static void writeModel() throws IOException {
        subject = Subject.of(UntrainedModel.write(folder, 1), Device.cpu(), 5);
    }

    private static SongEntry entry(String genre, String artist, String lyrics) {
        return new SongEntry(genre + artist, "", artist, genre, lyrics, Split.TEST, Annotations.NONE);
    }

    private static EncodedSong song(String genre, String artist, String lyrics) {
        Random random = new Random(3);
        SongCodes codes = SongCodes.of(List.of(
                random.ints(1600, 0, 256).toArray(),
                random.ints(400, 0, 256).toArray(),
                random.ints(100, 0, 256).toArray()));
        return new EncodedSong(entry(genre, artist, lyrics), codes, 1600 * 8L);
    }

    @Test
    void windowsOfDifferentLabelsInOneBatchTakeTheBitsThatEachTakesAlone() throws IOException {
        EncodedSong song = song("jazz", "luna march", "la la");
        List<SongDescription> told = List.of(
                song.description(subject.card()),
                song.description(subject.card(), "blues", "luna march", "la la"),
                song.description(subject.card(), "jazz", "the copper owls", "oh no"));
        for (int level : new int[] {0, 2}) {
            try (Prior prior = subject.prior(level)) {
                List<Likelihood.Bits> together = likelihood(prior, level, 3).of(song, told);
                for (int i = 0; i < told.size(); i++) {
                    Likelihood.Bits alone = likelihood(prior, level, 1)
                            .of(song, told.subList(i, i + 1))
                            .get(0);
                    assertThat(together.get(i).bits()).isCloseTo(alone.bits(), within(0.02));
                    assertThat(together.get(i).codes()).isEqualTo(level == 0 ? 1600 : 100);
                }
                assertThat(together.get(1).bits()).isNotCloseTo(together.get(0).bits(), within(0.1));
            }
        }
    }

    private static Likelihood likelihood(Prior prior, int level, int batch) {
        return new Likelihood(prior, subject.level(level), subject.labeller(level), 16, batch);
    }

    @Test
    void ofAllHeadsTheNamedOneAlignsAsThePipelineDoes() throws IOException {
        EncodedSong song = song("jazz", "luna march", "sing of the sea and sail");
        Labels labels = subject.labeller(2).label(song.description(subject.card()));
        try (Prior prior = subject.prior(2)) {
            Alignment expected = new LyricAligner(prior, subject.level(2), subject.labeller(2))
                    .align(song.codes().level(2), labels);

            Map<LyricHeads.Head, Alignment> heads = new LyricHeads(prior, subject.level(2), subject.labeller(2))
                    .align(song.codes().level(2), labels);

            assertThat(heads.keySet()).containsExactly(new LyricHeads.Head(15, 0), new LyricHeads.Head(15, 1));
            Alignment named = heads.get(new LyricHeads.Head(15, 0));
            assertThat(named.codes()).isEqualTo(100);
            for (int code = 0; code < 100; code++) {
                for (int character = 0; character < named.characters(); character++) {
                    assertThat(named.weight(code, character))
                            .isCloseTo(expected.weight(code, character), within(1e-5f));
                }
            }
        }
        try (Prior deaf = subject.prior(0)) {
            assertThatThrownBy(() -> new LyricHeads(deaf, subject.level(0), subject.labeller(0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no layer that sees lyrics");
        }
    }

    @Test
    void everyGenreIsSungByEveryArtistAsOftenWithLyricsOfItsOwn() {
        List<SongEntry> lyrics = List.of(entry("jazz", "luna march", "one"), entry("blues", "the copper owls", "two"));

        Generation generation = Generation.plan(
                subject, 5, 2, List.of("blues", "jazz"), List.of("luna march", "the copper owls"), lyrics);

        assertThat(generation.songs()).hasSize(12);
        assertThat(generation.samples()).isEqualTo(344 * 128);
        assertThat(generation.songs())
                .filteredOn(song -> song.genre().equals("jazz") && song.artist().equals("luna march"))
                .hasSize(3)
                .allSatisfy(song -> assertThat(song.lyrics()).isEqualTo("one"));
        assertThat(generation.songs())
                .filteredOn(song -> song.genre().equals("jazz") && song.artist().equals("the copper owls"))
                .extracting(SongDescription::lyrics)
                .containsOnly("one", "two");
        assertThat(generation.songs())
                .allSatisfy(song -> assertThat(song.totalLength()).isEqualTo(344 * 128));
    }

    @Test
    void songsThatTheModelCannotMakeAreRefusedBeforeAnythingIsComputed() {
        List<SongEntry> lyrics = List.of(entry("jazz", "luna march", "one"));
        assertThatThrownBy(() -> Generation.plan(subject, 1, 0.2, List.of("jazz"), List.of("luna march"), lyrics))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("needs at least one full window");
        assertThatThrownBy(() -> Generation.plan(subject, 1, 700, List.of("jazz"), List.of("luna march"), lyrics))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("600");
    }

    @Test
    void aModelWhoseCardNamesNoHeadIsToldHowToFindOne() {
        ModelCard card = subject.card();
        List<ModelCard.LevelCard> levels = new ArrayList<>(card.levels());
        ModelCard.LevelCard top = levels.get(2);
        PriorShape prior = top.prior();
        LyricShape lyrics = new LyricShape(64, 79, 0.4, null, null, null);
        PriorShape headless = new PriorShape(
                2,
                prior.context(),
                prior.codes(),
                prior.decoder(),
                false,
                prior.labels(),
                prior.timing(),
                lyrics,
                null,
                false,
                prior.sampleRate());
        levels.set(
                2,
                new ModelCard.LevelCard(
                        top.hop(),
                        top.context(),
                        top.hopFraction(),
                        top.temperature(),
                        headless,
                        top.weights(),
                        top.labels()));
        ModelFolder changed = new ModelFolder(
                folder,
                new ModelCard(
                        card.format(),
                        card.name(),
                        card.description(),
                        card.licence(),
                        card.sampleRate(),
                        card.codes(),
                        card.vqVae(),
                        levels));
        Annotations timed = new Annotations(
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                "",
                OptionalLong.empty(),
                List.of(new CharacterTime(1, 2)),
                List.of(),
                List.of());
        Manifest manifest = new Manifest(folder, List.of(new SongEntry("a", "", "x", "y", "a", Split.TEST, timed)));

        Applicable applicable =
                Applicable.of(new Subject(changed, subject.labeller(), Device.cpu(), 1), manifest, Split.TEST);

        assertThat(applicable.absent().get(Part.LYRICS)).contains("names no alignment head; ask for alignment-heads");
        assertThat(applicable.absent().get(Part.CONTROL)).contains("fewer than two genres");
        assertThat(applicable.absent().get(Part.ALIGNMENT_HEADS)).contains("of the validation split");
        assertThat(applicable.absent()).doesNotContainKeys(Part.RECONSTRUCTION, Part.LIKELIHOOD, Part.COLLAPSE);
    }

    @Test
    void whatIsWronglySaidIsDrawnByTheSeedAndNeverWhatIsRight() {
        List<EncodedSong> songs = List.of(
                song("jazz", "luna march", "one two"),
                song("blues", "the copper owls", "three"),
                song("jazz", "x", ""));
        WrongLabels labels = new WrongLabels(subject.card(), songs, 9);

        Map<WrongLabels.Kind, SongDescription> wrong = labels.of(0);

        assertThat(wrong.keySet()).containsExactly(WrongLabels.Kind.values());
        assertThat(wrong.get(WrongLabels.Kind.GENRE).genre()).isEqualTo("blues");
        assertThat(wrong.get(WrongLabels.Kind.GENRE).artist()).isEqualTo("luna march");
        assertThat(wrong.get(WrongLabels.Kind.ARTIST).artist()).isIn("the copper owls", "x");
        assertThat(wrong.get(WrongLabels.Kind.LYRICS_OF_ANOTHER_SONG).lyrics()).isEqualTo("three");
        assertThat(wrong.get(WrongLabels.Kind.CHARACTERS_PERMUTED)
                        .lyrics()
                        .chars()
                        .sorted()
                        .toArray())
                .isEqualTo("one two".chars().sorted().toArray());
        assertThat(new WrongLabels(subject.card(), songs, 9).of(0)).isEqualTo(wrong);
        assertThat(labels.of(2).keySet()).containsExactly(WrongLabels.Kind.GENRE, WrongLabels.Kind.ARTIST);
    }

    @Test
    void theSameSoundHasNoDistanceFromItself() {
        float[] sound = new float[8192];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = (float) Math.sin(i * 0.05);
        }
        float[] half = new float[8192];
        for (int i = 0; i < half.length; i++) {
            half[i] = sound[i] / 2;
        }
        try (Reconstruction reconstruction = new Reconstruction(Device.cpu(), 2)) {
            assertThat(reconstruction.levels()).isEmpty();
            reconstruction.add(sound, List.of(sound, half));
            assertThat(reconstruction.levels().get(0).mean()).isEqualTo(-120);
            assertThat(reconstruction.levels().get(1).median()).isCloseTo(20 * Math.log10(0.5), within(1e-3));
        }
    }
}
