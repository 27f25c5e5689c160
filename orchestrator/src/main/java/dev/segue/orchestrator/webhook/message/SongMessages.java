package dev.segue.orchestrator.webhook.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.contracts.record.AudioReady;
import dev.segue.contracts.record.LevelProgress;
import dev.segue.contracts.record.RequestProblem;
import dev.segue.contracts.record.SongAccepted;
import dev.segue.contracts.record.SongCompleted;
import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.record.SongFailed;
import dev.segue.contracts.record.SongProgress;
import dev.segue.contracts.record.StoredObject;
import java.util.Locale;
import java.util.Optional;

/**
 * Turns events into messages. A message follows from its event alone, so that it is the same bytes whenever it is sent and
 * whoever sends it; fields have the names that they have in a song's document over HTTP. Lyrics and the callback's address
 * are never told.
 *
 * <p>Larger than most classes, since it is one short method per part of an event.
 *
 * <p>Safe for any number of threads.
 */
public final class SongMessages {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SongMessages() {}

    /**
     * What is told of an event; empty if nothing or nobody is told.
     *
     * @param offset of the event in its topic. A song's id is free again once it was rejected or is forgotten, so that only
     *     the offset tells for good which message is which.
     */
    public static Optional<SongMessage> of(SongEvent event, long offset) {
        if (event.getCallbackUrl() == null) {
            return Optional.empty();
        }
        return MessageType.of(event.getKind())
                .map(type -> new SongMessage(
                        offset,
                        event.getSongId(),
                        "song_" + event.getSongId() + "_" + event.getSequence() + "_" + offset,
                        event.getCallbackUrl(),
                        type,
                        event.getAt(),
                        body(type, event)));
    }

    private static byte[] body(MessageType type, SongEvent event) {
        ObjectNode message = JSON.createObjectNode();
        message.put("type", type.toString());
        message.put("timestamp", event.getAt().toString());
        ObjectNode song = message.putObject("data");
        song.put("id", event.getSongId());
        song.put("tenant", event.getTenant());
        song.put("sequence", event.getSequence());
        state(type, event.getProgress()).ifPresent(state -> song.put("state", state));
        put(song, event.getAccepted());
        put(song, event.getProgress());
        put(song, event.getAudioReady());
        put(song, event.getCompleted());
        put(song, event.getFailed());
        if (event.getProblem() != null) {
            song.putArray("problems").add(problem(event.getProblem()));
            event.getMoreProblems()
                    .forEach(problem -> song.withArray("problems").add(problem(problem)));
        }
        if (!event.getReason().isEmpty()) {
            song.put("reason", event.getReason());
        }
        try {
            return JSON.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers can always be written", e);
        }
    }

    /** As a song's document has it; sound that is ready says nothing of it. */
    private static Optional<String> state(MessageType type, SongProgress progress) {
        return switch (type) {
            case RECEIVED, REJECTED, COMPLETED, FAILED, CANCELLED, EXPIRED -> Optional.of(word(type));
            case ACCEPTED, PROGRESS, AUDIO_READY ->
                Optional.ofNullable(progress).map(known -> word(known.getStage()));
        };
    }

    private static void put(ObjectNode song, SongAccepted accepted) {
        if (accepted == null) {
            return;
        }
        song.put("model", accepted.getModel());
        song.put("seed", accepted.getSeed());
        song.put("sampleRate", accepted.getSampleRate());
        song.put("sampleLength", accepted.getSampleLength());
        song.putArray("unknownWords")
                .addAll(accepted.getUnknownWords().stream()
                        .map(unknown -> JSON.createObjectNode()
                                .put("level", unknown.getLevel())
                                .put("field", unknown.getField())
                                .put("word", unknown.getWord()))
                        .toList());
    }

    private static void put(ObjectNode song, SongProgress progress) {
        if (progress == null) {
            return;
        }
        if (progress.getQueuePosition() != null) {
            song.put("queuePosition", progress.getQueuePosition());
        }
        if (progress.getEtaSeconds() != null) {
            song.put("etaSeconds", progress.getEtaSeconds());
        }
        song.putArray("levels")
                .addAll(progress.getLevels().stream().map(SongMessages::level).toList());
    }

    private static ObjectNode level(LevelProgress level) {
        return JSON.createObjectNode()
                .put("level", level.getLevel())
                .put("hop", level.getHop())
                .put("codes", level.getCodes())
                .put("totalCodes", level.getTotalCodes())
                .put("promptCodes", level.getPromptCodes())
                .put("windows", level.getWindows())
                .put("windowsDone", level.getWindowsDone());
    }

    private static void put(ObjectNode song, AudioReady ready) {
        if (ready == null) {
            return;
        }
        song.putArray("audio")
                .add(object(
                        JSON.createObjectNode()
                                .put("level", ready.getLevel())
                                .put("fromSample", ready.getFromSample())
                                .put("toSample", ready.getToSample())
                                .put("sampleRate", ready.getSampleRate()),
                        ready.getAudio(),
                        "/songs/" + song.get("id").textValue() + "/audio/" + ready.getLevel() + "/"
                                + name(ready.getAudio())));
    }

    private static void put(ObjectNode song, SongCompleted completed) {
        if (completed == null) {
            return;
        }
        song.put("seed", completed.getSeed());
        song.put("sampleLength", completed.getSamples());
        song.put("totalMillis", completed.getTotalMillis());
        song.putArray("files")
                .addAll(completed.getObjects().stream()
                        .map(file -> object(
                                JSON.createObjectNode().put("name", name(file)),
                                file,
                                "/songs/" + song.get("id").textValue() + "/files/" + name(file)))
                        .toList());
    }

    private static ObjectNode object(ObjectNode described, StoredObject object, String href) {
        return described
                .put("href", href)
                .put("mediaType", object.getMediaType())
                .put("bytes", object.getBytes())
                .put("sha256", object.getSha256());
    }

    private static void put(ObjectNode song, SongFailed failed) {
        if (failed == null) {
            return;
        }
        song.putObject("failure")
                .put("reason", word(failed.getReason()))
                .put("message", failed.getMessage())
                .put("work", failed.getWork())
                .put("attempts", failed.getAttempts());
    }

    private static ObjectNode problem(RequestProblem problem) {
        return JSON.createObjectNode()
                .put("field", problem.getField())
                .put("value", problem.getValue())
                .put("limit", problem.getLimit())
                .put("fix", problem.getFix())
                .put("sentence", problem.getSentence());
    }

    private static String name(StoredObject object) {
        return object.getKey().substring(object.getKey().lastIndexOf('/') + 1);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
