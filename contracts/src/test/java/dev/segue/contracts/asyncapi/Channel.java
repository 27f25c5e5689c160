package dev.segue.contracts.asyncapi;

import static dev.segue.contracts.asyncapi.Role.ASSEMBLER;
import static dev.segue.contracts.asyncapi.Role.CLIENT;
import static dev.segue.contracts.asyncapi.Role.GENERATION;
import static dev.segue.contracts.asyncapi.Role.ORCHESTRATOR;

import dev.segue.contracts.topic.LevelPool;
import dev.segue.contracts.topic.Topic;
import dev.segue.contracts.topic.Topics;
import java.util.List;
import java.util.stream.Stream;

/**
 * A topic, and who does what with it.
 *
 * @param id in the document
 * @param description what lies in it
 * @param key what its records are keyed by
 * @param senders who writes
 * @param receivers who reads
 */
record Channel(String id, Topic<?> topic, String description, String key, List<Role> senders, List<Role> receivers) {
    private static final String BY_SONG = "The song's id.";

    static List<Channel> all() {
        Topics topics = new Topics(Topics.DEFAULT_PREFIX);
        return Stream.concat(
                        Stream.of(
                                new Channel(
                                        "songRequests",
                                        topics.songRequests(),
                                        "Songs to be made. What cannot be is answered in songEvents.",
                                        BY_SONG,
                                        List.of(CLIENT),
                                        List.of(ORCHESTRATOR)),
                                new Channel(
                                        "songCommands",
                                        topics.songCommands(),
                                        "Orders about songs.",
                                        BY_SONG,
                                        List.of(CLIENT),
                                        List.of(ORCHESTRATOR)),
                                new Channel(
                                        "models",
                                        topics.models(),
                                        "Models that requests can ask for; the last record of a name counts.",
                                        "The model's name.",
                                        List.of(CLIENT),
                                        List.of(CLIENT, ORCHESTRATOR))),
                        Stream.concat(
                                Stream.of(LevelPool.values()).map(pool -> windowTasks(topics, pool)),
                                Stream.of(
                                        new Channel(
                                                "codeSegments",
                                                topics.codeSegments(),
                                                "What generation workers answer: codes, news of windows under way,"
                                                        + " failures.",
                                                BY_SONG,
                                                List.of(GENERATION),
                                                List.of(ORCHESTRATOR)),
                                        new Channel(
                                                "audioTasks",
                                                topics.audioTasks(),
                                                "Work for assembly workers, who share it in a group.",
                                                BY_SONG,
                                                List.of(ORCHESTRATOR),
                                                List.of(ASSEMBLER)),
                                        new Channel(
                                                "audioSegments",
                                                topics.audioSegments(),
                                                "What assembly workers answer: what they made and where it lies, or why"
                                                        + " it cannot be.",
                                                BY_SONG,
                                                List.of(ASSEMBLER),
                                                List.of(ORCHESTRATOR)),
                                        new Channel(
                                                "stoppedSongs",
                                                topics.stoppedSongs(),
                                                "Songs whose tasks are to be dropped.",
                                                BY_SONG,
                                                List.of(ORCHESTRATOR),
                                                List.of(GENERATION, ASSEMBLER)),
                                        new Channel(
                                                "songEvents",
                                                topics.songEvents(),
                                                "What happened to songs: each song's events in order, one of them its"
                                                        + " end.",
                                                BY_SONG,
                                                List.of(ORCHESTRATOR),
                                                List.of(CLIENT)),
                                        new Channel(
                                                "deadLetters",
                                                topics.deadLetters(),
                                                "Records that nobody could read or serve, as they came.",
                                                "As it came.",
                                                List.of(ORCHESTRATOR, GENERATION, ASSEMBLER),
                                                List.of(ORCHESTRATOR)))))
                .toList();
    }

    private static Channel windowTasks(Topics topics, LevelPool pool) {
        String title = pool.title();
        return new Channel(
                "windowTasks" + title.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + title.substring(1),
                topics.windowTasks(pool),
                "Work for the generation workers of "
                        + switch (pool) {
                            case TOP -> "coarsest levels";
                            case MIDDLE -> "levels between";
                            case BOTTOM -> "finest levels";
                        }
                        + ", who share it in a group.",
                BY_SONG,
                List.of(ORCHESTRATOR),
                List.of(GENERATION));
    }
}
