package dev.segue.orchestrator.topology;

import dev.segue.contracts.record.RequestProblem;
import dev.segue.contracts.record.SongCommand;
import dev.segue.contracts.request.Rejection;

/** Why requests and commands are turned away, as events say it. */
final class Problems {
    private static final int LONGEST_VALUE = 200;

    private Problems() {}

    static RequestProblem of(Rejection rejection) {
        return RequestProblem.newBuilder()
                .setField(rejection.field())
                .setValue(shortened(rejection.value()))
                .setLimit(rejection.limit())
                .setFix(rejection.fix())
                .setSentence(rejection.sentence())
                .build();
    }

    static RequestProblem unreadable(Received record, String reason) {
        return of(
                "value",
                record.excerpt(),
                "must be a readable SongRequest in Confluent's Avro format: " + reason,
                "write it with a serializer that registers or finds its schema in the registry");
    }

    static RequestProblem otherKey(Received record, String songId) {
        return of(
                "songId",
                shortened(songId),
                "must be the record's key, which is " + shortened(record.name()),
                "write the same id in both places");
    }

    static RequestProblem usedId(String songId) {
        return of("songId", songId, "belongs to another request already", "choose another id");
    }

    static RequestProblem earlier(String songId, String limit, String fix) {
        return of("earlierSong.songId", shortened(songId), limit, fix);
    }

    static RequestProblem noSuchSong(String songId) {
        return of("songId", shortened(songId), "no song with this id is on its way", "name one that is");
    }

    static RequestProblem unknownCommand(SongCommand command) {
        return of("command", String.valueOf(command.getCommand()), "must be CANCEL", "send one that is known here");
    }

    static RequestProblem internal(RuntimeException failure) {
        return of(
                "request",
                "one that cannot be handled (" + shortened(String.valueOf(failure)) + ")",
                "the orchestrator could not work it out",
                "look for it among the dead letters and report it");
    }

    private static RequestProblem of(String field, String value, String limit, String fix) {
        return RequestProblem.newBuilder()
                .setField(field)
                .setValue(value)
                .setLimit(limit)
                .setFix(fix)
                .setSentence(field + " is " + value + ", but " + limit + "; " + fix + ".")
                .build();
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
    }
}
