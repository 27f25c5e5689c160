package dev.segue.worker.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.record.CodeSegment;
import dev.segue.contracts.record.CodeSegmentKind;
import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.record.WindowTask;
import dev.segue.contracts.topic.LevelPool;
import dev.segue.contracts.topic.ShareGroups;
import dev.segue.contracts.topic.Topic;
import dev.segue.contracts.wire.AvroFormat;
import dev.segue.contracts.wire.SchemaRegistry;
import dev.segue.embedded.Infrastructure;
import dev.segue.embedded.SharedServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedServers.class)
class TaskLanesTest {
    private static final Duration LOCK = Duration.ofSeconds(2);
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final String NOBODY = "http://127.0.0.1:1/apis/ccompat/v7";

    private TestInstallation servers;
    private Topic<WindowTask> tasks;
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void setUp(Infrastructure infrastructure, TestInfo test) throws Exception {
        String prefix =
                "lanes-" + Integer.toUnsignedString(test.getDisplayName().hashCode()) + ".";
        servers = new TestInstallation(infrastructure.bootstrapServers(), infrastructure.registryUrl(), prefix, LOCK);
        tasks = servers.topics().windowTasks(LevelPool.TOP);
    }

    @AfterEach
    void tearDown() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        servers.close();
    }

    @Test
    void twoWorkersShareTasksAndEveryTaskIsAnswered() {
        TimedWork one = work("one");
        TimedWork two = work("two");
        lanes(one, 3);
        lanes(two, 3);
        IntStream.range(0, 24).forEach(i -> give("song-" + i, 0, 150));
        List<CodeSegment> results = results(24);
        assertThat(songs(results)).hasSize(24);
        assertThat(results.stream().map(CodeSegment::getWorker).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void aTaskLongerThanItsLockIsRenewedAndDoneOnce() throws InterruptedException {
        TimedWork one = work("one");
        TimedWork two = work("two");
        TaskLanes<WindowTask, CodeSegment> first = lanes(one, 1);
        TaskLanes<WindowTask, CodeSegment> second = lanes(two, 1);
        give("long", 0, 3 * (int) LOCK.toMillis());
        assertThat(results(1)).hasSize(1);
        TestInstallation.await(
                "the acknowledgement",
                () -> first.counts().accepted() + second.counts().accepted() == 1);
        assertThat(first.counts().renewed() + second.counts().renewed()).isGreaterThanOrEqualTo(6);
        assertThat(first.counts().lost() + second.counts().lost()).isZero();
        assertThat(Stream.concat(one.begun.stream(), two.begun.stream())).containsExactly("long/0");
    }

    @Test
    void newsComeBeforeTheResultAndTheResultBeforeTheTaskIsLetGo() {
        lanes(work("one"), 1);
        give("song", 0, 300);
        List<CodeSegment> all = servers.read(servers.topics().codeSegments(), segments -> segments.stream()
                .anyMatch(segment -> segment.getKind() == CodeSegmentKind.CODES));
        assertThat(all)
                .extracting(CodeSegment::getKind)
                .containsExactly(CodeSegmentKind.RUNNING, CodeSegmentKind.CODES);
    }

    @Test
    void aWorkerThatHangsLosesItsTaskToAnother() throws InterruptedException {
        TimedWork hanging = work("hanging");
        lanes(hanging, 1);
        give(TimedWork.HANGING, 0, 1);
        TestInstallation.await("the first try", () -> hanging.begun.size() == 1);
        TimedWork other = work("other");
        other.released.countDown();
        lanes(other, 1);
        assertThat(results(1).get(0).getWorker()).isEqualTo("other");
        hanging.released.countDown();
    }

    @Test
    void whatCannotBeReadIsADeadLetterAndTheNextTaskIsServed() {
        TaskLanes<WindowTask, CodeSegment> lanes = lanes(work("one"), 1);
        servers.sendBytes(tasks.name(), "garbage", "garbage".getBytes(StandardCharsets.UTF_8));
        give("next", 0, 1);
        assertThat(songs(results(1))).containsExactly("next");
        ConsumerRecord<byte[], byte[]> letter = servers.readBytes(
                        servers.topics().deadLetters().name(), letters -> !letters.isEmpty())
                .get(0);
        assertThat(new String(letter.key(), StandardCharsets.UTF_8)).isEqualTo("garbage");
        assertThat(new String(letter.value(), StandardCharsets.UTF_8)).isEqualTo("garbage");
        assertThat(header(letter, "segue.topic")).isEqualTo(tasks.name());
        assertThat(header(letter, "segue.partition")).isEqualTo("0");
        assertThat(header(letter, "segue.offset")).isEqualTo("0");
        assertThat(header(letter, "segue.reason")).isNotBlank();
        assertThat(Instant.parse(header(letter, "segue.at"))).isBeforeOrEqualTo(Instant.now());
        assertThat(lanes.counts().rejected()).isEqualTo(1);
    }

    @Test
    void aSilentRegistryCostsNoTask() throws Exception {
        TimedWork cut = work("cut");
        AvroFormat nobody = new AvroFormat(SchemaRegistry.at(NOBODY));
        open.add(nobody);
        TaskLanes<WindowTask, CodeSegment> lanes = lanes(cut, 1, nobody);
        give("song", 0, 1);
        TestInstallation.await("holding on", () -> lanes.counts().renewed() > 0);
        TestInstallation.await("giving back", () -> lanes.counts().released() > 0);
        lanes(work("other"), 1);
        assertThat(results(1).get(0).getWorker()).isEqualTo("other");
        assertThat(cut.begun).isEmpty();
        assertThat(lanes.counts().rejected()).isZero();
    }

    @Test
    void tasksOfStoppedSongsAreLetGoWithoutWork() throws InterruptedException {
        TimedWork one = work("one");
        servers.stop("stopped");
        servers.stop("begun-again");
        servers.sendBytes(servers.topics().stoppedSongs().name(), "begun-again", null);
        give("stopped", 0, 1);
        give("begun-again", 0, 1);
        TaskLanes<WindowTask, CodeSegment> lanes = lanes(one, 1);
        assertThat(songs(results(1))).containsExactly("begun-again");
        TestInstallation.await("both", () -> lanes.counts().accepted() == 2);
        assertThat(one.begun).containsExactly("begun-again/0");
        assertThat(lanes.counts().skipped()).isEqualTo(1);
    }

    @Test
    void whatIsTooLateIsSaid() {
        TimedWork one = work("one");
        servers.send(tasks, "late", TimedWork.task("late", 0, 1, Instant.now().minusSeconds(1)));
        lanes(one, 1);
        CodeSegment result = results(1).get(0);
        assertThat(result.getFailure().getReason()).isEqualTo(FailureReason.DEADLINE);
        assertThat(result.getFailure().getRetryable()).isFalse();
        assertThat(one.begun).isEmpty();
    }

    @Test
    void workThatFailsIsSaid() {
        lanes(work("one"), 1);
        give(TimedWork.FAILING, 0, 1);
        CodeSegment result = results(1).get(0);
        assertThat(result.getFailure().getReason()).isEqualTo(FailureReason.INTERNAL);
        assertThat(result.getFailure().getMessage()).contains("on purpose");
        assertThat(result.getFailure().getRetryable()).isTrue();
    }

    @Test
    void aResultThatIsTooLargeIsSaid() {
        lanes(work("one"), 1);
        give(TimedWork.HUGE, 0, 1);
        CodeSegment result = results(1).get(0);
        assertThat(result.getFailure().getReason()).isEqualTo(FailureReason.INTERNAL);
        assertThat(result.getFailure().getMessage()).contains("the result is too large");
        assertThat(result.getFailure().getRetryable()).isFalse();
    }

    @Test
    void whoeverIsGivenATaskForTheLastTimeReportsItInsteadOfTrying() {
        give("cursed", 0, 1);
        for (int i = 1; i < ShareGroups.DELIVERY_LIMIT; i++) {
            takeAndGiveBack();
        }
        TimedWork one = work("one");
        TaskLanes<WindowTask, CodeSegment> lanes = lanes(one, 1);
        CodeSegment result = results(1).get(0);
        assertThat(result.getFailure().getReason()).isEqualTo(FailureReason.WORKER_LOST);
        assertThat(result.getFailure().getRetryable()).isTrue();
        assertThat(one.begun).isEmpty();
        assertThat(lanes.counts().failed()).isEqualTo(1);
    }

    @Test
    void aWorkerThatEndsFinishesWhatItHas() {
        TimedWork one = work("one");
        TaskLanes<WindowTask, CodeSegment> lanes = lanes(one, 2);
        give("a", 0, 2 * (int) LOCK.toMillis());
        give("b", 0, 500);
        waitFor(() -> one.begun.size() == 2);
        lanes.close(GRACE);
        assertThat(songs(results(2))).containsExactlyInAnyOrder("a", "b");
        assertThat(lanes.counts().accepted()).isEqualTo(2);
        assertThat(lanes.counts().renewed()).isPositive();
        give("c", 0, 1);
        lanes(work("two"), 1);
        assertThat(results(3).get(2).getWorker()).isEqualTo("two");
    }

    @Test
    void aWorkerThatMustEndAtOnceGivesBackWhatItHas() {
        TimedWork one = work("one");
        TaskLanes<WindowTask, CodeSegment> lanes = lanes(one, 1);
        give("long", 0, 600_000);
        waitFor(() -> one.begun.size() == 1);
        lanes.close(Duration.ZERO);
        assertThat(lanes.counts().released()).isEqualTo(1);
        assertThat(one.running).allMatch(CompletableFuture::isCancelled);
        TimedWork two = work("two");
        lanes(two, 1);
        waitFor(() -> two.begun.contains("long/0"));
        servers.stop("long");
        two.running.forEach(work -> work.complete(Optional.empty()));
    }

    private TimedWork work(String worker) {
        return new TimedWork(worker);
    }

    private TaskLanes<WindowTask, CodeSegment> lanes(TimedWork work, int count) {
        return lanes(work, count, servers.format());
    }

    private TaskLanes<WindowTask, CodeSegment> lanes(TimedWork work, int count, AvroFormat format) {
        Installation installation = servers.installation();
        StoppedSongs stopped =
                new StoppedSongs(installation.cluster(), installation.topics().stoppedSongs());
        TaskLanes<WindowTask, CodeSegment> lanes = new TaskLanes<>(
                "worker",
                count,
                installation.cluster(),
                installation.topics(),
                format,
                new TaskQueue<>(tasks, installation.topics().codeSegments(), group()),
                stopped,
                work);
        stopped.start();
        lanes.start();
        open.add(0, stopped);
        open.add(0, () -> {
            work.released.countDown();
            lanes.close(Duration.ZERO);
        });
        return lanes;
    }

    private String group() {
        return servers.installation().groups().generation(LevelPool.TOP);
    }

    private void give(String songId, int window, int millis) {
        servers.send(tasks, songId, TimedWork.task(songId, window, millis));
    }

    private void takeAndGiveBack() {
        try (KafkaShareConsumer<byte[], byte[]> consumer =
                servers.installation().cluster().shareConsumer(group())) {
            consumer.subscribe(List.of(tasks.name()));
            boolean taken = false;
            while (!taken) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    consumer.acknowledge(record, AcknowledgeType.RELEASE);
                    consumer.commitSync();
                    taken = true;
                }
            }
        }
    }

    /** The first results that are not only news, so many of them. */
    private List<CodeSegment> results(int count) {
        List<CodeSegment> results = new ArrayList<>();
        servers.read(servers.topics().codeSegments(), segments -> {
            results.clear();
            segments.stream()
                    .filter(segment -> segment.getKind() != CodeSegmentKind.RUNNING)
                    .forEach(results::add);
            return results.size() >= count;
        });
        return results;
    }

    private static Set<String> songs(List<CodeSegment> segments) {
        return segments.stream().map(CodeSegment::getSongId).collect(Collectors.toSet());
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static void waitFor(BooleanSupplier condition) {
        try {
            TestInstallation.await("what was waited for", condition);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
