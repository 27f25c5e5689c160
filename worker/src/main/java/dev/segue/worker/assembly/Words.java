package dev.segue.worker.assembly;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.record.SongWords;
import dev.segue.contracts.record.UnknownWord;
import dev.segue.contracts.request.RejectedException;
import dev.segue.contracts.request.Rejection;
import dev.segue.worker.jukebox.labels.Labeller;
import dev.segue.worker.jukebox.labels.Labels;
import dev.segue.worker.jukebox.labels.LyricVocabulary;
import dev.segue.worker.jukebox.labels.SongDescription;
import dev.segue.worker.jukebox.labels.UnknownName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a model hears of the words of a song.
 *
 * @param unknown names that a produced level does not know
 * @param heardLyrics the lyrics as the top level hears them; empty if it hears none
 */
record Words(List<UnknownWord> unknown, String heardLyrics) {

    /** What labels are made from. */
    static SongDescription description(SongWords words) {
        return new SongDescription(
                words.getArtist(),
                words.getGenre(),
                words.getLyrics(),
                words.getTotalSamples(),
                words.getOffsetSamples());
    }

    /**
     * Asks the produced levels.
     *
     * @throws RefusedException if a level cannot be told of them
     */
    static Words heard(LoadedModels.Described model, SongWords words, int finestLevel)
            throws RefusedException, TaskFailedException {
        ModelCard card = model.folder().card();
        int top = card.levels().size() - 1;
        List<UnknownWord> unknown = new ArrayList<>();
        String heardLyrics = "";
        for (int level = finestLevel; level <= top; level++) {
            Optional<Labeller> labeller = model.labeller().level(level);
            if (labeller.isPresent()) {
                Labels labels = label(labeller.get(), description(words), card);
                labels.unknown().forEach(name -> unknown.add(unknown(name)));
                PriorShape prior = card.levels().get(level).prior();
                if (level == top && prior.lyrics() != null) {
                    heardLyrics = labels.lyrics();
                    requireSingable(
                            words.getLyrics(),
                            heardLyrics,
                            LyricVocabulary.of(prior.labels().version()));
                }
            }
        }
        return new Words(List.copyOf(unknown), heardLyrics);
    }

    private static Labels label(Labeller labeller, SongDescription song, ModelCard card)
            throws RefusedException, TaskFailedException {
        try {
            return labeller.label(song);
        } catch (RejectedException e) {
            throw refusal(e.rejection(), card.sampleRate());
        }
    }

    private static UnknownWord unknown(UnknownName name) {
        String field =
                switch (name.kind()) {
                    case ARTIST -> "artist";
                    case GENRE -> "genres";
                };
        return new UnknownWord(name.level(), field, name.name());
    }

    private static void requireSingable(String lyrics, String heard, LyricVocabulary vocabulary)
            throws RefusedException {
        if (!lyrics.isBlank() && heard.isBlank()) {
            String signs = IntStream.range(1, vocabulary.size())
                    .mapToObj(vocabulary::character)
                    .filter(character -> !character.isBlank() && !Character.isLetterOrDigit(character.charAt(0)))
                    .collect(Collectors.joining(" "));
            throw new RefusedException(
                    "lyrics",
                    "a text of " + lyrics.codePointCount(0, lyrics.length()) + " characters",
                    "the model can sing none of them, only A to Z, a to z, 0 to 9, " + signs
                            + " and what can be written in these",
                    "write it in Latin letters or leave it empty");
        }
    }

    /** A rejection in the words of a request, whose lengths are seconds. */
    static RefusedException refusal(Rejection rejection, int sampleRate) throws TaskFailedException {
        if (rejection instanceof Rejection.TooManyGenreWords genre) {
            return new RefusedException("genres", genre.value(), genre.limit(), genre.fix());
        }
        if (rejection instanceof Rejection.TotalLengthOutOfRange total) {
            return new RefusedException("totalDurationSeconds", total.value(), total.limit(), total.fix());
        }
        if (rejection instanceof Rejection.OffsetOutsideSong outside) {
            return new RefusedException(
                    "offsetSeconds",
                    Seconds.of(outside.offset(), sampleRate),
                    "must be at least 0 and less than the whole song's "
                            + Seconds.of(outside.totalLength(), sampleRate),
                    "lower it or raise totalDurationSeconds");
        }
        if (rejection instanceof Rejection.WindowBehindSong behind) {
            return new RefusedException(
                    "totalDurationSeconds",
                    Seconds.of(behind.totalLength(), sampleRate),
                    "the last window of the song begins at " + Seconds.of(behind.windowStart(), sampleRate)
                            + ", which must be before that",
                    "raise it, lower offsetSeconds or ask for a shorter song");
        }
        if (rejection instanceof Rejection.WindowTooLate late) {
            return new RefusedException(
                    "offsetSeconds",
                    "so late that the last window ends at " + late.value(),
                    late.limit(),
                    "lower it or ask for a shorter song");
        }
        if (rejection instanceof Rejection.TooShortToUpsample shorter) {
            return new RefusedException(
                    "durationSeconds",
                    Seconds.of(shorter.samples(), sampleRate),
                    "the upsampler of level " + shorter.level() + " needs at least "
                            + Seconds.of(shorter.windowSamples(), sampleRate),
                    "ask for a longer song or for the top level only");
        }
        if (rejection instanceof Rejection.NoWholeCodes none) {
            return new RefusedException("durationSeconds", none.value(), none.limit(), none.fix());
        }
        throw new TaskFailedException(
                FailureReason.MODEL_UNAVAILABLE, false, "the model cannot be used: " + rejection.sentence(), null);
    }
}
