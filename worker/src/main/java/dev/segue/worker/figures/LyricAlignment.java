package dev.segue.worker.figures;

import dev.segue.worker.evaluation.AlignmentErrors;
import dev.segue.worker.jukebox.alignment.Alignment;
import dev.segue.worker.jukebox.labels.LyricVocabulary;
import dev.segue.worker.jukebox.labels.SongDescription;
import dev.segue.worker.lyrics.LyricTimer;
import dev.segue.worker.manifest.CharacterTime;
import java.util.List;

/**
 * When lyrics are sung by a model's alignment, as finished songs have it, against when they are by the folder's
 * annotations. Owned by one thread.
 */
public final class LyricAlignment {
    private final Subject subject;
    private final LyricVocabulary vocabulary;
    private final AlignmentErrors errors = new AlignmentErrors();
    private final AlignmentErrors straight = new AlignmentErrors();
    private int songs;

    /** Of a model whose top level hears lyrics. */
    public LyricAlignment(Subject subject) {
        this.subject = subject;
        this.vocabulary =
                LyricVocabulary.of(subject.shape(subject.top()).labels().version());
    }

    /**
     * What came out.
     *
     * @param songs how many were aligned
     * @param characters of them that are sung
     * @param found share of those that the alignment gives a time to
     * @param medianSeconds between the beginning of a character by the alignment and the true one
     * @param ninthDecileSeconds that nine of ten characters do not exceed
     * @param straightLineSeconds the median if characters followed each other evenly from the song's beginning to its end
     */
    public record Result(
            int songs,
            int characters,
            double found,
            double medianSeconds,
            double ninthDecileSeconds,
            double straightLineSeconds) {}

    /** When each character of a description's lyrics is sung. */
    List<CharacterTime> times(SongDescription description, Alignment alignment) {
        String lyrics = description.lyrics();
        double secondsPerCode = subject.secondsPerTopCode();
        return SungTimes.of(
                lyrics, vocabulary.cleaned(lyrics), new LyricTimer(secondsPerCode).time(alignment), secondsPerCode);
    }

    /** Adds a song that says when its characters are sung. */
    void add(EncodedSong song, Alignment alignment) {
        List<CharacterTime> truth = song.entry().annotations().characters();
        double seconds = song.samples() / (double) subject.card().sampleRate();
        errors.add(times(song.description(subject.card()), alignment), truth, seconds);
        straight.add(AlignmentErrors.straightLine(truth.size(), seconds), truth, seconds);
        songs++;
    }

    /** What came of the songs, of which there is at least one. */
    public Result result() {
        return new Result(
                songs,
                errors.characters(),
                errors.foundShare(),
                errors.median(),
                errors.percentile(90),
                straight.median());
    }
}
