package dev.segue.standalone.fetch;

import dev.segue.contracts.client.Cluster;
import dev.segue.contracts.client.SongEvents;
import dev.segue.contracts.record.AudioReady;
import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.record.StoredObject;
import dev.segue.standalone.cluster.ClusterOptions;
import dev.segue.standalone.songs.SongObjects;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue fetch}: what a song is made of, as far as it exists. */
@Command(
        name = "fetch",
        description = "Copy a song's files to this machine, each held against its digest; of one that is not finished,"
                + " the sound that exists.")
public final class FetchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Parameters(index = "0", paramLabel = "ID", description = "The song.")
    private String song;

    @Parameters(
            index = "1..*",
            paramLabel = "NAME",
            description = "Only these, with * and ** as in 'song.*' or 'level-2/**'. Default: everything.")
    private List<String> names = List.of();

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Where files go. Default: a folder named as the song.")
    private Path out;

    @Option(names = "--force", description = "Replace other files of the same names.")
    private boolean force;

    @Override
    public Integer call() throws IOException {
        Cluster place = cluster.cluster();
        List<StoredObject> existing;
        try (SongEvents events = SongEvents.of(place, song)) {
            existing = objects(events.upToNow());
        }
        if (existing.isEmpty()) {
            throw new IllegalArgumentException(
                    "ID is " + song + ", but nothing of such a song exists; segue status lists songs");
        }
        List<StoredObject> wanted = existing.stream().filter(this::isWanted).toList();
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("NAME is " + String.join(" ", names) + ", but there are only "
                    + String.join(
                            ", ",
                            existing.stream()
                                    .map(object -> SongFiles.within(song, object.getKey()))
                                    .toList()));
        }
        PrintWriter printed = spec.commandLine().getOut();
        try (SongObjects objects = new SongObjects(place)) {
            new SongFiles(out == null ? Path.of(song) : out, name -> name, force)
                    .fetch(objects, song, wanted)
                    .forEach(printed::println);
        }
        printed.flush();
        return 0;
    }

    /** Of a finished song everything, the finished files first; of another one the sound that can be heard. */
    private static List<StoredObject> objects(List<SongEvent> events) {
        Map<String, StoredObject> objects = new LinkedHashMap<>();
        for (SongEvent event : events) {
            AudioReady ready = event.getAudioReady();
            if (ready != null) {
                objects.put(ready.getAudio().getKey(), ready.getAudio());
            }
            if (event.getCompleted() != null) {
                event.getCompleted().getObjects().forEach(object -> objects.put(object.getKey(), object));
            }
        }
        return List.copyOf(objects.values());
    }

    private boolean isWanted(StoredObject object) {
        Path name = Path.of(SongFiles.within(song, object.getKey()));
        return names.isEmpty()
                || names.stream().anyMatch(pattern -> {
                    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
                    return matcher.matches(name);
                });
    }
}
