package dev.segue.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.model.TimingShape;
import dev.segue.contracts.window.Level;
import dev.segue.contracts.window.PartialWindow;
import dev.segue.worker.jukebox.ModelFolder;
import dev.segue.worker.jukebox.Precision;
import dev.segue.worker.jukebox.VqVae;
import dev.segue.worker.jukebox.labels.SongDescription;
import dev.segue.worker.sampling.LevelSampler;
import dev.segue.worker.sampling.Sampling;
import dev.segue.worker.sampling.SlotEngine;
import dev.segue.worker.sampling.SongCodes;
import dev.segue.worker.sampling.SongSampler;
import dev.segue.worker.weights.TinyPublication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a web server with published files to codes and sound, through the command line. */
class ImportTest {
    private static final int TOP = 2;

    @TempDir
    private Path folder;

    private TinyPublication publication;

    @BeforeEach
    void publish() throws IOException {
        publication = new TinyPublication(Files.createDirectory(folder.resolve("torch")));
    }

    @AfterEach
    void close() {
        publication.close();
    }

    @Test
    void anImportedModelIsListedAsWholeAndSings() throws IOException {
        CommandRun run = importing("--accept-licence");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("non-commercial", "fetching 5b/vqvae.pth.tar", "converting to vqvae.safetensors");
        ModelFolder model = ModelFolder.open(folder.resolve("home/models/1b_lyrics"));
        assertThat(run.out()).contains(model.folder().toString(), model.card().digest());
        CommandRun list = run("models");
        assertThat(list.exitCode()).isZero();
        assertThat(list.out())
                .contains("1b_lyrics", "whole, digest " + model.card().digest(), "Made up");
        sing(model);
    }

    @Test
    void theLicenceStandsBeforeEverything() {
        CommandRun run = importing();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("non-commercial", "--accept-licence");
        assertThat(publication.requests()).isEmpty();
        assertThat(folder.resolve("home")).doesNotExist();
    }

    @Test
    void linearWeightsAreWrittenInTheTypeAskedFor() throws IOException {
        assertThat(importing("--accept-licence", "--precision", "bf16").exitCode())
                .isZero();
        long narrow = size("prior_level_2.safetensors");
        assertThat(importing("--accept-licence", "--precision", "f32").exitCode())
                .isZero();
        assertThat(narrow).isLessThan(size("prior_level_2.safetensors"));
    }

    @Test
    void aModelWithADamagedFileIsListedAsSuch() throws IOException {
        assertThat(importing("--accept-licence").exitCode()).isZero();
        Files.writeString(folder.resolve("home/models/1b_lyrics/vqvae.safetensors"), "damaged");
        CommandRun list = run("models");
        assertThat(list.exitCode()).isEqualTo(1);
        assertThat(list.out()).contains("1b_lyrics is not usable", "vqvae.safetensors");
    }

    private static void sing(ModelFolder model) throws IOException {
        ModelCard card = model.card();
        Level top = card.schedule().get(TOP);
        long samples = (long) top.context() * top.hop();
        List<LevelSampler> levels = new ArrayList<>();
        for (Level level : card.schedule()) {
            levels.add(new LevelSampler(
                    level,
                    new SlotEngine(model.prior(level.number(), Device.cpu(), Precision.FLOAT32), 1),
                    model.labeller().level(level.number()).orElse(null),
                    Sampling.DEFAULT));
        }
        TimingShape timing = card.levels().get(TOP).prior().timing();
        long total = (long) ((timing.minSeconds() + timing.maxSeconds()) / 2 * card.sampleRate());
        SongDescription words = new SongDescription("nobody known", "blues rock", "la la la", total, 0);
        SongCodes codes = new SongSampler(levels, PartialWindow.APPEND_TOTAL)
                .sample(
                        List.of(new SongSampler.Song(words, 7, SongCodes.none(levels.size()))),
                        samples,
                        List.of(2, 1, 0),
                        (song, written) -> true)
                .get(0);
        levels.forEach(level -> level.engine().close());
        for (Level level : card.schedule()) {
            int[] sampled = codes.level(level.number());
            assertThat(sampled).hasSize(level.codes(samples));
            assertThat(Arrays.stream(sampled)).allMatch(code -> code >= 0 && code < card.codes());
        }
        try (VqVae vqVae = model.vqVae(Device.cpu());
                NDManager manager = vqVae.newManager()) {
            long[] bottom = Arrays.stream(codes.level(0)).asLongStream().toArray();
            NDArray sound = vqVae.decode(manager, 0, manager.create(bottom).expandDims(0));
            assertThat(sound.getShape().getShape()).containsExactly(1, samples);
        }
    }

    private long size(String file) throws IOException {
        return Files.size(folder.resolve("home/models/1b_lyrics").resolve(file));
    }

    private CommandRun importing(String... options) {
        List<String> line = new ArrayList<>(List.of("import", "1b_lyrics"));
        line.addAll(List.of("--from", publication.checkpoints().toString()));
        line.addAll(List.of("--labels", publication.tables().toString()));
        line.addAll(List.of(options));
        return run(line.toArray(String[]::new));
    }

    private CommandRun run(String... line) {
        List<String> all = new ArrayList<>(List.of(line));
        all.addAll(List.of("--home", folder.resolve("home").toString()));
        return CommandRun.of(Segue.commandLine(TinyPublication::model), all.toArray(String[]::new));
    }
}
