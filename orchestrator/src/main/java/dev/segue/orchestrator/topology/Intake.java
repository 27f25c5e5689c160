package dev.segue.orchestrator.topology;

import dev.segue.contracts.record.RequestProblem;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.topic.Topic;
import dev.segue.contracts.topic.Topics;
import dev.segue.contracts.wire.UnreadableRecordException;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads records and hands them to whom they concern. What nobody can read, or what has another song's key, goes to dead
 * letters as it came; who may have sent a request is told why.
 *
 * <p>Owned by the thread of the orchestrator's task.
 */
final class Intake {
    private final Turn turn;
    private final Topics topics;
    private final Wire wire;
    private final Requests requests;
    private final Commands commands;
    private final Registrations registrations;
    private final CodeResults codeResults;
    private final AudioResults audioResults;

    Intake(
            Turn turn,
            Topics topics,
            Wire wire,
            Requests requests,
            Commands commands,
            Registrations registrations,
            CodeResults codeResults,
            AudioResults audioResults) {
        this.turn = Objects.requireNonNull(turn, "turn is null");
        this.topics = Objects.requireNonNull(topics, "topics is null");
        this.wire = Objects.requireNonNull(wire, "wire is null");
        this.requests = Objects.requireNonNull(requests, "requests is null");
        this.commands = Objects.requireNonNull(commands, "commands is null");
        this.registrations = Objects.requireNonNull(registrations, "registrations is null");
        this.codeResults = Objects.requireNonNull(codeResults, "codeResults is null");
        this.audioResults = Objects.requireNonNull(audioResults, "audioResults is null");
    }

    /** Handles a record of any topic. */
    void handle(Received record) {
        String topic = record.topic();
        if (record.name().isEmpty()) {
            turn.deadLetter(record, "the key is " + (record.key() == null ? "null" : "empty"));
        } else if (topic.equals(topics.codeSegments().name())) {
            read(record, topics.codeSegments(), segment -> segment.getSongId(), s -> codeResults.handle(record, s));
        } else if (topic.equals(topics.audioSegments().name())) {
            read(record, topics.audioSegments(), segment -> segment.getSongId(), s -> audioResults.handle(record, s));
        } else if (topic.equals(topics.songRequests().name())) {
            request(record);
        } else if (topic.equals(topics.songCommands().name())) {
            read(record, topics.songCommands(), command -> command.getSongId(), c -> commands.handle(record, c));
        } else if (topic.equals(topics.models().name())) {
            model(record);
        } else {
            throw new IllegalArgumentException("topic is " + topic + " but nobody here reads it");
        }
    }

    /** Puts a record that cannot be handled among the dead letters. */
    void unmanageable(Received record, RuntimeException failure) {
        turn.deadLetter(record, "it could not be handled: " + failure);
        if (record.topic().equals(topics.songRequests().name())) {
            requests.unreadable(record, Problems.internal(failure));
        }
    }

    private void request(Received record) {
        SongRequest request;
        try {
            request = wire.read(topics.songRequests(), record.value());
        } catch (UnreadableRecordException e) {
            turn.deadLetter(record, e.reason());
            requests.unreadable(record, Problems.unreadable(record, e.reason()));
            return;
        }
        if (request.getSongId().equals(record.name())) {
            requests.handle(record, request);
        } else {
            RequestProblem problem = Problems.otherKey(record, request.getSongId());
            turn.deadLetter(record, problem.getSentence());
            requests.unreadable(record, problem);
        }
    }

    private void model(Received record) {
        if (record.value() == null) {
            registrations.withdrawn(record);
        } else {
            read(record, topics.models(), model -> model.getName(), model -> registrations.handle(record, model));
        }
    }

    private <T extends SpecificRecord> void read(
            Received record, Topic<T> topic, Function<T, String> key, Consumer<T> handler) {
        T value;
        try {
            value = wire.read(topic, record.value());
        } catch (UnreadableRecordException e) {
            turn.deadLetter(record, e.reason());
            return;
        }
        if (key.apply(value).equals(record.name())) {
            handler.accept(value);
        } else {
            turn.deadLetter(record, Problems.otherKey(record, key.apply(value)).getSentence());
        }
    }
}
