package dev.segue.standalone.song;

import dev.segue.contracts.client.Cluster;
import dev.segue.contracts.client.Outcome;
import dev.segue.contracts.client.SongEvents;
import dev.segue.contracts.client.SongOrders;
import dev.segue.contracts.record.SongCompleted;
import dev.segue.contracts.record.SongRequest;
import dev.segue.standalone.fetch.SongFiles;
import dev.segue.standalone.interruption.Interruption;
import dev.segue.standalone.songs.SongObjects;
import dev.segue.standalone.watch.Sentences;
import dev.segue.standalone.watch.SongView;
import dev.segue.standalone.watch.Watch;
import dev.segue.telemetry.trace.TracedOrders;
import dev.segue.telemetry.trace.Traces;
import io.opentelemetry.api.trace.SpanKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One song that is asked of an installation, followed to its end, and written to a folder.
 *
 * @param cluster the installation
 * @param request what is asked for
 * @param prompt the sound of this machine that it begins with
 * @param traces where the span of asking goes; stays the caller's
 * @param folder where its files go
 * @param out where their names are printed
 * @param err where its progress is shown
 */
record SongOrder(
        Cluster cluster,
        SongRequest request,
        Optional<Path> prompt,
        Traces traces,
        Path folder,
        PrintWriter out,
        PrintWriter err) {
    private static final Duration CANCEL = Duration.ofSeconds(10);

    SongOrder {
        Objects.requireNonNull(cluster, "cluster is null");
        Objects.requireNonNull(request, "request is null");
        Objects.requireNonNull(prompt, "prompt is null");
        Objects.requireNonNull(traces, "traces is null");
        Objects.requireNonNull(folder, "folder is null");
    }

    /**
     * Has it made, and writes it if it was completed; cancels it if somebody wants the program to end.
     *
     * @return the exit code that says how it ended
     */
    int make(Sentences sentences, Interruption interruption) throws IOException, InterruptedException {
        String id = request.getSongId();
        try (SongEvents events = SongEvents.fromNow(cluster, id);
                SongOrders orders = new SongOrders(cluster);
                SongObjects objects = new SongObjects(cluster);
                SongView view = SongView.on(err, sentences, false)) {
            if (prompt.isPresent()) {
                objects.putPrompt(prompt.get());
            }
            new TracedOrders(orders, traces, SpanKind.PRODUCER).submit(request, null);
            Watch watch = new Watch(events, view, true);
            Optional<Outcome> outcome = watch.toTheEnd(interruption);
            if (outcome.isEmpty()) {
                orders.cancel(id, "interrupted at the terminal");
                outcome = watch.toTheEnd(interruption.longerAgoThan(CANCEL));
            }
            if (outcome.filter(Outcome.COMPLETED::equals).isPresent()) {
                write(objects, watch.state().orElseThrow().end().orElseThrow().getCompleted());
            }
            return outcome.orElse(Outcome.CANCELLED).exitCode();
        }
    }

    private void write(SongObjects objects, SongCompleted completed) throws IOException {
        String id = request.getSongId();
        List<Path> files = new SongFiles(folder, within -> SongNames.file(id, within), true)
                .fetch(objects, id, SongNames.wanted(id, completed.getObjects()));
        files.forEach(out::println);
        out.flush();
    }
}
