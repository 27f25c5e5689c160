package dev.segue.worker.assembly;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.PrepareSong;
import dev.segue.contracts.record.PromptCodes;
import dev.segue.contracts.record.SongPrepared;
import dev.segue.contracts.request.Rejection;
import dev.segue.contracts.window.Level;
import dev.segue.contracts.window.PartialWindow;
import dev.segue.contracts.window.Window;
import dev.segue.contracts.window.WindowSchedule;
import dev.segue.worker.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Checks a song against its model's words before it is made, and turns what it begins with into codes.
 *
 * <p>Any thread.
 */
final class Preparation {
    /** Codes of one record: 128 KiB, an eighth of the largest record. */
    static final int CHUNK = 1 << 16;

    private final LoadedModels models;
    private final ObjectStore store;
    private final PromptSound sounds;
    private final EarlierCodes earlier;

    Preparation(LoadedModels models, ObjectStore store) {
        this.models = models;
        this.store = store;
        this.sounds = new PromptSound(store, models);
        this.earlier = new EarlierCodes(store);
    }

    /** Where codes of a prompt go before the song is said to be prepared. */
    @FunctionalInterface
    interface Outlet {
        /** Says them to everybody, and returns when they have arrived. */
        void publish(PromptCodes codes) throws IOException, InterruptedException;
    }

    /**
     * Prepares a song.
     *
     * @param scratch a folder for files of this task
     * @throws RefusedException if it cannot be made as it was asked for
     */
    SongPrepared run(String songId, ModelRef model, PrepareSong song, Path scratch, Checkpoint checkpoint, Outlet out)
            throws RefusedException, TaskFailedException, IOException, InterruptedException,
                    Checkpoint.SongStoppedException {
        requireUnfinished(songId);
        LoadedModels.Described described = models.describe(model);
        requireLevel(song.getFinestLevel(), described.folder().card());
        Words words = Words.heard(described, song.getWords(), song.getFinestLevel());
        checkpoint.pass();
        ExistingCodes existing =
                existing(model, described, song, scratch, checkpoint).from(song.getFinestLevel());
        checkPlaces(described, song, existing);
        String preparation = UUID.randomUUID().toString();
        for (int level = 0; level < existing.levels().size(); level++) {
            for (int start = 0; start < existing.length(level); start += CHUNK) {
                checkpoint.pass();
                int end = Math.min(existing.length(level), start + CHUNK);
                out.publish(new PromptCodes(preparation, level, start, existing.range(level, start, end)));
            }
        }
        return new SongPrepared(preparation, existing.lengths(), words.unknown(), words.heardLyrics());
    }

    private static void requireLevel(int level, ModelCard card) throws TaskFailedException {
        if (level < 0 || level >= card.levels().size()) {
            throw TaskFailedException.invalid("finestLevel is " + level + ", but the model " + card.name()
                    + " has levels 0 to " + (card.levels().size() - 1));
        }
    }

    /** Pieces of another song under the same id would lie where the finished one's do. */
    private void requireUnfinished(String songId) throws RefusedException, IOException {
        if (store.head(new SongKeys(songId).manifest()).isPresent()) {
            throw new RefusedException(
                    "songId",
                    songId,
                    "a finished song of that id lies in the store and is never changed",
                    "fetch it or choose another id");
        }
    }

    private ExistingCodes existing(
            ModelRef model, LoadedModels.Described described, PrepareSong song, Path scratch, Checkpoint checkpoint)
            throws RefusedException, TaskFailedException, IOException, InterruptedException,
                    Checkpoint.SongStoppedException {
        ModelCard card = described.folder().card();
        if (song.getAudioPrompt() != null) {
            return sounds.encode(
                    model, song.getAudioPrompt(), song.getSampleLength(), song.getFinestLevel(), scratch, checkpoint);
        }
        if (song.getEarlierSong() != null) {
            return earlier.read(model, card, song.getEarlierSong(), song.getSampleLength(), scratch);
        }
        return ExistingCodes.none(card.levels().size());
    }

    /** Whether every window that is to be sampled lies where the model can be told of it. */
    private static void checkPlaces(LoadedModels.Described model, PrepareSong song, ExistingCodes existing)
            throws RefusedException, TaskFailedException {
        ModelCard card = model.folder().card();
        List<Level> schedule = card.schedule();
        List<Level> produced = schedule.subList(song.getFinestLevel(), schedule.size());
        Optional<Rejection> rejection = WindowSchedule.check(produced, song.getSampleLength());
        if (rejection.isEmpty()) {
            List<Window> windows = produced.stream()
                    .flatMap(level -> WindowSchedule.windows(
                            level,
                            level.codes(song.getSampleLength()),
                            existing.length(level.number()),
                            PartialWindow.FILL_TO_TOTAL)
                            .stream())
                    .toList();
            rejection = model.labeller().checkPlaces(Words.description(song.getWords()), windows);
        }
        if (rejection.isPresent()) {
            throw Words.refusal(rejection.get(), card.sampleRate());
        }
    }
}
