package dev.segue.worker.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.record.CodeSegment;
import dev.segue.contracts.record.CodeSegmentKind;
import dev.segue.contracts.record.WindowTask;
import dev.segue.contracts.topic.LevelPool;
import dev.segue.contracts.topic.Topic;
import dev.segue.embedded.EmbeddedKafka;
import dev.segue.embedded.Infrastructure;
import dev.segue.embedded.SharedServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedServers.class)
class BrokerRestartTest {
    private static final int TASKS = 6;

    @TempDir
    Path folder;

    @Test
    void lanesOutliveABrokerAndEveryTaskIsAnswered(Infrastructure infrastructure) throws Exception {
        EmbeddedKafka broker = EmbeddedKafka.start(folder, 0);
        int port = broker.port();
        try (TestInstallation servers = new TestInstallation(
                broker.bootstrapServers(), infrastructure.registryUrl(), "restart.", Duration.ofSeconds(3))) {
            Topic<WindowTask> tasks = servers.topics().windowTasks(LevelPool.TOP);
            TimedWork work = new TimedWork("worker");
            try (StoppedSongs stopped = new StoppedSongs(
                    servers.installation().cluster(), servers.topics().stoppedSongs())) {
                TaskLanes<WindowTask, CodeSegment> lanes = lanes(servers, tasks, stopped, work);
                for (int i = 0; i < TASKS; i++) {
                    servers.send(tasks, "song-" + i, TimedWork.task("song-" + i, 0, 2000));
                }
                TestInstallation.await("the first tasks", () -> work.begun.size() == 2);
                broker.close();
                broker = EmbeddedKafka.start(folder, port);
                assertThat(answered(servers, TASKS)).hasSize(TASKS);
                servers.stop("stopped-since");
                TestInstallation.await("news of stops", () -> stopped.contains("stopped-since"));
                servers.send(tasks, "afterwards", TimedWork.task("afterwards", 0, 1));
                assertThat(answered(servers, TASKS + 1)).contains("afterwards");
                lanes.close(Duration.ofSeconds(10));
            }
        } finally {
            broker.close();
        }
    }

    private static TaskLanes<WindowTask, CodeSegment> lanes(
            TestInstallation servers, Topic<WindowTask> tasks, StoppedSongs stopped, TimedWork work) {
        Installation installation = servers.installation();
        TaskLanes<WindowTask, CodeSegment> lanes = new TaskLanes<>(
                "worker",
                2,
                installation.cluster(),
                installation.topics(),
                servers.format(),
                new TaskQueue<>(
                        tasks,
                        installation.topics().codeSegments(),
                        installation.groups().generation(LevelPool.TOP)),
                stopped,
                work);
        stopped.start();
        lanes.start();
        return lanes;
    }

    private static Set<String> answered(TestInstallation servers, int songs) {
        List<CodeSegment> segments =
                servers.read(servers.topics().codeSegments(), all -> songs(all).size() >= songs);
        return songs(segments);
    }

    private static Set<String> songs(List<CodeSegment> segments) {
        return segments.stream()
                .filter(segment -> segment.getKind() == CodeSegmentKind.CODES)
                .map(CodeSegment::getSongId)
                .collect(Collectors.toSet());
    }
}
