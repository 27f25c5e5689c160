package dev.segue.worker.figures;

import dev.segue.worker.evaluation.Confusion;
import dev.segue.worker.evaluation.SongJudge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a judge that knows no model takes sounds for: songs of the folder as they are, reconstructed from each level, and
 * songs that the model made, decoded from each level, so that one sees where labels are lost. Owned by one thread.
 */
public final class Control {
    private final SongJudge judge;
    private final int longest;
    private final Map<Key, Counters> stages = new LinkedHashMap<>();

    /** What sounds were. */
    public enum Source {
        /** A song of the folder as it is. */
        ORIGINAL,
        /** The same, encoded and decoded. */
        RECONSTRUCTED,
        /** Made by the model. */
        GENERATED
    }

    /**
     * What sounds of one kind were taken for.
     *
     * @param level whose codes they were decoded from; −1 for originals
     * @param genre what their genres were taken for
     * @param artist what their artists were taken for
     */
    public record Stage(Source source, int level, Confusion genre, Confusion artist) {
        /** As a table writes it. */
        public String label() {
            String name = source.name().toLowerCase(Locale.ROOT);
            return level < 0 ? name : name + ", level " + level;
        }
    }

    private record Key(Source source, int level) {}

    private record Counters(Confusion.Counter genre, Confusion.Counter artist) {}

    /**
     * Begins with no sounds.
     *
     * @param sampleRate of the sounds, in Hz
     */
    public Control(SongJudge judge, int sampleRate) {
        this.judge = judge;
        this.longest = (int) (judge.seconds() * sampleRate);
    }

    /** Adds a song of the folder and its reconstructions, the finest level first. */
    public void addSong(EncodedSong song, float[] sound, List<float[]> decoded) {
        String genre = song.entry().genre();
        String artist = song.entry().artist();
        add(Source.ORIGINAL, -1, genre, artist, sound);
        for (int level = 0; level < decoded.size(); level++) {
            add(Source.RECONSTRUCTED, level, genre, artist, decoded.get(level));
        }
    }

    /** Adds a song that the model made, decoded from each level, the finest first. */
    public void addGenerated(GeneratedSong song, List<float[]> decoded) {
        for (int level = 0; level < decoded.size(); level++) {
            add(
                    Source.GENERATED,
                    level,
                    song.description().genre(),
                    song.description().artist(),
                    decoded.get(level));
        }
    }

    private void add(Source source, int level, String genre, String artist, float[] sound) {
        SongJudge.Names names = judge.name(Arrays.copyOf(sound, Math.min(sound.length, longest)));
        Counters counters = stages.computeIfAbsent(
                new Key(source, level), unused -> new Counters(new Confusion.Counter(), new Confusion.Counter()));
        counters.genre().add(genre, names.genre());
        counters.artist().add(artist, names.artist());
    }

    /** What came of it, in the order in which kinds of sounds first came. */
    public List<Stage> stages() {
        List<Stage> result = new ArrayList<>();
        stages.forEach((key, counters) -> result.add(new Stage(
                key.source(),
                key.level(),
                counters.genre().confusion(),
                counters.artist().confusion())));
        return result;
    }
}
