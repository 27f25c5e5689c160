package dev.segue.standalone;

import dev.segue.contracts.client.Cluster;
import dev.segue.contracts.client.Outcome;
import dev.segue.contracts.client.SongEvents;
import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.record.StoredObject;
import dev.segue.contracts.record.TrustedRecords;
import dev.segue.standalone.songs.SongObjects;
import dev.segue.worker.jukebox.UntrainedModel;
import dev.segue.worker.weights.SafetensorsFile;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Songs of an installation, as tests ask for them and look at them. */
public final class Songs {
    private static final long LIMIT_SECONDS = 180;
    private static final int LEVELS = 3;

    private Songs() {}

    /** A request for the untrained model that names everything it must. */
    public static SongRequest.Builder request(String id, double seconds) {
        TrustedRecords.trust();
        return SongRequest.newBuilder()
                .setSongId(id)
                .setModel(UntrainedModel.NAME)
                .setDurationSeconds(seconds);
    }

    /** All events of a song up to its end. */
    public static List<SongEvent> toTheEnd(Cluster cluster, String song) throws IOException {
        try (SongEvents events = SongEvents.of(cluster, song)) {
            List<SongEvent> seen = new ArrayList<>();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            while (System.nanoTime() < end) {
                seen.addAll(events.next(Duration.ofMillis(100)));
                if (seen.stream().anyMatch(event -> Outcome.of(event).isPresent())) {
                    return seen;
                }
            }
            throw new AssertionError("the song did not end, but " + seen);
        }
    }

    public static SongEvent end(Cluster cluster, String song) throws IOException {
        List<SongEvent> events = toTheEnd(cluster, song);
        return events.stream()
                .filter(event -> Outcome.of(event).isPresent())
                .findFirst()
                .orElseThrow();
    }

    /** The codes of a finished song, level 0 first. */
    public static List<int[]> codes(Cluster cluster, SongEvent completed, Path folder) throws IOException {
        StoredObject object = object(completed, "codes.safetensors");
        Path file = Files.createDirectories(folder).resolve(completed.getSongId() + ".safetensors");
        try (SongObjects objects = new SongObjects(cluster)) {
            objects.download(object, file);
        }
        return codes(file);
    }

    static StoredObject object(SongEvent completed, String name) {
        return completed.getCompleted().getObjects().stream()
                .filter(object -> object.getKey().endsWith("/" + name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "no " + name + " among " + completed.getCompleted().getObjects()));
    }

    /** The codes in a file, of 64 or of 16 bits. */
    static List<int[]> codes(Path file) throws IOException {
        SafetensorsFile tensors = SafetensorsFile.open(file);
        List<int[]> codes = new ArrayList<>();
        for (int level = 0; level < LEVELS; level++) {
            String name = "level." + level;
            long elements = tensors.tensors().get(name).elements();
            int[] of = new int[Math.toIntExact(elements)];
            if (tensors.map(name).remaining() == elements * Long.BYTES) {
                LongBuffer values = tensors.map(name).asLongBuffer();
                for (int i = 0; i < of.length; i++) {
                    of[i] = Math.toIntExact(values.get(i));
                }
            } else {
                ShortBuffer values = tensors.map(name).asShortBuffer();
                for (int i = 0; i < of.length; i++) {
                    of[i] = Short.toUnsignedInt(values.get(i));
                }
            }
            codes.add(of);
        }
        return codes;
    }
}
