package dev.segue.standalone.request;

import dev.segue.contracts.client.Cluster;
import dev.segue.contracts.client.PublishedModels;
import dev.segue.contracts.client.SongEvents;
import dev.segue.contracts.client.SongOrders;
import dev.segue.contracts.record.SongRequest;
import dev.segue.standalone.cluster.ClusterOptions;
import dev.segue.standalone.songs.SongObjects;
import dev.segue.standalone.watch.Sentences;
import dev.segue.standalone.watch.SongView;
import dev.segue.standalone.watch.Watch;
import dev.segue.telemetry.trace.TracedOrders;
import dev.segue.telemetry.trace.Traces;
import io.opentelemetry.api.trace.SpanKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code segue submit}: asks an installation for a song. */
@Command(
        name = "submit",
        description = "Ask for a song, and print its id.",
        exitCodeList = {
            "0:the request was taken; with --watch, the song was completed",
            "1:it was not, for the reason given",
            "2:the command line is wrong",
            "3:with --watch: the song was rejected",
            "4:with --watch: the song failed",
            "5:with --watch: the song was cancelled",
            "6:with --watch: the song expired"
        })
public final class SubmitCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private SongOptions song;

    @Option(
            names = "--file",
            paramLabel = "JSON",
            description = "The whole request as JSON, with the fields of SongRequest.avsc, instead of options.")
    private Path file;

    @Option(names = "--watch", description = "Follow the song to its end.")
    private boolean watch;

    @Option(names = "--json", description = "With --watch: each event as a JSON object on a line of its own.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        refuseOptionsBesideAFile();
        Cluster place = cluster.cluster();
        SongRequest request = file == null ? fromOptions(place) : RequestFile.read(file);
        try (Traces traces = cluster.traces();
                SongOrders orders = new SongOrders(place)) {
            TracedOrders traced = new TracedOrders(orders, traces, SpanKind.PRODUCER);
            if (!watch) {
                traced.submit(request, null);
                spec.commandLine().getOut().println(request.getSongId());
                return 0;
            }
            return watched(place, traced, request);
        }
    }

    private int watched(Cluster place, TracedOrders orders, SongRequest request)
            throws IOException, InterruptedException {
        String id = request.getSongId();
        try (SongEvents events = SongEvents.fromNow(place, id);
                SongView view = SongView.on(spec.commandLine().getOut(), Sentences.fetching(id), json)) {
            orders.submit(request, null);
            return new Watch(events, view, true)
                    .toTheEnd(() -> false)
                    .orElseThrow()
                    .exitCode();
        }
    }

    private SongRequest fromOptions(Cluster place) throws IOException {
        String prompt = null;
        Optional<Path> sound = song.localPrompt();
        if (sound.isPresent()) {
            try (SongObjects objects = new SongObjects(place)) {
                prompt = objects.putPrompt(sound.get());
            }
        }
        return song.request(
                Clock.systemUTC(),
                () -> PublishedModels.named(place, song.model()).levels().size(),
                prompt);
    }

    private void refuseOptionsBesideAFile() {
        if (file == null) {
            return;
        }
        Set<String> ofSongs = spec.mixins().get("song").options().stream()
                .map(OptionSpec::longestName)
                .collect(Collectors.toSet());
        List<String> beside = spec.commandLine().getParseResult().matchedOptions().stream()
                .map(OptionSpec::longestName)
                .filter(ofSongs::contains)
                .toList();
        if (!beside.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--file is given beside " + String.join(", ", beside)
                            + ", but holds the whole request; give one or the other");
        }
    }
}
