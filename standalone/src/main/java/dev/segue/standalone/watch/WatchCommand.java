package dev.segue.standalone.watch;

import dev.segue.contracts.client.Cluster;
import dev.segue.contracts.client.Outcome;
import dev.segue.contracts.client.SongEvents;
import dev.segue.standalone.cluster.ClusterOptions;
import dev.segue.standalone.songs.SongObjects;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue watch}: one song to its end. */
@Command(
        name = "watch",
        description = "Follow a song to its end, from its beginning; tells at once of one that has ended.",
        exitCodeList = {
            "0:the song was completed",
            "1:it cannot be watched, for the reason given",
            "2:the command line is wrong",
            "3:the song was rejected",
            "4:the song failed",
            "5:the song was cancelled",
            "6:the song expired"
        })
public final class WatchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Parameters(paramLabel = "ID", description = "The song.")
    private String song;

    @Option(names = "--json", description = "Each event as a JSON object on a line of its own.")
    private boolean json;

    @Option(names = "--timeline", description = "Then draw what was done when.")
    private boolean timeline;

    @Override
    public Integer call() throws IOException {
        Cluster place = cluster.cluster();
        PrintWriter out = spec.commandLine().getOut();
        try (SongEvents events = SongEvents.of(place, song);
                SongView view = Terminal.view(out, Sentences.fetching(song), json)) {
            Outcome outcome =
                    new Watch(events, view, false).toTheEnd(() -> false).orElseThrow();
            if (timeline) {
                try (SongObjects objects = new SongObjects(place)) {
                    Timeline.of(song, events, objects).forEach(out::println);
                    out.flush();
                }
            }
            return outcome.exitCode();
        }
    }
}
