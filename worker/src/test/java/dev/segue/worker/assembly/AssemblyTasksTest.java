package dev.segue.worker.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.segue.contracts.record.AudioPrompt;
import dev.segue.contracts.record.AudioSegment;
import dev.segue.contracts.record.AudioSegmentKind;
import dev.segue.contracts.record.AudioTask;
import dev.segue.contracts.record.AudioTaskKind;
import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.record.PrepareSong;
import dev.segue.contracts.record.SongWords;
import dev.segue.contracts.record.TaskFailure;
import dev.segue.contracts.store.S3Access;
import dev.segue.worker.store.ObjectStore;
import dev.segue.worker.tasks.TestInstallation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

class AssemblyTasksTest {
    private static final int RATE = 22_050;

    @TempDir
    private static Path folder;

    private static Workbench bench;

    @BeforeAll
    static void open() throws IOException, InterruptedException {
        bench = new Workbench(folder);
        bench.store.put("prompt.wav", PromptFiles.wav(PromptFiles.tone(RATE, RATE), RATE), "audio/wav");
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @Test
    void aTaskThatIsGivenUpLeavesNothingBehind() throws Exception {
        CountDownLatch said = new CountDownLatch(1);
        try (AssemblyTasks tasks = bench.tasks(bench.store, Clock.systemUTC())) {
            CompletableFuture<Optional<AudioSegment>> answer = tasks.begin(prompted(), news -> {
                said.countDown();
                return new CompletableFuture<>(); // never arrives
            });
            said.await();
            answer.cancel(true);
            TestInstallation.await("the task's folder to go", AssemblyTasksTest::nothingIsLeft);
        }
    }

    @Test
    void aSongThatIsStoppedWhileItsPromptIsSaidIsNotPrepared() throws Exception {
        try (AssemblyTasks tasks = bench.tasks(bench.store, Clock.systemUTC())) {
            Optional<AudioSegment> answer = tasks.begin(prompted(), news -> {
                        bench.stopped.add(Workbench.SONG);
                        return CompletableFuture.completedFuture(null);
                    })
                    .get();
            assertThat(answer).isEmpty();
        } finally {
            bench.stopped.clear();
        }
    }

    @Test
    void codesThatCannotBeSaidFailTheTask() {
        try (AssemblyTasks tasks = bench.tasks(bench.store, Clock.systemUTC())) {
            assertThatThrownBy(() -> tasks.begin(
                                    prompted(), news -> CompletableFuture.failedFuture(new IOException("no broker")))
                            .get())
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("no broker");
        }
    }

    @Test
    void aPromptThatTheStoreDeniesIsRefused() throws Exception {
        HttpServer store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.createContext("/", exchange -> {
            // Nothing lies there but the prompt, and that is not for us.
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().contains("secret") ? 403 : 404, -1);
            exchange.close();
        });
        store.start();
        URI endpoint = URI.create("http://127.0.0.1:" + store.getAddress().getPort());
        try (S3Client client = S3Access.at(endpoint, "a", "b").client();
                AssemblyTasks tasks = bench.tasks(new ObjectStore(client, "segue"), Clock.systemUTC())) {
            AudioTask task = bench.prepare(PrepareSong.newBuilder(prompted().getPrepare())
                    .setAudioPrompt(new AudioPrompt("s3://secret/voice.wav", null))
                    .build());
            assertThat(Workbench.answer(tasks, task).last().getProblem().getSentence())
                    .isEqualTo("audioPrompt.object is s3://secret/voice.wav, but Segue may not read it; put it into"
                            + " Segue's bucket or let Segue read it.");
        } finally {
            store.stop(0);
        }
    }

    @Test
    void aTaskThatDoesNotSayWhatIsToBeDoneIsAFailureForGood() throws Exception {
        AudioSegment empty =
                bench.answer(bench.task(AudioTaskKind.COMPOSE).build()).last();
        assertThat(empty.getFailure())
                .isEqualTo(new TaskFailure(
                        FailureReason.INVALID_TASK, "the COMPOSE task does not say what is to be done", false));
        AudioSegment unknown =
                bench.answer(bench.task(AudioTaskKind.UNKNOWN).build()).last();
        assertThat(unknown.getFailure().getMessage())
                .isEqualTo("the task is of a kind that this version does not know");
    }

    @Test
    void aFailureBearsTheTasksNames() {
        try (AssemblyTasks tasks = bench.tasks(bench.store, Clock.systemUTC())) {
            AudioSegment failed = tasks.failure(prompted(), new TaskFailure(FailureReason.WORKER_LOST, "gone", true));
            assertThat(failed.getKind()).isEqualTo(AudioSegmentKind.FAILED);
            assertThat(failed.getTask()).isEqualTo(AudioTaskKind.PREPARE);
            assertThat(failed.getSongId()).isEqualTo(Workbench.SONG);
            assertThat(failed.getLevel()).isEqualTo(-1);
        }
    }

    private static AudioTask prompted() {
        return bench.prepare(PrepareSong.newBuilder()
                .setWords(new SongWords("", "", "", 3L * RATE, 0L))
                .setSampleLength(2L * RATE / 128 * 128)
                .setFinestLevel(0)
                .setAudioPrompt(new AudioPrompt("prompt.wav", null))
                .build());
    }

    private static boolean nothingIsLeft() {
        try (Stream<Path> left = Files.list(bench.scratch)) {
            return left.findAny().isEmpty();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
