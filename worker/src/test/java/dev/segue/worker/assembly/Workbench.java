package dev.segue.worker.assembly;

import ai.djl.Device;
import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.AudioSegment;
import dev.segue.contracts.record.AudioTask;
import dev.segue.contracts.record.AudioTaskKind;
import dev.segue.contracts.record.ComposeSong;
import dev.segue.contracts.record.DecodeRange;
import dev.segue.contracts.record.PrepareSong;
import dev.segue.contracts.record.TrustedRecords;
import dev.segue.contracts.store.S3Access;
import dev.segue.embedded.EmbeddedS3;
import dev.segue.worker.jukebox.ModelFolder;
import dev.segue.worker.jukebox.UntrainedModel;
import dev.segue.worker.store.ObjectStore;
import dev.segue.worker.weights.FolderSource;
import dev.segue.worker.weights.ModelStore;
import dev.segue.worker.weights.RetryPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.s3.S3Client;

/** The role without Kafka: tasks go in, answers come out; a real store, a real model with small random weights. */
final class Workbench implements AutoCloseable {
    static final String WORKER = "bench";
    static final String SONG = "song-1";

    final EmbeddedS3 s3;
    final S3Client client;
    final ObjectStore store;
    final ModelFolder model;
    final LoadedModels models;
    final Set<String> stopped = ConcurrentHashMap.newKeySet();
    final Path scratch;
    private final AssemblyTasks tasks;

    Workbench(Path folder) throws IOException, InterruptedException {
        TrustedRecords.trust();
        this.s3 = EmbeddedS3.start(folder.resolve("s3"), 0, "segue");
        this.client = access(s3).client();
        this.store = new ObjectStore(client, s3.bucket());
        this.model = UntrainedModel.write(folder.resolve("models").resolve(UntrainedModel.NAME), 1);
        this.models = new LoadedModels(modelStore(folder), Device.cpu(), 1);
        this.scratch = folder.resolve("scratch");
        this.tasks = tasks(store, Clock.systemUTC());
    }

    static ModelStore modelStore(Path folder) {
        return new ModelStore(
                folder.resolve("cache"),
                new FolderSource(folder),
                ModelStore.CardReader.MODEL_CARD,
                new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(2)));
    }

    static S3Access access(EmbeddedS3 s3) {
        return S3Access.at(
                s3.endpoint(), s3.credentials().accessKey(), s3.credentials().secretKey());
    }

    /** A handler with another store or clock. */
    AssemblyTasks tasks(ObjectStore other, Clock clock) {
        return new AssemblyTasks(WORKER, 2, models, other, new Scratch(scratch), stopped::contains, clock);
    }

    ModelCard card() {
        return model.card();
    }

    /** What a handler said about a task, the last of it null if the song was stopped. */
    record Answer(List<AudioSegment> news, AudioSegment last) {}

    Answer answer(AudioTask task) throws Exception {
        return answer(tasks, task);
    }

    static Answer answer(AssemblyTasks handler, AudioTask task) throws Exception {
        List<AudioSegment> news = new ArrayList<>();
        Optional<AudioSegment> last = handler.begin(task, said -> {
                    news.add(said);
                    return CompletableFuture.completedFuture(null);
                })
                .get(2, TimeUnit.MINUTES);
        return new Answer(news, last.orElse(null));
    }

    AudioTask.Builder task(AudioTaskKind kind) {
        return AudioTask.newBuilder()
                .setSongId(SONG)
                .setModel(card().name())
                .setModelDigest(card().digest())
                .setAttempt(0)
                .setEmittedAt(Instant.now())
                .setKind(kind);
    }

    AudioTask prepare(PrepareSong song) {
        return task(AudioTaskKind.PREPARE).setPrepare(song).build();
    }

    AudioTask decode(DecodeRange range) {
        return task(AudioTaskKind.DECODE).setDecode(range).build();
    }

    AudioTask compose(ComposeSong song) {
        return task(AudioTaskKind.COMPOSE).setCompose(song).build();
    }

    @Override
    public void close() {
        tasks.close();
        models.close();
        client.close();
        s3.close();
    }
}
