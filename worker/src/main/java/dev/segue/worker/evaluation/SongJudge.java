package dev.segue.worker.evaluation;

import dev.segue.worker.evaluation.LinearDiscriminant.Example;
import dev.segue.worker.manifest.Manifest;
import dev.segue.worker.manifest.SongEntry;
import dev.segue.worker.manifest.Split;
import dev.segue.worker.sound.SoundReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Names genre, artist and sung vowels of sounds by plain measures, fitted on the train split of a folder whose labels are
 * known; no model has a part in it. Immutable.
 */
public final class SongJudge {
    private static final double SHRINKAGE = 0.1;

    private final int sampleRate;
    private final double seconds;
    private final LinearDiscriminant genres;
    private final LinearDiscriminant artists;
    private final LinearDiscriminant vowels;

    private SongJudge(
            int sampleRate,
            double seconds,
            LinearDiscriminant genres,
            LinearDiscriminant artists,
            LinearDiscriminant vowels) {
        this.sampleRate = sampleRate;
        this.seconds = seconds;
        this.genres = genres;
        this.artists = artists;
        this.vowels = vowels;
    }

    /** What is measured of a song of the folder. */
    private record Measured(SongEntry song, SongFeatures features, List<Example> vowels) {}

    /**
     * Fits on the train split. If that does not say when characters are sung, no vowel can be named.
     *
     * @param sampleRate of the sounds that will be judged, in Hz
     * @param seconds of each song, from its beginning, that genre and artist are fitted on: as long as the sounds that
     *     will be judged; vowels are fitted on whole songs
     */
    public static SongJudge fit(Manifest manifest, int sampleRate, double seconds) throws IOException {
        List<Measured> songs = measure(manifest, Split.TRAIN, sampleRate, seconds);
        return new SongJudge(
                sampleRate,
                seconds,
                LinearDiscriminant.fit(examples(songs, SongEntry::genre), SHRINKAGE),
                LinearDiscriminant.fit(examples(songs, SongEntry::artist), SHRINKAGE),
                vowels(songs).isEmpty() ? null : LinearDiscriminant.fit(vowels(songs), SHRINKAGE));
    }

    private static List<Measured> measure(Manifest manifest, Split split, int sampleRate, double seconds)
            throws IOException {
        List<Measured> songs = new ArrayList<>();
        for (SongEntry song : manifest.songs(split)) {
            float[] sound;
            try (SoundReader reader = SoundReader.open(manifest.file(song), sampleRate)) {
                sound = reader.readAll();
            }
            float[] beginning = Arrays.copyOf(sound, (int) Math.min(sound.length, seconds * sampleRate));
            songs.add(new Measured(song, SongFeatures.of(beginning, sampleRate), vowels(song, sound, sampleRate)));
        }
        return songs;
    }

    private static List<Example> vowels(SongEntry song, float[] sound, int sampleRate) {
        VowelFeatures features = new VowelFeatures(sound, sampleRate);
        double seconds = sound.length / (double) sampleRate;
        return SungVowel.of(song.lyrics(), song.annotations().characters(), seconds).stream()
                .map(vowel -> new Example(features.between(vowel.start(), vowel.end()), vowel.letter()))
                .toList();
    }

    private static List<Example> vowels(List<Measured> songs) {
        return songs.stream().flatMap(song -> song.vowels().stream()).toList();
    }

    private static List<Example> examples(List<Measured> songs, Function<SongEntry, String> label) {
        return songs.stream()
                .map(song -> new Example(song.features().values(), label.apply(song.song())))
                .toList();
    }

    /**
     * The likeliest labels of a mono sound of the judge's rate, best of the judge's length.
     *
     * @param genre that it sounds like
     * @param artist that it sounds like
     */
    public record Names(String genre, String artist) {}

    /** Names both, which costs as much as naming one. */
    public Names name(float[] sound) {
        double[] features = SongFeatures.of(sound, sampleRate).values();
        return new Names(genres.classify(features), artists.classify(features));
    }

    /** Seconds of each song that genre and artist were fitted on, from its beginning. */
    public double seconds() {
        return seconds;
    }

    /** Whether it was fitted on vowels. */
    public boolean namesVowels() {
        return vowels != null;
    }

    /**
     * Names the vowels that are sung in a sound, and counts what they were taken for.
     *
     * @throws IllegalStateException if it was not fitted on vowels
     */
    public void name(float[] sound, List<SungVowel> sung, Confusion.Counter counter) {
        VowelFeatures features = new VowelFeatures(sound, sampleRate);
        for (SungVowel vowel : sung) {
            counter.add(vowel.letter(), vowel(features, vowel.start(), vowel.end()));
        }
    }

    /**
     * The likeliest of the vowels, a e i o u y, that is sung between two times in seconds.
     *
     * @throws IllegalStateException if it was not fitted on vowels
     */
    public String vowel(VowelFeatures sound, double start, double end) {
        if (vowels == null) {
            throw new IllegalStateException("the judge was fitted on songs that do not say when characters are sung");
        }
        return vowels.classify(sound.between(start, end));
    }

    /**
     * How well it does on songs whose labels are known.
     *
     * @param genre of whole songs
     * @param artist of whole songs
     * @param vowel of each sung vowel of at least 60 ms; null if it was not fitted on vowels
     */
    public record Figures(Accuracy genre, Accuracy artist, Accuracy vowel) {}

    /** Judges the songs of a split. */
    public Figures judge(Manifest manifest, Split split) throws IOException {
        List<Measured> songs = measure(manifest, split, sampleRate, seconds);
        return new Figures(
                genres.accuracy(examples(songs, SongEntry::genre)),
                artists.accuracy(examples(songs, SongEntry::artist)),
                vowels == null ? null : vowels.accuracy(vowels(songs)));
    }
}
