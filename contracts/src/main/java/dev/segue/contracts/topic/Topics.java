package dev.segue.contracts.topic;

import dev.segue.contracts.record.AudioSegment;
import dev.segue.contracts.record.AudioTask;
import dev.segue.contracts.record.CodeSegment;
import dev.segue.contracts.record.ModelRegistration;
import dev.segue.contracts.record.SongCommand;
import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.record.StoppedSong;
import dev.segue.contracts.record.WindowTask;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/**
 * All topics of one installation, with their configuration.
 *
 * @param prefix what all names begin with, so that several installations can share a cluster
 */
public record Topics(String prefix) {
    /** The prefix unless told otherwise. */
    public static final String DEFAULT_PREFIX = "segue.";

    /** Largest record of any topic: a broker's default, so that none has to be changed. */
    public static final int LARGEST_RECORD = 1 << 20;

    private static final String RETENTION = "retention.ms";
    private static final String CLEANUP = "cleanup.policy";

    public Topics {
        Objects.requireNonNull(prefix, "prefix is null");
    }

    /** Songs to be made. */
    public Topic<SongRequest> songRequests() {
        return topic("song-requests", SongRequest.class, keptFor(Duration.ofDays(7)));
    }

    /** Orders about songs. */
    public Topic<SongCommand> songCommands() {
        return topic("song-commands", SongCommand.class, keptFor(Duration.ofDays(7)));
    }

    /** Models that requests can ask for; keyed by name. */
    public Topic<ModelRegistration> models() {
        return topic("models", ModelRegistration.class, Map.of(CLEANUP, "compact"));
    }

    /**
     * Work for generation workers of a level.
     *
     * @param level number of the level, 0 is the finest
     * @param levels how many levels the model has
     */
    public Topic<WindowTask> windowTasks(int level, int levels) {
        return windowTasks(LevelPool.of(level, levels));
    }

    /** Work for the generation workers of a pool. */
    public Topic<WindowTask> windowTasks(LevelPool pool) {
        return topic("window-tasks." + pool.title(), WindowTask.class, keptFor(Duration.ofDays(7)));
    }

    /** What generation workers answer. */
    public Topic<CodeSegment> codeSegments() {
        return topic("code-segments", CodeSegment.class, keptFor(Duration.ofDays(7)));
    }

    /** Work for assembly workers. */
    public Topic<AudioTask> audioTasks() {
        return topic("audio-tasks", AudioTask.class, keptFor(Duration.ofDays(7)));
    }

    /** What assembly workers answer. */
    public Topic<AudioSegment> audioSegments() {
        return topic("audio-segments", AudioSegment.class, keptFor(Duration.ofDays(7)));
    }

    /** Songs whose tasks are to be dropped; workers read it whole when they start. */
    public Topic<StoppedSong> stoppedSongs() {
        return topic(
                "stopped-songs",
                StoppedSong.class,
                Map.of(CLEANUP, "compact,delete", RETENTION, millis(Duration.ofDays(7))));
    }

    /** What happened to songs. */
    public Topic<SongEvent> songEvents() {
        return topic("song-events", SongEvent.class, keptFor(Duration.ofDays(30)));
    }

    /**
     * Records that nobody could read or serve, as they came; headers say where they lay and what was wrong. There is room
     * for the largest record and for these.
     */
    public Topic<SpecificRecord> deadLetters() {
        return topic(
                "dead-letters",
                null,
                Map.of(
                        RETENTION,
                        millis(Duration.ofDays(30)),
                        "max.message.bytes",
                        Integer.toString(2 * LARGEST_RECORD)));
    }

    /** All of them. */
    public List<Topic<?>> all() {
        return List.of(
                songRequests(),
                songCommands(),
                models(),
                windowTasks(LevelPool.TOP),
                windowTasks(LevelPool.MIDDLE),
                windowTasks(LevelPool.BOTTOM),
                codeSegments(),
                audioTasks(),
                audioSegments(),
                stoppedSongs(),
                songEvents(),
                deadLetters());
    }

    private <T extends SpecificRecord> Topic<T> topic(String name, Class<T> value, Map<String, String> config) {
        return new Topic<>(prefix + name, value, config);
    }

    private static Map<String, String> keptFor(Duration duration) {
        return Map.of(RETENTION, millis(duration));
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
