package dev.segue.worker.figures;

import dev.segue.contracts.model.ModelCard;
import dev.segue.worker.jukebox.VqVae;
import dev.segue.worker.jukebox.labels.SongDescription;
import dev.segue.worker.manifest.SongEntry;
import dev.segue.worker.sampling.SongCodes;

/**
 * A song of a folder as codes.
 *
 * @param entry what the folder says of it
 * @param codes of every level; the end of the sound is cut to whole codes of the top level
 * @param samples of its whole sound, at the model's rate
 */
public record EncodedSong(SongEntry entry, SongCodes codes, long samples) {

    /**
     * Encodes a song.
     *
     * @param sound the whole of it, mono, at the VQ-VAE's rate
     */
    public static EncodedSong of(SongEntry entry, float[] sound, VqVae vqVae) {
        return new EncodedSong(entry, SongCodes.ofPrompt(vqVae, sound), sound.length);
    }

    /** What the model is told of it. */
    public SongDescription description(ModelCard card) {
        return description(card, entry.genre(), entry.artist(), entry.lyrics());
    }

    /** The same with other words. */
    SongDescription description(ModelCard card, String genre, String artist, String lyrics) {
        return new SongDescription(artist, genre, lyrics, toldLength(card, samples), 0);
    }

    /** The length that a model is told of: that of the song, or the least that it can be told of. */
    static long toldLength(ModelCard card, long samples) {
        double least = card.levels().stream()
                .filter(level -> level.prior().timing() != null)
                .mapToDouble(level ->
                        level.prior().timing().minSeconds() * level.prior().sampleRate())
                .max()
                .orElse(0);
        return Math.max(samples, (long) Math.ceil(least));
    }
}
