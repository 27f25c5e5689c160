package dev.segue.worker.assembly;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.AudioFormat;
import dev.segue.contracts.record.ComposeSong;
import dev.segue.contracts.record.SongComposed;
import dev.segue.contracts.record.StoredObject;
import dev.segue.worker.sound.SongWriter;
import dev.segue.worker.sound.SongWriter.Output;
import dev.segue.worker.sound.SoundTags;
import dev.segue.worker.store.ObjectStore;
import dev.segue.worker.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Puts a song together: its pieces become its files, piece by piece, and the manifest comes last. A song that has one is
 * finished: who composes it again finds what there is, and nothing of it changes.
 *
 * <p>Any thread.
 */
final class Composition {
    /** Samples of one pixel of the wave form, 12 ms at 44.1 kHz. */
    private static final int SAMPLES_PER_PIXEL = 512;

    private final LoadedModels models;
    private final ObjectStore store;
    private final Clock clock;

    Composition(LoadedModels models, ObjectStore store, Clock clock) {
        this.models = models;
        this.store = store;
        this.clock = clock;
    }

    /**
     * Composes a song.
     *
     * @param scratch a folder for files of this task
     */
    SongComposed run(
            String songId, ModelRef model, ComposeSong song, Path scratch, WorkClock times, Checkpoint checkpoint)
            throws TaskFailedException, IOException, InterruptedException, Checkpoint.SongStoppedException {
        ModelCard card = models.describe(model).folder().card();
        Manifest manifest = new Manifest(songId, model, card, song);
        Optional<FinishedSong> finished = FinishedSong.find(store, songId);
        if (finished.isPresent()) {
            return composed(songId, manifest, finished.get(), times);
        }
        SoundTags tags = new SoundTags(
                songId, song.getWords().getArtist(), song.getWords().getGenre(), model.name(), model.digest());
        SongPieces pieces = new SongPieces(store, card, song, checkpoint);
        Set<Output> outputs = outputs(song);
        pieces.writeSound(
                scratch,
                new SongWriter.Song(
                        card.sampleRate(),
                        song.getSampleLength(),
                        RangeDecoding.depth(song.getRequest().getSampleDepth()),
                        SAMPLES_PER_PIXEL,
                        tags),
                outputs);
        pieces.writeCodes(scratch.resolve(SongKeys.CODES));
        List<LyricTexts> lyrics = LyricTexts.of(song, card);
        times.hasRead();
        List<StoredObject> objects = put(songId, scratch, outputs, lyrics, checkpoint);
        byte[] content = manifest.bytes(tags.comment(), objects, times.started(), clock.instant());
        try {
            objects.add(
                    FinishedSong.stored(store.putNew(new SongKeys(songId).manifest(), content, Manifest.MEDIA_TYPE)));
        } catch (StoreException.Exists e) {
            // Another worker was faster, or our own manifest arrived though its answer did not.
            return composed(songId, manifest, FinishedSong.find(store, songId).orElseThrow(() -> e), times);
        }
        return new SongComposed(objects, song.getSampleLength(), times.finish());
    }

    private static SongComposed composed(String songId, Manifest manifest, FinishedSong finished, WorkClock times)
            throws TaskFailedException {
        if (!manifest.isOf(finished)) {
            throw TaskFailedException.invalid("the song " + songId
                    + " is finished already and was another request, seed or model; choose another id");
        }
        return new SongComposed(finished.objects(), finished.samples(), times.finish());
    }

    private static Set<Output> outputs(ComposeSong song) throws TaskFailedException {
        Set<Output> outputs = EnumSet.of(Output.PEAKS);
        List<AudioFormat> asked = song.getRequest().getFormats();
        for (AudioFormat format : asked.isEmpty() ? List.of(AudioFormat.FLAC, AudioFormat.WAV) : asked) {
            outputs.add(
                    switch (format) {
                        case FLAC -> Output.FLAC;
                        case WAV -> Output.WAV;
                        case UNKNOWN ->
                            throw TaskFailedException.invalid(
                                    "formats has UNKNOWN, but must have FLAC or WAV for this version");
                    });
        }
        return outputs;
    }

    private List<StoredObject> put(
            String songId, Path folder, Set<Output> outputs, List<LyricTexts> lyrics, Checkpoint checkpoint)
            throws IOException, InterruptedException, Checkpoint.SongStoppedException {
        SongKeys keys = new SongKeys(songId);
        List<StoredObject> objects = new ArrayList<>();
        for (Output output : outputs) {
            checkpoint.pass();
            String name = output.fileName();
            objects.add(FinishedSong.stored(store.put(keys.file(name), folder.resolve(name), mediaType(output))));
        }
        objects.add(FinishedSong.stored(
                store.put(keys.file(SongKeys.CODES), folder.resolve(SongKeys.CODES), RangeDecoding.CODES)));
        for (LyricTexts text : lyrics) {
            objects.add(FinishedSong.stored(store.put(keys.file(text.name()), text.bytes(), text.mediaType())));
        }
        checkpoint.pass();
        return objects;
    }

    private static String mediaType(Output output) {
        return switch (output) {
            case FLAC -> RangeDecoding.FLAC;
            case WAV -> "audio/wav";
            case PEAKS -> "application/json";
        };
    }
}
