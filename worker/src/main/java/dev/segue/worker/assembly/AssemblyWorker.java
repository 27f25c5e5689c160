package dev.segue.worker.assembly;

import dev.segue.contracts.record.AudioSegment;
import dev.segue.contracts.record.AudioTask;
import dev.segue.contracts.topic.Topics;
import dev.segue.contracts.wire.AvroFormat;
import dev.segue.telemetry.Telemetry;
import dev.segue.telemetry.http.Health;
import dev.segue.telemetry.store.StoreCalls;
import dev.segue.worker.store.ObjectStore;
import dev.segue.worker.store.StoreException;
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
import java.time.Clock;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Checks songs, turns their codes into sound and puts them together for an installation: takes audio tasks, and answers
 * with what came of them.
 *
 * <p>Longer than most classes, since all parts of a worker are put together here.
 *
 * <p>Started and closed by one thread; any thread may ask for counts.
 */
public final class AssemblyWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AssemblyWorker.class);

    private final AssemblyConfig config;
    private final S3Client s3;
    private final ObjectStore store;
    private final AvroFormat format;
    private final StoppedSongs stopped;
    private final LoadedModels models;
    private final AssemblyTasks tasks;
    private final TaskLanes<AudioTask, AudioSegment> lanes;

    /**
     * A worker that takes tasks once it is {@linkplain #start started}.
     *
     * @throws org.apache.kafka.common.KafkaException if Kafka's clients refuse their settings
     */
    public AssemblyWorker(AssemblyConfig config) {
        this(config, Telemetry.unheard());
    }

    /**
     * A worker that takes tasks once it is {@linkplain #start started}.
     *
     * @param telemetry where it leaves what it measures; stays the caller's
     * @throws org.apache.kafka.common.KafkaException if Kafka's clients refuse their settings
     */
    public AssemblyWorker(AssemblyConfig config, Telemetry telemetry) {
        this.config = config;
        Installation installation = config.installation();
        Topics topics = installation.topics();
        Torch.setThreads(config.threads());
        this.s3 = config.s3().client(StoreCalls.toldTo(telemetry));
        this.store = new ObjectStore(s3, config.bucket());
        this.format = new AvroFormat(installation.registry());
        this.stopped = new StoppedSongs(installation.cluster(), topics.stoppedSongs());
        ModelSource source = ModelSource.at(config.models(), () -> s3);
        this.models = new LoadedModels(
                new ModelStore(config.modelsCache(), source, ModelStore.CardReader.MODEL_CARD, RetryPolicy.standard()),
                config.device(),
                config.loadedModels());
        this.tasks = new AssemblyTasks(
                config.name(),
                config.lanes(),
                models,
                store,
                new Scratch(config.scratch()),
                stopped::contains,
                Clock.systemUTC(),
                telemetry);
        this.lanes = new TaskLanes<>(
                config.name() + "-assembly",
                config.lanes(),
                installation.cluster(),
                topics,
                format,
                new TaskQueue<>(
                        topics.audioTasks(),
                        topics.audioSegments(),
                        installation.groups().assembly()),
                stopped,
                tasks,
                new LaneTelemetry(telemetry, "assembly", config.name()));
    }

    /**
     * Begins to take tasks.
     *
     * @throws StoreException if the store denies the bucket or has none of that name; a store that is merely away is
     *     waited for, task by task
     */
    public void start() throws StoreException {
        try {
            store.check();
        } catch (StoreException.Missing | StoreException.Denied e) {
            throw e;
        } catch (IOException e) {
            LOG.warn("event=store_away bucket={} reason=\"{}\"", config.bucket(), e.getMessage());
        }
        LOG.info(
                "event=assembly_worker_started worker={} lanes={} device={} threads={} bucket={}",
                config.name(),
                config.lanes(),
                config.device(),
                config.threads(),
                config.bucket());
        stopped.start();
        lanes.start();
    }

    /** What it is good for, and whether it goes on. */
    public Health health() {
        return new Health(Map.of("lanes", lanes::isTurning), Map.of("lanes", lanes::isPolling));
    }

    /** What was done so far. */
    public TaskCounts counts() {
        return lanes.counts();
    }

    /** Takes no more tasks, finishes those that it has within the grace period, and gives the others back. */
    @Override
    public void close() {
        LOG.info(
                "event=assembly_worker_stopping worker={} graceMillis={}",
                config.name(),
                config.grace().toMillis());
        lanes.close(config.grace());
        tasks.close();
        models.close();
        stopped.close();
        s3.close();
        try {
            format.close();
        } catch (IOException e) {
            LOG.warn("event=registry_client_not_closed worker={} reason=\"{}\"", config.name(), e.toString());
        }
        LOG.info("event=assembly_worker_stopped worker={}", config.name());
    }
}
