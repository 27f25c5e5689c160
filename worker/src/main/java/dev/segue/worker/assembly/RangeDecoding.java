package dev.segue.worker.assembly;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.DecodeRange;
import dev.segue.contracts.record.RangeStored;
import dev.segue.contracts.record.SampleDepth;
import dev.segue.worker.sound.SoundPiece;
import dev.segue.worker.sound.SoundTags;
import dev.segue.worker.store.ObjectInfo;
import dev.segue.worker.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Turns the codes of a range into sound and puts both into the store. The same task always gives the same bytes.
 *
 * <p>Any thread.
 */
final class RangeDecoding {
    static final String FLAC = "audio/flac";
    static final String CODES = "application/octet-stream";

    private final LoadedModels models;
    private final ObjectStore store;
    private final AudioMeters meters;

    RangeDecoding(LoadedModels models, ObjectStore store, AudioMeters meters) {
        this.models = models;
        this.store = store;
        this.meters = meters;
    }

    /**
     * Decodes a range.
     *
     * @param scratch a folder for files of this task
     */
    RangeStored run(
            String songId, ModelRef model, DecodeRange task, Path scratch, WorkClock clock, Checkpoint checkpoint)
            throws TaskFailedException, IOException, InterruptedException, Checkpoint.SongStoppedException {
        ModelCard card = models.describe(model).folder().card();
        RangeSound range = RangeSound.of(task, card);
        dev.segue.worker.audio.SampleDepth depth = depth(task.getSampleDepth());
        clock.hasRead();
        long start = System.nanoTime();
        float[] sound = models.withVqVae(model, range::decode);
        meters.decoded(
                range.level(), (double) sound.length / card.sampleRate(), Duration.ofNanos(System.nanoTime() - start));
        checkpoint.pass();
        SongKeys keys = new SongKeys(songId);
        Path file = scratch.resolve("range.flac");
        SoundTags tags = new SoundTags(
                songId + " level " + range.level() + " codes " + task.getStart() + "-" + task.getEnd(),
                "",
                "",
                model.name(),
                model.digest());
        SoundPiece.write(file, sound, card.sampleRate(), depth, tags);
        // Codes first: where there is sound, there are its codes.
        ObjectInfo codes =
                store.put(keys.codes(range.level(), task.getStart(), task.getEnd()), range.ownCodes(task), CODES);
        ObjectInfo audio = store.put(keys.sound(range.level(), task.getStart(), task.getEnd()), file, FLAC);
        meters.stored(range.level(), audio.bytes());
        return new RangeStored(
                range.level(),
                task.getStart(),
                task.getEnd(),
                FinishedSong.stored(audio),
                FinishedSong.stored(codes),
                (long) sound.length,
                clock.finish());
    }

    /** The depth that a task names. */
    static dev.segue.worker.audio.SampleDepth depth(SampleDepth named) throws TaskFailedException {
        return switch (named) {
            case PCM16 -> dev.segue.worker.audio.SampleDepth.BITS_16;
            case PCM24 -> dev.segue.worker.audio.SampleDepth.BITS_24;
            case UNKNOWN ->
                throw TaskFailedException.invalid(
                        "sampleDepth is UNKNOWN, but must be PCM16 or PCM24 for this version");
        };
    }
}
