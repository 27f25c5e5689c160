package dev.segue.worker.assembly;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.ComposeSong;
import dev.segue.contracts.record.LyricsAligned;
import dev.segue.worker.jukebox.labels.CleanLyrics;
import dev.segue.worker.jukebox.labels.LyricVocabulary;
import dev.segue.worker.lyrics.LyricFiles;
import dev.segue.worker.lyrics.LyricTiming;
import dev.segue.worker.lyrics.TimedLyrics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of lyrics with their times.
 *
 * @param name what it is called
 * @param mediaType what it is
 * @param text what is written in it
 */
record LyricTexts(String name, String mediaType, String text) {

    /**
     * All that a song has: none where nothing is sung or nobody could tell when.
     *
     * @throws TaskFailedException if the timing is not that of the lyrics
     */
    static List<LyricTexts> of(ComposeSong song, ModelCard card) throws TaskFailedException {
        LyricsAligned aligned = song.getLyrics();
        String lyrics = song.getWords().getLyrics();
        if (aligned == null || lyrics.isBlank()) {
            return List.of();
        }
        TimedLyrics timed;
        try {
            timed = timed(lyrics, aligned, song.getSampleLength(), card);
        } catch (IllegalArgumentException e) {
            throw TaskFailedException.invalid("the lyrics cannot be timed: " + e.getMessage());
        }
        List<LyricTexts> files = new ArrayList<>();
        files.add(new LyricTexts("lyrics.json", "application/json", LyricFiles.json(timed)));
        String artist = song.getWords().getArtist();
        files.add(new LyricTexts("lyrics.lrc", "text/plain; charset=utf-8", LyricFiles.lrc(timed, "", artist)));
        files.add(new LyricTexts("lyrics.vtt", "text/vtt; charset=utf-8", LyricFiles.vtt(timed)));
        return files;
    }

    private static TimedLyrics timed(String lyrics, LyricsAligned aligned, long samples, ModelCard card) {
        ModelCard.LevelCard top = card.levels().get(card.levels().size() - 1);
        CleanLyrics cleaned = LyricVocabulary.of(top.prior().labels().version()).cleaned(lyrics);
        int[] first =
                aligned.getFirstCodes().stream().mapToInt(Integer::intValue).toArray();
        // A record has the code at which a character has ended, the timing its last one.
        int[] last = aligned.getEndCodes().stream()
                .mapToInt(end -> end == LyricTiming.UNSUNG ? LyricTiming.UNSUNG : end - 1)
                .toArray();
        LyricTiming timing = LyricTiming.of(Math.toIntExact(samples / top.hop()), first, last);
        return TimedLyrics.of(lyrics, cleaned, timing, (double) top.hop() / card.sampleRate());
    }

    /** As it is stored. */
    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
