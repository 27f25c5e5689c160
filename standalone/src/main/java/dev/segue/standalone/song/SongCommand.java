package dev.segue.standalone.song;

import dev.segue.contracts.client.Cluster;
import dev.segue.contracts.client.Outcome;
import dev.segue.contracts.client.SongEvents;
import dev.segue.contracts.client.SongOrders;
import dev.segue.contracts.record.SongCompleted;
import dev.segue.contracts.record.SongRequest;
import dev.segue.standalone.cluster.HomeSettings;
import dev.segue.standalone.fetch.SongFiles;
import dev.segue.standalone.interruption.Interruption;
import dev.segue.standalone.logs.Logs;
import dev.segue.standalone.models.Home;
import dev.segue.standalone.models.InstalledModel;
import dev.segue.standalone.models.NameList;
import dev.segue.standalone.request.SongOptions;
import dev.segue.standalone.serve.LocalModels;
import dev.segue.standalone.serve.LocalSegue;
import dev.segue.standalone.serve.LocalSettings;
import dev.segue.standalone.songs.SongObjects;
import dev.segue.standalone.watch.Sentences;
import dev.segue.standalone.watch.SongView;
import dev.segue.standalone.watch.Terminal;
import dev.segue.standalone.watch.Watch;
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
                        + " write it here, and stop. Songs stay in the data folder for --continue and --upsample.",
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
    private static final Duration CANCEL = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec;

    @Mixin
    private Home home;

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
        Logs.toFile(home.data().resolve("song.log"));
        StopWatch watch = new StopWatch();
        ModelFolder model = InstalledModel.open(home, "--model", song.model());
        LocalModels models = new LocalModels(List.of(model));
        SongRequest request = song.request(Clock.systemUTC(), () -> models.levels(song.model()), localPrompt());
        if (!force && song.namesTheSong()) {
            SongNames.refuseToReplace(out, request.getSongId());
        }
        say("starting broker, registry, object store and workers on " + home.data());
        int exitCode;
        try (Interruption interruption =
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
                            : make(segue, request, model.names(), interruption));
            watch.lap("making");
        }
        watch.lap("stopping");
        if (exitCode == 0) {
            say(watch.toString());
        }
        return exitCode;
    }

    private int make(LocalSegue segue, SongRequest asked, KnownNames names, Interruption interruption)
            throws IOException, InterruptedException {
        Cluster cluster = segue.cluster();
        String id = asked.getSongId();
        try (SongEvents events = SongEvents.fromNow(cluster, id);
                SongOrders orders = new SongOrders(cluster);
                SongObjects objects = new SongObjects(cluster);
                SongView view = Terminal.view(
                        spec.commandLine().getErr(),
                        new Sentences(
                                object -> segue.fileOf(object.getKey()).toString(),
                                field -> "it knows "
                                        + NameList.ofField(field, names).orElse("none")),
                        false)) {
            if (song.localPrompt().isPresent()) {
                objects.putPrompt(song.localPrompt().get());
            }
            orders.submit(asked);
            Watch watch = new Watch(events, view, true);
            Optional<Outcome> outcome = watch.toTheEnd(interruption);
            if (outcome.isEmpty()) {
                orders.cancel(id, "interrupted at the terminal");
                outcome = watch.toTheEnd(interruption.longerAgoThan(CANCEL));
            }
            if (outcome.filter(Outcome.COMPLETED::equals).isPresent()) {
                write(
                        objects,
                        id,
                        watch.state().orElseThrow().end().orElseThrow().getCompleted());
            }
            return outcome.orElse(Outcome.CANCELLED).exitCode();
        }
    }

    private String localPrompt() throws IOException {
        return song.localPrompt().isPresent()
                ? SongObjects.promptKey(song.localPrompt().get())
                : null;
    }

    private void write(SongObjects objects, String id, SongCompleted completed) throws IOException {
        List<Path> files = new SongFiles(out, within -> SongNames.file(id, within), true)
                .fetch(objects, id, SongNames.wanted(id, completed.getObjects()));
        PrintWriter printed = spec.commandLine().getOut();
        files.forEach(printed::println);
        printed.flush();
        if (song.model().equals(UntrainedModel.NAME)) {
            say("the model is untrained: small random weights, so what you hear is noise");
        }
    }

    private void say(String sentence) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(sentence);
        err.flush();
    }
}
