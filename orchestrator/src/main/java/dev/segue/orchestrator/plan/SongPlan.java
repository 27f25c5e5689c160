package dev.segue.orchestrator.plan;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.LevelSampling;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.record.SongWords;
import dev.segue.contracts.request.RejectedException;
import java.util.List;

/**
 * Everything that is to be done for a song. The same request, card and prompt always give the same plan, so that it need
 * not be stored.
 *
 * @param songId the song
 * @param model name of the model
 * @param modelDigest SHA-256 of its card
 * @param sampleRate of the sound, in Hz
 * @param modelLevels how many levels the model has, produced or not
 * @param seed what codes are drawn with
 * @param sampleLength raw samples of the song: whole codes of the top level
 * @param words what labels are made from
 * @param sampling how codes of each produced level are drawn, the finest first
 * @param levels the levels that are produced, the finest first
 */
public record SongPlan(
        String songId,
        String model,
        String modelDigest,
        int sampleRate,
        int modelLevels,
        long seed,
        long sampleLength,
        SongWords words,
        List<LevelSampling> sampling,
        List<LevelPlan> levels) {

    public SongPlan {
        sampling = List.copyOf(sampling);
        levels = List.copyOf(levels);
    }

    /**
     * Plans a song.
     *
     * @param request one that {@link RequestCheck} finds nothing wrong with
     * @param card the model
     * @param modelDigest the card's digest
     * @param promptCodes codes that exist by level of the model, the finest first; all zero without a prompt
     * @throws RejectedException if the prompt does not suit the song's length
     */
    public static SongPlan of(SongRequest request, ModelCard card, String modelDigest, List<Integer> promptCodes) {
        throw new UnsupportedOperationException();
    }

    /** What labels are made from; known before the prompt is. */
    public static SongWords words(SongRequest request, ModelCard card) {
        throw new UnsupportedOperationException();
    }

    /** Raw samples of a song: whole codes of the top level. */
    public static long sampleLength(SongRequest request, ModelCard card) {
        throw new UnsupportedOperationException();
    }

    /** The finest level that is produced: what the song is composed of. */
    public LevelPlan finest() {
        return levels.get(0);
    }

    /** The top level. */
    public LevelPlan top() {
        return levels.get(levels.size() - 1);
    }

    /** Number of the finest level that is produced. */
    public int finestLevel() {
        return finest().number();
    }

    /**
     * A level by its number.
     *
     * @throws IllegalArgumentException if it is not produced
     */
    public LevelPlan level(int number) {
        throw new UnsupportedOperationException();
    }

    /** How the codes of a level are drawn. */
    public LevelSampling sampling(int level) {
        return sampling.get(level - finestLevel());
    }
}
