package dev.segue.orchestrator.plan;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.model.TimingShape;
import dev.segue.contracts.record.LevelSampling;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.record.SongWords;
import dev.segue.contracts.request.RejectedException;
import dev.segue.contracts.request.Rejection;
import dev.segue.contracts.window.Level;
import dev.segue.contracts.window.WindowSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Everything that is to be done for a song. The same request, card and prompt always give the same plan, so that it need
 * not be stored.
 *
 * @param songId the song
 * @param model what the request calls the model
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
     * @param promptCodes codes that exist by level of the model, the finest first; all zero without a prompt. Where a song
     *     is upsampled those of the top level count alone
     * @throws RejectedException if the prompt does not suit the song's length
     */
    public static SongPlan of(SongRequest request, ModelCard card, String modelDigest, List<Integer> promptCodes) {
        List<Level> model = card.schedule();
        if (promptCodes.size() != model.size()) {
            throw new IllegalArgumentException("promptCodes is " + promptCodes + " but model " + card.name() + " has "
                    + model.size() + " levels; give one number for each");
        }
        int finest = request.getFinestLevel();
        long samples = sampleLength(request, card);
        List<Level> produced = model.subList(finest, model.size());
        WindowSchedule.check(produced, samples).ifPresent(SongPlan::reject);
        Prompt prompt = Prompt.of(request, card.sampleRate(), produced, promptCodes, samples);
        Segmentation segmentation = segmentation(request, card, produced, prompt, samples);
        Level top = produced.get(produced.size() - 1);
        List<LevelPlan> levels = new ArrayList<>();
        List<LevelSampling> sampling = new ArrayList<>();
        for (Level level : produced) {
            levels.add((level.conditioned() ? segmentation : Segmentation.whole())
                    .plan(level, level.codes(samples), prompt.codes(level.number()), top.hop() / level.hop()));
            sampling.add(sampling(request, card, level.number()));
        }
        return new SongPlan(
                request.getSongId(),
                request.getModel(),
                modelDigest,
                card.sampleRate(),
                model.size(),
                SongSeed.of(request),
                samples,
                words(request, card),
                sampling,
                levels);
    }

    /**
     * What labels are made from; known before the prompt is. Unless the request says more, the whole song ends with this
     * one, or is the shortest that the model knows.
     */
    public static SongWords words(SongRequest request, ModelCard card) {
        int rate = card.sampleRate();
        long offset = (long) (request.getOffsetSeconds() * rate);
        double least = card.levels().stream()
                .map(level -> level.prior().timing())
                .filter(Objects::nonNull)
                .mapToDouble(TimingShape::minSeconds)
                .max()
                .orElse(0);
        Double total = request.getTotalDurationSeconds();
        return SongWords.newBuilder()
                .setArtist(request.getArtist())
                .setGenre(String.join(" ", request.getGenres()))
                .setLyrics(request.getLyrics())
                .setTotalSamples(
                        total == null
                                ? Math.max(offset + sampleLength(request, card), (long) Math.ceil(least * rate))
                                : (long) (total * rate))
                .setOffsetSamples(offset)
                .build();
    }

    /** Raw samples of a song: whole codes of the top level. */
    public static long sampleLength(SongRequest request, ModelCard card) {
        return WindowSchedule.sampleLength(
                request.getDurationSeconds(),
                card.sampleRate(),
                card.vqVae().shape().hop(card.levels().size() - 1));
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
        int at = number - finestLevel();
        if (at < 0 || at >= levels.size()) {
            throw new IllegalArgumentException("level " + number + " of song " + songId
                    + " is asked for, but it has levels " + finestLevel() + " to " + top().number()
                    + "; ask for one of them");
        }
        return levels.get(at);
    }

    /** How the codes of a level are drawn. */
    public LevelSampling sampling(int level) {
        return sampling.get(level - finestLevel());
    }

    private static LevelSampling sampling(SongRequest request, ModelCard card, int level) {
        return request.getSampling().stream()
                .filter(asked -> asked.getLevel() == level)
                .findFirst()
                .orElseGet(() -> LevelSampling.newBuilder()
                        .setLevel(level)
                        .setTemperature(card.levels().get(level).temperature())
                        .build());
    }

    private static Segmentation segmentation(
            SongRequest request, ModelCard card, List<Level> produced, Prompt prompt, long samples) {
        Level top = produced.get(produced.size() - 1);
        List<Level> upsampled = produced.subList(0, produced.size() - 1);
        if (request.getParallelSegments() <= 1 || upsampled.isEmpty()) {
            return Segmentation.whole();
        }
        return Segmentation.of(
                top.codes(samples),
                upsampled.stream()
                        .mapToInt(level -> prompt.codes(level.number()) / (top.hop() / level.hop()))
                        .min()
                        .orElseThrow(),
                Segmentation.least(produced),
                request.getParallelSegments(),
                card.sampleRate() / (double) top.hop());
    }

    private static void reject(Rejection rejection) {
        throw new RejectedException(rejection);
    }
}
