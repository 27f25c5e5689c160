package dev.segue.worker.generation;

import dev.segue.contracts.record.CodeSegment;
import dev.segue.contracts.record.WindowTask;
import dev.segue.contracts.topic.LevelPool;
import dev.segue.contracts.wire.AvroFormat;
import dev.segue.telemetry.Telemetry;
import dev.segue.telemetry.http.Health;
import dev.segue.telemetry.store.StoreCalls;
import dev.segue.worker.tasks.Installation;
import dev.segue.worker.tasks.LaneTelemetry;
import dev.segue.worker.tasks.StoppedSongs;
import dev.segue.worker.tasks.TaskCounts;
import dev.segue.worker.tasks.TaskLanes;
import dev.segue.worker.tasks.TaskQueue;
import dev.segue.worker.torch.Torch;
import dev.segue.worker.weights.ModelSource;
import dev.segue.worker.weights.ModelStore;
import dev.segue.worker.weights.RetryPolicy;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Samples windows for an installation: takes window tasks of the pools that it serves, and answers with codes.
 *
 * <p>Longer than most classes, since all parts of a worker are put together here.
 *
 * <p>Started and closed by one thread; any thread may ask for counts.
 */
public final class GenerationWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GenerationWorker.class);

    private final GenerationConfig config;
    private final AvroFormat format;
    private final StoppedSongs stopped;
    private final EngineLoop loop;
    /** Null unless models come from a bucket. */
    private S3Client s3;

    private final Telemetry telemetry;
    private final GenerationMeters meters;
    private final Map<LevelPool, TaskLanes<WindowTask, CodeSegment>> lanes = new EnumMap<>(LevelPool.class);

    /**
     * A worker that takes tasks once it is {@linkplain #start started}.
     *
     * @throws org.apache.kafka.common.KafkaException if Kafka's clients refuse their settings
     */
    public GenerationWorker(GenerationConfig config) {
        this(config, Telemetry.unheard());
    }

    /**
     * A worker that takes tasks once it is {@linkplain #start started}.
     *
     * @param telemetry where it leaves what it measures; stays the caller's
     * @throws org.apache.kafka.common.KafkaException if Kafka's clients refuse their settings
     */
    public GenerationWorker(GenerationConfig config, Telemetry telemetry) {
        this.config = config;
        this.telemetry = telemetry;
        this.meters = new GenerationMeters(telemetry);
        meters.bind(config.name(), config.slots() * config.pools().size());
        Installation installation = config.installation();
        Torch.setThreads(config.threads());
        this.format = new AvroFormat(installation.registry());
        this.stopped =
                new StoppedSongs(installation.cluster(), installation.topics().stoppedSongs());
        Segments segments = new Segments(config.name());
        this.loop = new EngineLoop(config.name(), loader(), config.loadedModels(), segments, stopped, meters);
        GenerationHandler handler = new GenerationHandler(loop, segments);
        for (LevelPool pool : config.pools()) {
            lanes.put(
                    pool,
                    new TaskLanes<>(
                            config.name() + "-" + pool.title(),
                            config.slots(),
                            installation.cluster(),
                            installation.topics(),
                            format,
                            new TaskQueue<>(
                                    installation.topics().windowTasks(pool),
                                    installation.topics().codeSegments(),
                                    installation.groups().generation(pool)),
                            stopped,
                            handler,
                            new LaneTelemetry(telemetry, pool.title(), config.name())));
        }
    }

    private LevelLoader loader() {
        ModelSource source = ModelSource.at(config.models(), () -> {
            s3 = config.s3().client(StoreCalls.toldTo(telemetry));
            return s3;
        });
        ModelStore store =
                new ModelStore(config.modelsCache(), source, ModelStore.CardReader.MODEL_CARD, RetryPolicy.standard());
        return new LevelLoader(store, config.device(), config.precision(), config.slots());
    }

    /** Begins to take tasks. */
    public void start() {
        LOG.info(
                "event=generation_worker_started worker={} pools={} slots={} precision={} device={} threads={}",
                config.name(),
                config.pools(),
                config.slots(),
                config.precision(),
                config.device(),
                config.threads());
        stopped.start();
        loop.start();
        lanes.values().forEach(TaskLanes::start);
    }

    /** What it is good for, and whether it goes on. */
    public Health health() {
        return new Health(
                Map.of(
                        "lanes",
                        () -> lanes.values().stream().allMatch(TaskLanes::isTurning),
                        "sampler",
                        loop::isTurning),
                Map.of(
                        "lanes",
                        () -> lanes.values().stream().allMatch(TaskLanes::isPolling),
                        "sampler",
                        loop::isTurning));
    }

    /** What was done so far. */
    public GenerationCounts counts() {
        Map<LevelPool, TaskCounts> tasks = new EnumMap<>(LevelPool.class);
        lanes.forEach((pool, its) -> tasks.put(pool, its.counts()));
        return new GenerationCounts(
                tasks,
                meters.windows.sum(),
                meters.codes.sum(),
                meters.left.sum(),
                meters.aligned.sum(),
                meters.failed.sum(),
                meters.loads.sum(),
                meters.slotsInUse.get(),
                meters.waiting.get());
    }

    /** Which songs it knows to be stopped. */
    StoppedSongs stoppedSongs() {
        return stopped;
    }

    /** Takes no more tasks, finishes those that it has within the grace period, and gives the others back. */
    @Override
    public void close() {
        LOG.info(
                "event=generation_worker_stopping worker={} graceMillis={}",
                config.name(),
                config.grace().toMillis());
        lanes.values().parallelStream().forEach(its -> its.close(config.grace()));
        loop.close();
        stopped.close();
        if (s3 != null) {
            s3.close();
        }
        try {
            format.close();
        } catch (IOException e) {
            LOG.warn("event=registry_client_not_closed worker={} reason=\"{}\"", config.name(), e.toString());
        }
        LOG.info("event=generation_worker_stopped worker={}", config.name());
    }
}
