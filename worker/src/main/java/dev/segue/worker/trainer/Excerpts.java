package dev.segue.worker.trainer;

import dev.segue.worker.audio.Downmix;
import dev.segue.worker.training.Songbook;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The items that validation takes: so many, spread evenly over the songs, always the same.
 *
 * @param sounds mono, of one length
 */
record Excerpts(List<float[]> sounds) {

    static Excerpts spread(SongSounds songs, int length, int most) throws IOException {
        Songbook songbook = songbook(songs, length);
        int items = Math.min(most, songbook.items());
        List<float[]> sounds = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            Songbook.Excerpt place = songbook.excerpt(Math.toIntExact((long) i * songbook.items() / items));
            sounds.add(songs.excerpt(place.song(), place.offset(), length, Downmix.EVEN));
        }
        return new Excerpts(sounds);
    }

    /** Songs as items of {@code length} samples, which each of them has. */
    static Songbook songbook(SongSounds songs, int length) {
        return new Songbook(songs.songs().stream().map(SongSounds.Sound::frames).toList(), length);
    }
}
