package dev.segue.worker.codes;

import dev.segue.contracts.request.RejectedException;
import dev.segue.worker.jukebox.StreamedEncoder;
import dev.segue.worker.jukebox.VqVae;
import dev.segue.worker.sampling.SongCodes;
import dev.segue.worker.sound.SoundReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A sound file as codes. */
public final class SoundCodes {
    private static final int SAMPLES = 1 << 14;

    private SoundCodes() {}

    /**
     * Encodes a sound of any length at every level, in bounded memory but for what {@code sink} keeps.
     *
     * @param sound at the VQ-VAE's rate; read to its end
     * @return samples that the codes stand for, whole codes of the top level
     * @throws RejectedException if there is less than one code of the top level
     */
    public static long encode(SoundReader sound, VqVae vqVae, StreamedEncoder.Sink sink) throws IOException {
        if (sound.sampleRate() != vqVae.shape().sampleRate()) {
            throw new IllegalArgumentException("the sound is read at " + sound.sampleRate() + " Hz, but the model's is "
                    + vqVae.shape().sampleRate() + "; open it at the model's rate");
        }
        StreamedEncoder encoder = new StreamedEncoder(vqVae, sink);
        float[] piece = new float[SAMPLES];
        for (int read = sound.read(piece); read > 0; read = sound.read(piece)) {
            encoder.write(piece, read);
        }
        return encoder.finish();
    }

    /** The codes of a sound, all in memory. */
    public static SongCodes of(SoundReader sound, VqVae vqVae) throws IOException {
        List<List<long[]>> pieces = new ArrayList<>();
        for (int level = 0; level < vqVae.shape().levels(); level++) {
            pieces.add(new ArrayList<>());
        }
        encode(sound, vqVae, (level, start, codes) -> pieces.get(level).add(codes));
        return SongCodes.of(pieces.stream()
                .map(level -> level.stream()
                        .flatMapToLong(Arrays::stream)
                        .mapToInt(Math::toIntExact)
                        .toArray())
                .toList());
    }
}
