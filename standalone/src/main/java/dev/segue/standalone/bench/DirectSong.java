package dev.segue.standalone.bench;

import ai.djl.Device;
import dev.segue.contracts.window.CodeRange;
import dev.segue.contracts.window.Level;
import dev.segue.contracts.window.PartialWindow;
import dev.segue.contracts.window.WindowSchedule;
import dev.segue.worker.jukebox.ChunkedDecoder;
import dev.segue.worker.jukebox.ModelFolder;
import dev.segue.worker.jukebox.Precision;
import dev.segue.worker.jukebox.VqVae;
import dev.segue.worker.jukebox.labels.ModelLabeller;
import dev.segue.worker.jukebox.labels.SongDescription;
import dev.segue.worker.sampling.LevelSampler;
import dev.segue.worker.sampling.Sampling;
import dev.segue.worker.sampling.SlotEngine;
import dev.segue.worker.sampling.SongCodes;
import dev.segue.worker.sampling.SongSampler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A song sampled and decoded in this process by one thread, level after level: what the pipeline is compared with. Owned
 * by one thread.
 */
final class DirectSong implements AutoCloseable {
    private final List<LevelSampler> levels = new ArrayList<>();
    private final VqVae vqVae;
    private final int sampleRate;

    /** Loads everything, so that no song waits for it. */
    DirectSong(ModelFolder folder, Sampling sampling) throws IOException {
        ModelLabeller labeller = folder.labeller();
        sampleRate = folder.card().sampleRate();
        vqVae = folder.vqVae(Device.cpu());
        for (Level level : folder.card().schedule()) {
            levels.add(new LevelSampler(
                    level,
                    new SlotEngine(folder.prior(level.number(), Device.cpu(), Precision.FLOAT32), 1),
                    labeller.level(level.number()).orElse(null),
                    sampling));
        }
    }

    /** Samples a song from nothing, and decodes every level as the pipeline does. */
    SongCodes make(double seconds, long seed) {
        int top = levels.size() - 1;
        long samples = WindowSchedule.sampleLength(
                seconds, sampleRate, levels.get(top).level().hop());
        SongCodes codes = new SongSampler(levels, PartialWindow.FILL_TO_TOTAL)
                .sample(
                        List.of(new SongSampler.Song(
                                new SongDescription("", "", "", samples, 0), seed, SongCodes.none(levels.size()))),
                        samples,
                        IntStream.rangeClosed(0, top).map(i -> top - i).boxed().toList(),
                        (song, written) -> true)
                .get(0);
        for (int level = 0; level <= top; level++) {
            long[] of = Arrays.stream(codes.level(level)).asLongStream().toArray();
            new ChunkedDecoder(vqVae.level(level)).decode(of, new CodeRange(0, of.length), of.length);
        }
        return codes;
    }

    @Override
    public void close() {
        levels.forEach(level -> level.engine().close());
        vqVae.close();
    }
}
