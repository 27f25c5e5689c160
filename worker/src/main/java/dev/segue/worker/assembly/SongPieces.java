package dev.segue.worker.assembly;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.CodeBytes;
import dev.segue.contracts.record.ComposeSong;
import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.record.LevelCodes;
import dev.segue.contracts.record.RangeStored;
import dev.segue.worker.codes.CodesWriter;
import dev.segue.worker.sound.SongWriter;
import dev.segue.worker.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Reads the pieces of a song from the store, one after the other, and joins them to files. Owned by one thread. */
final class SongPieces {
    private final ObjectStore store;
    private final ModelCard card;
    private final ComposeSong song;
    private final Checkpoint checkpoint;

    /**
     * The pieces of a song.
     *
     * @throws TaskFailedException if they leave gaps or are not those of a song of the model
     */
    SongPieces(ObjectStore store, ModelCard card, ComposeSong song, Checkpoint checkpoint) throws TaskFailedException {
        this.store = store;
        this.card = card;
        this.song = song;
        this.checkpoint = checkpoint;
        if (song.getLevels().isEmpty()) {
            throw TaskFailedException.invalid("the song has no levels, but is composed of the finest one's sound");
        }
        for (LevelCodes level : song.getLevels()) {
            check(level);
        }
    }

    private void check(LevelCodes level) throws TaskFailedException {
        int number = level.getLevel();
        if (number < 0 || number >= card.levels().size()) {
            throw TaskFailedException.invalid("level is " + number + ", but the model " + card.name()
                    + " has levels 0 to " + (card.levels().size() - 1));
        }
        int hop = card.levels().get(number).hop();
        if ((long) level.getTotalCodes() * hop != song.getSampleLength()) {
            throw TaskFailedException.invalid("level " + number + " has " + level.getTotalCodes() + " codes of " + hop
                    + " samples, but the song has " + song.getSampleLength() + " samples");
        }
        int next = 0;
        for (RangeStored range : level.getRanges()) {
            if (range.getStart() != next || range.getEnd() <= next) {
                throw TaskFailedException.invalid("the pieces of level " + number + " go on with codes ["
                        + range.getStart() + ", " + range.getEnd() + ") where " + next + " is the next");
            }
            next = range.getEnd();
        }
        if (next != level.getTotalCodes()) {
            throw TaskFailedException.invalid(
                    "the pieces of level " + number + " end with code " + next + " of " + level.getTotalCodes());
        }
    }

    /** Joins the finest level's sound to files in a folder. */
    void writeSound(Path folder, SongWriter.Song described, Set<SongWriter.Output> outputs)
            throws TaskFailedException, IOException, InterruptedException, Checkpoint.SongStoppedException {
        try (SongWriter writer = new SongWriter(folder, described, outputs)) {
            for (RangeStored range : song.getLevels().get(0).getRanges()) {
                checkpoint.pass();
                String key = range.getAudio().getKey();
                writer.add(key, store.open(key));
            }
            writer.finish();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw TaskFailedException.invalid(e.getMessage());
        }
    }

    /** Joins the codes of all levels to a file; levels that were not produced have none. */
    void writeCodes(Path file)
            throws TaskFailedException, IOException, InterruptedException, Checkpoint.SongStoppedException {
        List<Integer> lengths =
                new ArrayList<>(Collections.nCopies(card.levels().size(), 0));
        song.getLevels().forEach(level -> lengths.set(level.getLevel(), level.getTotalCodes()));
        try (CodesWriter writer = CodesWriter.create(file, lengths)) {
            for (LevelCodes level : song.getLevels()) {
                for (RangeStored range : level.getRanges()) {
                    checkpoint.pass();
                    add(writer, level.getLevel(), range);
                }
            }
            writer.finish();
        }
    }

    private void add(CodesWriter writer, int level, RangeStored range) throws TaskFailedException, IOException {
        String key = range.getCodes().getKey();
        int codes = range.getEnd() - range.getStart();
        try (InputStream in = store.open(key);
                DigestInputStream digesting = FinishedSong.digesting(in)) {
            writer.add(level, key, digesting);
            String sha256 =
                    HexFormat.of().formatHex(digesting.getMessageDigest().digest());
            if (!sha256.equals(range.getCodes().getSha256())) {
                throw new TaskFailedException(
                        FailureReason.STORAGE,
                        false,
                        key + " has the SHA-256 " + sha256 + ", but "
                                + range.getCodes().getSha256() + " was put there",
                        null);
            }
        } catch (IllegalArgumentException e) {
            throw TaskFailedException.invalid(
                    key + " does not hold the " + codes + " codes of its range: " + e.getMessage());
        }
        if (range.getCodes().getBytes() != (long) codes * CodeBytes.WIDTH) {
            throw TaskFailedException.invalid(key + " has " + range.getCodes().getBytes() + " bytes, but its range "
                    + codes + " codes of " + CodeBytes.WIDTH);
        }
    }
}
