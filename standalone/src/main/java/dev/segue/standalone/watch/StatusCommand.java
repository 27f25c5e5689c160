package dev.segue.standalone.watch;

import dev.segue.contracts.client.SongEvents;
import dev.segue.contracts.client.SongState;
import dev.segue.standalone.cluster.ClusterOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code segue status}: all songs of an installation. */
@Command(name = "status", description = "List songs, the latest first: where each is and when it will be finished.")
public final class StatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Option(names = "--running", description = "Only songs that have not ended.")
    private boolean running;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most so many. Default: 50.")
    private int limit;

    @Override
    public Integer call() throws IOException {
        List<SongState> songs;
        try (SongEvents events = SongEvents.ofAll(cluster.cluster())) {
            songs = new ArrayList<>(SongState.of(events.upToNow()).values());
        }
        Collections.reverse(songs);
        PrintWriter out = spec.commandLine().getOut();
        List<SongState> shown = songs.stream()
                .filter(song -> !running || song.outcome().isEmpty())
                .limit(limit)
                .toList();
        StatusTable.of(shown, Instant.now()).forEach(out::println);
        out.flush();
        return 0;
    }
}
