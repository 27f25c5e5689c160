package dev.segue.orchestrator.plan;

import dev.segue.contracts.record.EarlierSong;
import dev.segue.contracts.record.EarlierSongUse;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.request.InvalidField;
import dev.segue.contracts.request.RejectedException;
import dev.segue.contracts.window.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Codes at the beginning of a song that need not be sampled.
 *
 * @param codes by level of the model, the finest first; 0 at levels that are not produced
 */
record Prompt(List<Integer> codes) {

    Prompt {
        codes = List.copyOf(codes);
    }

    /**
     * The prompt as the song's mode uses it: all of it, or its top level alone.
     *
     * @param produced levels that are produced, the finest first
     * @param existing codes that exist by level of the model
     * @param samples of the song
     * @throws RejectedException if there is more of it than of the song, or not enough of a top level to be upsampled
     */
    static Prompt of(SongRequest request, int sampleRate, List<Level> produced, List<Integer> existing, long samples) {
        List<Integer> used = new ArrayList<>(Collections.nCopies(existing.size(), 0));
        EarlierSong earlier = request.getEarlierSong();
        double songSeconds = samples / (double) sampleRate;
        if (earlier != null && earlier.getUse() == EarlierSongUse.UPSAMPLE) {
            Level top = produced.get(produced.size() - 1);
            int codes = existing.get(top.number());
            if (codes < top.codes(samples)) {
                throw new RejectedException(
                        new InvalidField.EarlierSongTooShort(codes * (double) top.hop() / sampleRate, songSeconds));
            }
            used.set(top.number(), top.codes(samples));
            return new Prompt(used);
        }
        for (Level level : produced) {
            int codes = existing.get(level.number());
            if (codes > level.codes(samples)) {
                throw new RejectedException(new InvalidField.PromptTooLong(
                        earlier == null ? "audioPrompt" : "earlierSong",
                        codes * (double) level.hop() / sampleRate,
                        songSeconds));
            }
            used.set(level.number(), codes);
        }
        return new Prompt(used);
    }

    /** Codes of a level. */
    int codes(int level) {
        return codes.get(level);
    }
}
