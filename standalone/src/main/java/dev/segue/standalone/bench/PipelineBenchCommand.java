package dev.segue.standalone.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.contracts.client.Cluster;
import dev.segue.contracts.client.Outcome;
import dev.segue.contracts.client.SongEvents;
import dev.segue.contracts.client.SongOrders;
import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.record.StoredObject;
import dev.segue.contracts.record.TrustedRecords;
import dev.segue.embedded.Ports;
import dev.segue.standalone.models.Home;
import dev.segue.standalone.serve.LocalModels;
import dev.segue.standalone.serve.LocalSegue;
import dev.segue.standalone.serve.LocalSettings;
import dev.segue.standalone.songs.SongObjects;
import dev.segue.worker.codes.CodesFile;
import dev.segue.worker.jukebox.ModelFolder;
import dev.segue.worker.jukebox.UntrainedModel;
import dev.segue.worker.sampling.Sampling;
import dev.segue.worker.sampling.SongCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.zip.CRC32;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code segue bench pipeline}: what a song costs beyond sampling and decoding. Songs go through broker, orchestrator,
 * workers and object store on this machine, in turn with the same songs made by one thread without any of that.
 */
@Command(name = "pipeline", description = "Songs through all parts on this machine, beside the sampler alone.")
final class PipelineBenchCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LOOK = Duration.ofMillis(50);

    @Option(names = "--seconds", defaultValue = "20", description = "Length of each song. Default: 20.")
    double seconds;

    @Option(names = "--runs", defaultValue = "5", description = "Songs, after a first that is not counted. Default: 5.")
    int runs;

    @Option(
            names = "--model",
            defaultValue = UntrainedModel.NAME,
            description = "Whose songs they are. Default: untrained, as ever.")
    String model;

    @Mixin
    BenchOptions options;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Report report = options.report();
        TrustedRecords.trust();
        Home home = new Home(Files.createTempDirectory("segue-bench"));
        LocalModels models = LocalModels.of(home, model);
        List<SongTimes> songs = new ArrayList<>();
        List<Double> alone = new ArrayList<>();
        Map<String, String> settings = Map.of("SEGUE_WORKER_SLOTS", "1", "SEGUE_WORKER_THREADS", "1");
        long checksum = 0;
        try (LocalSegue segue = LocalSegue.start(home, new LocalSettings(Ports.free(), 1, false, settings), models);
                DirectSong direct =
                        new DirectSong(ModelFolder.open(home.models().resolve(model)), Sampling.DEFAULT)) {
            Cluster cluster = segue.cluster();
            for (int run = 0; run <= runs; run++) {
                long began = System.nanoTime();
                SongCodes expected = direct.make(seconds, run);
                double took = (System.nanoTime() - began) / 1e9;
                SongEvent end = make(cluster, run);
                SongCodes made = codes(cluster, end, home.folder());
                requireSame(expected, made);
                if (run > 0) {
                    alone.add(took);
                    songs.add(SongTimes.of(JSON.readTree(manifest(cluster, end))));
                    checksum = checksum(made);
                }
            }
        }
        report.line("pipeline", figures(songs, alone, checksum));
        return 0;
    }

    private Map<String, Object> figures(List<SongTimes> songs, List<Double> alone, long checksum) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("model", model);
        figures.put("seconds", seconds);
        figures.put("songs", songs.size());
        for (String figure : songs.get(0).figures().keySet()) {
            figures.put(
                    figure,
                    Report.rounded(Statistics.median(songs.stream()
                            .map(song -> (Double) song.figures().get(figure))
                            .toList())));
        }
        List<Double> turns =
                songs.stream().flatMap(song -> song.turns().stream()).sorted().toList();
        figures.put("window_to_window_milliseconds", Report.rounded(Statistics.median(turns)));
        figures.put("window_to_window_milliseconds_p95", Report.rounded(turns.get(turns.size() * 95 / 100)));
        double direct = Statistics.median(alone);
        figures.put("one_thread_without_pipeline_seconds", Report.rounded(direct));
        figures.put("ratio", Report.rounded((Double) figures.get("song_seconds") / direct));
        figures.put("checksum", Long.toHexString(checksum));
        return figures;
    }

    private SongEvent make(Cluster cluster, int run) throws IOException, InterruptedException {
        String id = "bench-" + run;
        try (SongOrders orders = new SongOrders(cluster);
                SongEvents events = SongEvents.fromNow(cluster, id)) {
            orders.submit(SongRequest.newBuilder()
                    .setSongId(id)
                    .setModel(model)
                    .setDurationSeconds(seconds)
                    .setSeed((long) run)
                    .build());
            while (true) {
                for (SongEvent event : events.next(LOOK)) {
                    Optional<Outcome> outcome = Outcome.of(event);
                    if (outcome.isPresent()) {
                        requireCompleted(event, outcome.get());
                        return event;
                    }
                }
            }
        }
    }

    private static void requireCompleted(SongEvent event, Outcome outcome) {
        if (outcome != Outcome.COMPLETED) {
            throw new IllegalStateException("a song was not completed, so that nothing can be measured: " + event);
        }
    }

    private static byte[] manifest(Cluster cluster, SongEvent end) throws IOException {
        try (SongObjects objects = new SongObjects(cluster)) {
            return objects.manifest(end.getSongId()).orElseThrow();
        }
    }

    private static SongCodes codes(Cluster cluster, SongEvent end, Path folder) throws IOException {
        Path file = folder.resolve(end.getSongId() + ".codes.safetensors");
        StoredObject codes = end.getCompleted().getObjects().stream()
                .filter(object -> object.getKey().endsWith("codes.safetensors"))
                .findFirst()
                .orElseThrow();
        try (SongObjects objects = new SongObjects(cluster)) {
            objects.download(codes, file);
        }
        return CodesFile.read(file, 3);
    }

    private static void requireSame(SongCodes expected, SongCodes made) {
        for (int level = 0; level < expected.levels(); level++) {
            if (!Arrays.equals(expected.level(level), made.level(level))) {
                throw new IllegalStateException("codes of level " + level + " differ from those of the sampler alone");
            }
        }
    }

    private static long checksum(SongCodes codes) {
        CRC32 sum = new CRC32();
        for (int level = 0; level < codes.levels(); level++) {
            for (int code : codes.level(level)) {
                sum.update(code);
                sum.update(code >> 8);
            }
        }
        return sum.getValue();
    }
}
