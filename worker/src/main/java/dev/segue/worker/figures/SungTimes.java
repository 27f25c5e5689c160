package dev.segue.worker.figures;

import dev.segue.worker.jukebox.labels.CleanLyrics;
import dev.segue.worker.lyrics.LyricTiming;
import dev.segue.worker.manifest.CharacterTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** When each character that a user wrote is sung, from when each that the model heard is. */
final class SungTimes {
    private SungTimes() {}

    /**
     * Times of the characters (code points) of lyrics; {@link CharacterTime#NONE} for those that are not sung.
     *
     * @param cleaned the same lyrics as the model heard them
     * @param timing of the cleaned characters
     * @param secondsPerCode of the top level
     */
    static List<CharacterTime> of(String lyrics, CleanLyrics cleaned, LyricTiming timing, double secondsPerCode) {
        List<CharacterTime> times =
                new ArrayList<>(Collections.nCopies(lyrics.codePointCount(0, lyrics.length()), CharacterTime.NONE));
        int[] first = timing.first();
        int[] last = timing.last();
        for (int i = 0; i < cleaned.length(); i++) {
            int character = lyrics.codePointCount(0, cleaned.origin(i));
            if (timing.sung(i)) {
                // One character may be heard as several.
                CharacterTime before = times.get(character);
                double start = before.sung() ? before.start() : first[i] * secondsPerCode;
                times.set(character, new CharacterTime(start, (last[i] + 1) * secondsPerCode));
            }
        }
        return times;
    }
}
