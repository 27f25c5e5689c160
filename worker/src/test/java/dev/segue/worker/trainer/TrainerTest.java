package dev.segue.worker.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import dev.segue.worker.jukebox.ModelFolder;
import dev.segue.worker.jukebox.Precision;
import dev.segue.worker.manifest.Manifest;
import dev.segue.worker.manifest.Split;
import dev.segue.worker.trainlog.TrainingLog;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    private static final Trainer.Machine MACHINE = new Trainer.Machine(Device.cpu(), 1);

    @TempDir
    Path folder;

    private final Silent told = new Silent();

    @Test
    void aFolderOfSongsBecomesAModelThatWorkersLoad() throws IOException {
        Manifest songs = SmallSongs.write(folder);
        all(trainer("model", songs));
        ModelFolder model = ModelFolder.open(folder.resolve("model"));
        assertThat(model.card().name()).isEqualTo("small");
        assertThat(model.card().levels().get(1).prior().labels().artists()).isEqualTo(3);
        assertThat(folder.resolve("model/genres.txt")).hasContent("unknown;0\nhigh;1\nlow;2\n");
        try (var vqVae = model.vqVae(Device.cpu());
                var top = model.prior(1, Device.cpu(), Precision.FLOAT32);
                var upsampler = model.prior(0, Device.cpu(), Precision.FLOAT32)) {
            assertThat(vqVae.shape().levels()).isEqualTo(2);
            assertThat(top.shape().lyrics().alignmentLayer()).isEqualTo(3);
            assertThat(upsampler.shape().codesAbove()).isEqualTo(64);
        }
    }

    @Test
    void whatIsBrokenOffAndContinuedEndsWithTheSameBitsAndTheSameLog() throws IOException {
        Manifest songs = SmallSongs.write(folder);
        all(trainer("whole", songs));
        Path pieces = folder.resolve("pieces");
        boolean[] pause = {true};
        for (boolean done = false; !done; ) {
            Trainer piece = new Trainer(pieces, SmallSongs.recipe(), songs, MACHINE, told, () -> pause[0] = !pause[0]);
            done = piece.vqVae() && piece.prior(1) && piece.prior(0);
        }
        assertThat(told.notes).anyMatch(note -> note.startsWith("continuing after step"));
        for (String file :
                List.of("vqvae.safetensors", "prior_level_0.safetensors", "prior_level_1.safetensors", "model.json")) {
            assertThat(pieces.resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("whole").resolve(file));
        }
        for (String part : List.of("vqvae", "prior-level-0", "prior-level-1")) {
            assertThat(log("pieces", part))
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("seconds")
                    .isEqualTo(log("whole", part));
        }
    }

    @Test
    void whatWasWrittenAfterTheLastCheckpointOfAKilledRunIsDoneAgain() throws IOException {
        Manifest songs = SmallSongs.write(folder);
        trainer("whole", songs).vqVae();
        Trainer killed = new Trainer(
                folder.resolve("killed"),
                SmallSongs.recipe(),
                songs,
                MACHINE,
                new TrainingListener() {
                    @Override
                    public void preparing(String what, int done, int total) {}

                    @Override
                    public void stepped(long step, long steps, Map<String, Double> values) {
                        if (step == 7) {
                            throw new IllegalStateException("killed");
                        }
                    }

                    @Override
                    public void note(String sentence) {}
                },
                () -> false);
        assertThatThrownBy(killed::vqVae).hasMessage("killed");
        assertThat(log("killed", "vqvae")).extracting(TrainingLog.Entry::step).endsWith(6L);
        trainer("killed", songs).vqVae();
        assertThat(folder.resolve("killed/vqvae.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("whole/vqvae.safetensors"));
        assertThat(log("killed", "vqvae"))
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("seconds")
                .isEqualTo(log("whole", "vqvae"));
    }

    @Test
    void theLogTellsLossesOfStepsAndOfSongsThatAreNotLearntFrom() throws IOException {
        Manifest songs = SmallSongs.write(folder);
        Trainer trainer = trainer("model", songs);
        trainer.vqVae();
        trainer.prior(1);
        assertThat(log("model", "vqvae"))
                .extracting(TrainingLog.Entry::kind)
                .containsExactly("train", "train", "validation", "train", "train", "validation");
        assertThat(log("model", "vqvae").get(5).values())
                .containsKeys("loss", "convergence_db_l1", "convergence_db_l2");
        assertThat(log("model", "prior-level-1").get(5).values())
                .containsKeys("bits_per_code", "bits_per_lyric_token", "alignment_bits");
    }

    @Test
    void whatItTrainsGetsBetterOnSongsThatItDoesNotLearnFrom() throws IOException {
        Manifest songs = SmallSongs.write(folder);
        Recipe recipe = SmallSongs.recipe(80);
        Trainer trainer = new Trainer(folder.resolve("model"), recipe, songs, MACHINE, told, () -> false);
        all(trainer);
        assertThat(last("vqvae", "loss")).isLessThan(0.8 * first("vqvae", "loss"));
        assertThat(last("prior-level-1", "bits_per_code")).isLessThan(0.8 * first("prior-level-1", "bits_per_code"));
        assertThat(last("prior-level-0", "bits_per_code")).isLessThan(0.8 * first("prior-level-0", "bits_per_code"));
        assertThat(first("prior-level-1", "alignment_bits"))
                .as("attention to 16 tokens that is even at first")
                .isCloseTo(4, within(0.5));
        assertThat(last("prior-level-1", "alignment_bits")).isLessThan(3.5);
    }

    private double first(String part, String name) throws IOException {
        return validations(part, name).get(0);
    }

    private double last(String part, String name) throws IOException {
        List<Double> values = validations(part, name);
        return values.get(values.size() - 1);
    }

    private List<Double> validations(String part, String name) throws IOException {
        return log("model", part).stream()
                .filter(entry -> entry.kind().equals("validation"))
                .map(entry -> entry.values().get(name))
                .toList();
    }

    @Test
    void curvesAndReconstructionsAreDrawnBesideTheLog() throws IOException {
        trainer("model", SmallSongs.write(folder)).vqVae();
        for (String picture : List.of("loss.png", "convergence.png", "reconstructions.png")) {
            Path file = folder.resolve("model/training/vqvae").resolve(picture);
            assertThat(ImageIO.read(file.toFile()).getWidth()).as(picture).isGreaterThan(600);
        }
    }

    @Test
    void onlyOneRunTrainsAPart() throws IOException {
        Manifest songs = SmallSongs.write(folder);
        Path part = Files.createDirectories(folder.resolve("model/training/vqvae"));
        try (FileChannel channel =
                        FileChannel.open(part.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(() -> trainer("model", songs).vqVae())
                    .hasMessageContaining("another run trains in")
                    .hasMessageContaining("wait for it");
        }
    }

    @Test
    void aFileThatIsNoCheckpointOfThisVersionIsRefused() throws IOException {
        Manifest songs = SmallSongs.write(folder);
        new Trainer(folder.resolve("model"), SmallSongs.recipe(), songs, MACHINE, told, () -> true).vqVae();
        Files.copy(
                folder.resolve("model/vqvae.safetensors"),
                folder.resolve("model/training/vqvae/checkpoint.safetensors"),
                StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> trainer("model", songs).vqVae()).hasMessageContaining("checkpoint");
    }

    @Test
    void anAlignmentLossNeedsAHeadThatReadsALyricEncoder() throws IOException {
        Manifest songs = SmallSongs.write(folder);
        trainer("model", songs).vqVae();
        Recipe elsewhere = Recipe.parse(
                "mine", SmallSongs.recipe().toJson().replace("\"alignmentLayer\" : 3", "\"alignmentLayer\" : 2"));
        Trainer trainer = new Trainer(folder.resolve("model"), elsewhere, songs, MACHINE, told, () -> false);
        assertThatThrownBy(() -> trainer.prior(1)).hasMessageContaining("alignmentLayer 2");
    }

    @Test
    void aDecodedSongThatWasCutShortIsNamed() throws IOException {
        Manifest songs = SmallSongs.write(folder);
        SongSounds sounds = SongSounds.of(
                folder.resolve("sound"), songs, Split.TRAIN, SmallSongs.RATE, false, new SongWork(1, "decoding", told));
        Path samples = sounds.songs().get(0).samples();
        Files.write(samples, new byte[100]);
        assertThatThrownBy(() -> sounds.excerpt(0, 0, 51, 0.5f))
                .hasMessageContaining(samples.toString())
                .hasMessageContaining("has 50 numbers, but 51 are wanted");
    }

    @Test
    void aSongThatIsNoSoundEndsThePreparationWithItsName() throws IOException {
        Manifest songs = SmallSongs.write(folder);
        Files.writeString(folder.resolve("3.wav"), "no sound");
        assertThatThrownBy(() -> trainer("model", songs).vqVae()).hasMessageContaining("3.wav");
    }

    @Test
    void aPriorIsNotTrainedBeforeTheVqVae() throws IOException {
        Trainer trainer = trainer("model", SmallSongs.write(folder));
        assertThatThrownBy(() -> trainer.prior(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is not trained yet")
                .hasMessageContaining("segue train vqvae");
        assertThatThrownBy(() -> trainer.prior(2)).hasMessageContaining("levels 0 to 1");
    }

    @Test
    void aCheckpointOfOtherSongsIsRefused() throws IOException {
        Manifest songs = SmallSongs.write(folder);
        Trainer stopped = new Trainer(folder.resolve("model"), SmallSongs.recipe(), songs, MACHINE, told, () -> true);
        assertThat(stopped.vqVae()).isFalse();
        Manifest fewer = new Manifest(songs.folder(), songs.songs().subList(1, 8));
        assertThatThrownBy(() -> trainer("model", fewer).vqVae())
                .hasMessageContaining("checkpoint of another run")
                .hasMessageContaining("delete this file");
    }

    @Test
    void songsThatAreTooShortForAnItemAreLeftOutAndSomeMustBeLeft() throws IOException {
        Manifest songs = SmallSongs.write(folder);
        Recipe recipe = SmallSongs.recipe();
        Recipe.VqVaePart part = recipe.vqVae();
        Recipe longer = new Recipe(
                recipe.format(),
                recipe.name(),
                recipe.description(),
                recipe.licence(),
                new Recipe.VqVaePart(part.shape(), 16384, true, true, part.loss(), part.codebook(), part.schedule()),
                recipe.levels());
        Trainer trainer = new Trainer(folder.resolve("model"), longer, songs, MACHINE, told, () -> false);
        assertThatThrownBy(trainer::vqVae).hasMessageContaining("no song has the 16384 samples");
    }

    @Test
    void stereoIsMixedAnewForEachItemAndMonoAsItIs() throws IOException {
        Manifest songs = SmallSongs.write(folder, 2);
        SongSounds sounds = SongSounds.of(
                folder.resolve("sound"), songs, Split.TRAIN, SmallSongs.RATE, true, new SongWork(1, "decoding", told));
        assertThat(sounds.songs().get(0).channels()).isEqualTo(2);
        float[] left = sounds.excerpt(0, 100, 1000, 1);
        float[] right = sounds.excerpt(0, 100, 1000, 0);
        float[] even = sounds.excerpt(0, 100, 1000, 0.5f);
        for (int i = 0; i < even.length; i++) {
            assertThat(left[i]).isEqualTo((short) (12000 * Math.sin(2 * Math.PI * 220 * (i + 100) / 8000)) / 32768f);
            assertThat(even[i]).isEqualTo(0.5f * left[i] + 0.5f * right[i]);
        }
    }

    private Trainer trainer(String name, Manifest songs) {
        return new Trainer(folder.resolve(name), SmallSongs.recipe(), songs, MACHINE, told, () -> false);
    }

    private static void all(Trainer trainer) throws IOException {
        assertThat(trainer.vqVae()).isTrue();
        assertThat(trainer.prior(1)).isTrue();
        assertThat(trainer.prior(0)).isTrue();
    }

    private List<TrainingLog.Entry> log(String model, String part) throws IOException {
        Path log = folder.resolve(model).resolve("training").resolve(part).resolve("log.jsonl");
        assertThat(Files.exists(log)).isTrue();
        return TrainingLog.read(log);
    }
}
