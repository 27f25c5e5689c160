package dev.segue.standalone.song;

import dev.segue.contracts.client.Cluster;
import dev.segue.contracts.client.Outcome;
import dev.segue.contracts.client.PublishedModels;
import dev.segue.contracts.record.SongRequest;
import dev.segue.standalone.cluster.ClusterOptions;
import dev.segue.standalone.cluster.HomeSettings;
import dev.segue.standalone.interruption.Interruption;
import dev.segue.standalone.models.Home;
import dev.segue.standalone.models.InstalledModel;
import dev.segue.standalone.models.NameList;
import dev.segue.standalone.request.SongOptions;
import dev.segue.standalone.serve.LocalModels;
import dev.segue.standalone.serve.LocalSegue;
import dev.segue.standalone.serve.LocalSettings;
import dev.segue.standalone.songs.SongObjects;
import dev.segue.standalone.watch.Sentences;
import dev.segue.telemetry.logs.LogSetup;
import dev.segue.telemetry.trace.Traces;
import dev.segue.worker.jukebox.ModelFolder;
import dev.segue.worker.jukebox.UntrainedModel;
import dev.segue.worker.jukebox.labels.KnownNames;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code segue song}: one song by the whole of Segue, started for it on this machine and stopped when it is done. */
@Command(
        name = "song",
        description =
                "Make one song: start broker, registry, object store and workers on this machine, ask for the song,"
                        + " write it here, and stop. Songs stay in the data folder for --continue and --upsample. With"
                        + " --bootstrap-servers, or SEGUE_SONG_AT=cluster, an installation that runs makes it.",
        exitCodeList = {
            "0:the song was completed",
            "1:it was not, for the reason given",
            "2:the command line is wrong",
            "3:the song was rejected",
            "4:the song failed",
            "5:the song was cancelled",
            "6:the song expired"
        })
public final class SongCommand implements Callable<Integer> {
    private static final Duration GRACE = Duration.ofSeconds(30);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private SongOptions song;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "",
            description = "Where the song goes. Default: here.")
    private Path out;

    @Option(names = "--force", description = "Replace files of the same names.")
    private boolean force;

    @Override
    public Integer call() throws IOException, InterruptedException {
        StopWatch watch = new StopWatch();
        int exitCode = SongPlace.of(cluster) == SongPlace.CLUSTER ? there(watch) : here(watch);
        watch.lap("stopping");
        if (exitCode == 0) {
            say(watch.toString());
        }
        return exitCode;
    }

    private int there(StopWatch watch) throws IOException, InterruptedException {
        Cluster place = cluster.cluster();
        SongRequest request = request(
                () -> PublishedModels.named(place, song.model()).levels().size());
        try (Traces traces = cluster.traces();
                Interruption interruption =
                        new Interruption(GRACE, "the song does not stop; cancel it with segue cancel")) {
            int exitCode = interruption.exitWith(
                    order(place, request, traces).make(Sentences.fetching(request.getSongId()), interruption));
            watch.lap("making");
            return exitCode;
        }
    }

    private int here(StopWatch watch) throws IOException, InterruptedException {
        Home home = cluster.home();
        LogSetup.toFile(home.data().resolve("song.log")).apply();
        ModelFolder model = InstalledModel.open(home, "--model", song.model());
        LocalModels models = new LocalModels(List.of(model));
        SongRequest request = request(() -> models.levels(song.model()));
        say("starting broker, registry, object store and workers on " + home.data());
        int exitCode;
        try (Traces traces = cluster.traces();
                Interruption interruption =
                        new Interruption(GRACE, "what was started does not stop; it is left to the system");
                LocalSegue segue = LocalSegue.start(
                        home,
                        LocalSettings.forOneSong(
                                HomeSettings.of(home.folder(), System.getenv()), request.getParallelSegments()),
                        models)) {
            watch.lap("starting");
            exitCode = interruption.exitWith(
                    interruption.getAsBoolean()
                            ? Outcome.CANCELLED.exitCode()
                            : order(segue.cluster(), request, traces)
                                    .make(sentences(segue, model.names()), interruption));
            watch.lap("making");
        }
        if (exitCode == 0 && song.model().equals(UntrainedModel.NAME)) {
            say("the model is untrained: small random weights, so what you hear is noise");
        }
        return exitCode;
    }

    private SongRequest request(SongOptions.LevelCount levels) throws IOException {
        Optional<Path> sound = song.localPrompt();
        String prompt = sound.isPresent() ? SongObjects.promptKey(sound.get()) : null;
        SongRequest request = song.request(Clock.systemUTC(), levels, prompt);
        if (!force && song.namesTheSong()) {
            SongNames.refuseToReplace(out, request.getSongId());
        }
        return request;
    }

    private SongOrder order(Cluster place, SongRequest request, Traces traces) {
        return new SongOrder(
                place,
                request,
                song.localPrompt(),
                traces,
                out,
                spec.commandLine().getOut(),
                spec.commandLine().getErr());
    }

    private static Sentences sentences(LocalSegue segue, KnownNames names) {
        return new Sentences(
                object -> segue.fileOf(object.getKey()).toString(),
                field -> "it knows " + NameList.ofField(field, names).orElse("none"));
    }

    private void say(String sentence) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(sentence);
        err.flush();
    }
}
