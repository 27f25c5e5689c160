package dev.segue.worker.figures;

import dev.segue.contracts.window.CodeRange;
import dev.segue.worker.jukebox.ChunkedDecoder;
import dev.segue.worker.jukebox.VqVae;
import dev.segue.worker.sampling.SongCodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Codes of whole songs back to sound. */
final class Decoding {
    private Decoding() {}

    /** The sound of every level's codes, the finest first. */
    static List<float[]> levels(VqVae vqVae, SongCodes codes) {
        List<float[]> sounds = new ArrayList<>();
        for (int level = 0; level < codes.levels(); level++) {
            sounds.add(level(vqVae, codes, level));
        }
        return sounds;
    }

    static float[] level(VqVae vqVae, SongCodes codes, int level) {
        long[] all = Arrays.stream(codes.level(level)).asLongStream().toArray();
        return new ChunkedDecoder(vqVae.level(level)).decode(all, new CodeRange(0, all.length), all.length);
    }
}
