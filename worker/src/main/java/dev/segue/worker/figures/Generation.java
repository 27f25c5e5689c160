package dev.segue.worker.figures;

import dev.segue.contracts.request.RejectedException;
import dev.segue.contracts.window.Level;
import dev.segue.contracts.window.PartialWindow;
import dev.segue.contracts.window.WindowSchedule;
import dev.segue.worker.jukebox.labels.SongDescription;
import dev.segue.worker.manifest.SongEntry;
import dev.segue.worker.sampling.LevelSampler;
import dev.segue.worker.sampling.Sampling;
import dev.segue.worker.sampling.SlotEngine;
import dev.segue.worker.sampling.SongCodes;
import dev.segue.worker.sampling.SongSampler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Songs that a model makes of nothing but words: every genre by every artist, as often as each other, with lyrics of songs
 * that it never learnt from. Song i is drawn with the seed + i.
 *
 * @param subject the model
 * @param songs what each is to be
 * @param samples of each
 */
public record Generation(Subject subject, List<SongDescription> songs, long samples) {

    /** Copies what it is given. */
    public Generation {
        songs = List.copyOf(songs);
    }

    /**
     * Plans songs.
     *
     * @param perLabel of each genre and each artist at least
     * @param seconds of each
     * @param lyrics songs whose lyrics are sung: those of the same genre and artist if there are any
     * @throws RejectedException if the model cannot make songs so long
     */
    public static Generation plan(
            Subject subject,
            int perLabel,
            double seconds,
            List<String> genres,
            List<String> artists,
            List<SongEntry> lyrics) {
        List<Level> levels = subject.card().schedule();
        long samples = WindowSchedule.sampleLength(
                seconds,
                subject.card().sampleRate(),
                subject.level(subject.top()).hop());
        int fewer = Math.min(genres.size(), artists.size());
        int perPair = (perLabel + fewer - 1) / fewer;
        long told = EncodedSong.toldLength(subject.card(), samples);
        List<SongDescription> songs = new ArrayList<>();
        for (String genre : genres) {
            for (String artist : artists) {
                List<SongEntry> alike = alike(lyrics, genre, artist);
                int pair = songs.size() / perPair;
                for (int i = 0; i < perPair; i++) {
                    String text = alike.get((pair + i) % alike.size()).lyrics();
                    songs.add(new SongDescription(artist, genre, text, told, 0));
                }
            }
        }
        WindowSchedule.check(levels, samples)
                .or(
                        () -> subject.labeller()
                                .check(
                                        songs.get(0),
                                        levels.stream()
                                                .flatMap(level -> WindowSchedule.windows(
                                                        level, level.codes(samples), 0, PartialWindow.FILL_TO_TOTAL)
                                                        .stream())
                                                .toList()))
                .ifPresent(rejection -> {
                    throw new RejectedException(rejection);
                });
        return new Generation(subject, songs, samples);
    }

    private static List<SongEntry> alike(List<SongEntry> lyrics, String genre, String artist) {
        return Stream.of(
                        lyrics.stream()
                                .filter(song -> song.genre().equals(genre)
                                        && song.artist().equals(artist))
                                .toList(),
                        lyrics)
                .filter(songs -> !songs.isEmpty())
                .findFirst()
                .orElseThrow();
    }

    /**
     * Samples all of them at every level, the coarsest first, with the settings that requests have by default.
     *
     * @param slots songs side by side
     */
    public List<GeneratedSong> sample(int slots, Progress progress) throws IOException {
        List<SongCodes> codes = new ArrayList<>(Collections.nCopies(songs.size(), SongCodes.none(subject.top() + 1)));
        for (int number = subject.top(); number >= 0; number--) {
            Level level = subject.level(number);
            progress.begin("codes of level " + number, (long) songs.size() * level.codes(samples));
            codes = sample(level, Math.min(slots, songs.size()), codes, progress);
        }
        List<GeneratedSong> made = new ArrayList<>();
        for (int i = 0; i < songs.size(); i++) {
            made.add(new GeneratedSong(songs.get(i), subject.seed() + i, codes.get(i)));
        }
        return made;
    }

    private List<SongCodes> sample(Level level, int slots, List<SongCodes> before, Progress progress)
            throws IOException {
        int number = level.number();
        Sampling sampling = new Sampling(subject.card().levels().get(number).temperature(), 0, 0);
        List<SongSampler.Song> asked = new ArrayList<>();
        for (int i = 0; i < songs.size(); i++) {
            asked.add(new SongSampler.Song(songs.get(i), subject.seed() + i, before.get(i)));
        }
        try (SlotEngine engine = new SlotEngine(subject.prior(number), slots)) {
            List<LevelSampler> levels = new ArrayList<>(Collections.nCopies(number + 1, null));
            levels.set(number, new LevelSampler(level, engine, subject.labeller(number), sampling));
            return new SongSampler(levels, PartialWindow.FILL_TO_TOTAL)
                    .sample(asked, samples, List.of(number), (song, written) -> {
                        progress.advance(written.codes().length);
                        return true;
                    });
        }
    }
}
