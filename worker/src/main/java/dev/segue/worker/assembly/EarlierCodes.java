package dev.segue.worker.assembly;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.CodeBytes;
import dev.segue.contracts.record.EarlierSong;
import dev.segue.contracts.record.EarlierSongUse;
import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.window.CodeRange;
import dev.segue.contracts.window.WindowSchedule;
import dev.segue.worker.codes.CodesFile;
import dev.segue.worker.store.ObjectStore;
import dev.segue.worker.store.StoreException;
import dev.segue.worker.weights.WeightsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the codes that a song begins with from a finished song of the same model, as {@code segue sample} does from its
 * file. Any thread.
 */
final class EarlierCodes {
    private static final String SONG_ID = "earlierSong.songId";
    private static final String SECONDS = "earlierSong.seconds";

    private final ObjectStore store;

    EarlierCodes(ObjectStore store) {
        this.store = store;
    }

    /**
     * Reads them.
     *
     * @param songSamples raw samples of the new song
     * @param scratch a folder for files of this task
     * @throws RefusedException if there is no such song, or it does not suit the new one
     */
    ExistingCodes read(ModelRef model, ModelCard card, EarlierSong earlier, long songSamples, Path scratch)
            throws RefusedException, TaskFailedException, IOException {
        String id = earlier.getSongId();
        FinishedSong song = FinishedSong.find(store, id)
                .orElseThrow(() -> new RefusedException(
                        SONG_ID, id, "there is no finished song of that id", "name one that was completed"));
        if (!song.modelDigest().equals(model.digest())) {
            throw new RefusedException(
                    SONG_ID,
                    id,
                    "it was made by another model, of the digest " + song.modelDigest() + ", whose codes "
                            + model.name() + " (" + model.digest() + ") does not understand",
                    "name a song of that model or ask for the other model");
        }
        Path file = scratch.resolve(SongKeys.CODES);
        try (InputStream in = store.open(new SongKeys(id).file(SongKeys.CODES))) {
            Files.copy(in, file);
        } catch (StoreException.Missing e) {
            throw new RefusedException(
                    SONG_ID, id, "its codes are no longer in the store", "name another song or make it again");
        }
        CodesFile codes = open(file, id, card);
        return switch (earlier.getUse()) {
            case CONTINUE -> continued(card, codes, earlier, songSamples);
            case UPSAMPLE -> upsampled(card, codes, earlier, songSamples);
            case UNKNOWN ->
                throw new RefusedException(
                        "earlierSong.use",
                        EarlierSongUse.UNKNOWN.toString(),
                        "must be CONTINUE or UPSAMPLE",
                        "choose one of them");
        };
    }

    private static CodesFile open(Path file, String id, ModelCard card) throws TaskFailedException, IOException {
        try {
            return CodesFile.open(file, card.levels().size());
        } catch (WeightsException | IllegalArgumentException e) {
            throw new TaskFailedException(
                    FailureReason.STORAGE, false, "the codes of the song " + id + " are damaged: " + e.getMessage(), e);
        }
    }

    private static ExistingCodes continued(ModelCard card, CodesFile codes, EarlierSong earlier, long songSamples)
            throws RefusedException, IOException {
        int rate = card.sampleRate();
        long samples = used(card, codes, earlier);
        if (samples >= songSamples) {
            throw new RefusedException(
                    "durationSeconds",
                    Seconds.of(songSamples, rate),
                    "what it goes on from has " + Seconds.of(samples, rate) + " already",
                    "raise it or lower " + SECONDS);
        }
        List<ByteBuffer> levels = new ArrayList<>();
        for (int level = 0; level < card.levels().size(); level++) {
            long most = samples / card.levels().get(level).hop();
            levels.add(read(codes, level, (int) Math.min(most, codes.length(level))));
        }
        return new ExistingCodes(levels);
    }

    private static ExistingCodes upsampled(ModelCard card, CodesFile codes, EarlierSong earlier, long songSamples)
            throws RefusedException, IOException {
        int rate = card.sampleRate();
        long samples = used(card, codes, earlier);
        if (samples < songSamples) {
            throw new RefusedException(
                    "durationSeconds",
                    Seconds.of(songSamples, rate),
                    "the top level that is to be upsampled has only " + Seconds.of(samples, rate),
                    "lower it to that");
        }
        int top = card.levels().size() - 1;
        int kept = Math.toIntExact(songSamples / card.levels().get(top).hop());
        List<ByteBuffer> levels = new ArrayList<>();
        for (int level = 0; level < top; level++) {
            levels.add(ByteBuffer.allocate(0));
        }
        levels.add(read(codes, top, kept));
        return new ExistingCodes(levels);
    }

    /** How much of it is used, in raw samples: whole codes of the top level, no more than there are. */
    private static long used(ModelCard card, CodesFile codes, EarlierSong earlier) throws RefusedException {
        int rate = card.sampleRate();
        int top = card.levels().size() - 1;
        int topHop = card.levels().get(top).hop();
        long available = (long) codes.length(top) * topHop;
        if (earlier.getSeconds() == null) {
            return available;
        }
        long asked = WindowSchedule.sampleLength(earlier.getSeconds(), rate, topHop);
        if (asked <= 0 || asked > available) {
            throw new RefusedException(
                    SECONDS,
                    Seconds.of(earlier.getSeconds()),
                    "must be at least " + Seconds.of(topHop, rate) + ", one code of the top level, and at most the "
                            + Seconds.of(available, rate) + " that the song has",
                    "choose a length in that range or leave it out");
        }
        return asked;
    }

    private static ByteBuffer read(CodesFile codes, int level, int count) throws IOException {
        return CodeBytes.of(codes.range(level, new CodeRange(0, count)));
    }
}
