package dev.segue.worker.figures;

import dev.segue.worker.evaluation.Confusion;
import dev.segue.worker.evaluation.SongJudge;
import dev.segue.worker.evaluation.SungVowel;
import dev.segue.worker.manifest.CharacterTime;
import java.util.List;

/**
 * What sung vowels are taken for by a judge that knows no model: in songs of the folder and their reconstructions at the
 * true times, and in songs that the model made at the times of its own alignment. Owned by one thread.
 */
public final class Vowels {
    private final SongJudge judge;
    private final int sampleRate;
    private final Confusion.Counter original = new Confusion.Counter();
    private final Confusion.Counter reconstructed = new Confusion.Counter();
    private final Confusion.Counter generated = new Confusion.Counter();

    /**
     * Begins with no sounds.
     *
     * @param judge that was fitted on vowels
     * @param sampleRate of the sounds, in Hz
     */
    public Vowels(SongJudge judge, int sampleRate) {
        this.judge = judge;
        this.sampleRate = sampleRate;
    }

    /**
     * What came out.
     *
     * @param original in songs of the folder as they are
     * @param reconstructed in the same from the finest level
     * @param generated in songs that the model made; no counts if there are none
     * @param evenChance of naming one rightly if each were as likely as another
     */
    public record Result(Confusion original, Confusion reconstructed, Confusion generated, double evenChance) {}

    /** Adds a song of the folder and its reconstruction from the finest level. */
    public void addSong(EncodedSong song, float[] sound, float[] decoded) {
        String lyrics = song.entry().lyrics();
        List<CharacterTime> times = song.entry().annotations().characters();
        name(sound, lyrics, times, original);
        name(decoded, lyrics, times, reconstructed);
    }

    /** Adds a song that the model made, from the finest level, with times of its characters by the model's alignment. */
    public void addGenerated(GeneratedSong song, List<CharacterTime> times, float[] sound) {
        name(sound, song.description().lyrics(), times, generated);
    }

    private void name(float[] sound, String lyrics, List<CharacterTime> times, Confusion.Counter counter) {
        judge.name(sound, SungVowel.of(lyrics, times, sound.length / (double) sampleRate), counter);
    }

    /** What came of it. */
    public Result result() {
        Confusion truth = original.confusion();
        double even = 1.0 / Math.max(1, truth.counts().size());
        return new Result(truth, reconstructed.confusion(), generated.confusion(), even);
    }
}
