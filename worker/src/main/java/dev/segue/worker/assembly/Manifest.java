package dev.segue.worker.assembly;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.model.ModelFile;
import dev.segue.contracts.record.ComposeSong;
import dev.segue.contracts.record.LevelCodes;
import dev.segue.contracts.record.RangeStored;
import dev.segue.contracts.record.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/**
 * What a song is, how it was made and where everything of it lies, as JSON whose fields always have the same order. Those
 * that say what the song is stand first; the timeline, which may be long, last.
 */
final class Manifest {
    /** Version of this layout. */
    static final int FORMAT = 1;

    static final String MEDIA_TYPE = "application/json";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final String songId;
    private final ModelRef model;
    private final ModelCard card;
    private final ComposeSong song;

    Manifest(String songId, ModelRef model, ModelCard card, ComposeSong song) {
        this.songId = songId;
        this.model = model;
        this.card = card;
        this.song = song;
    }

    /**
     * The manifest of a song that is whole.
     *
     * @param statement that a machine made the sound
     * @param objects its files
     * @param composing when putting it together began
     * @param finished when it was done
     */
    byte[] bytes(String statement, List<StoredObject> objects, Instant composing, Instant finished) {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT);
        root.put("songId", songId);
        root.put("statement", statement);
        root.put("segueVersion", SegueVersion.text());
        root.set("model", model());
        root.set("request", RecordJson.of(song.getRequest()));
        root.put("seed", song.getSeed());
        root.put("totalSamples", song.getWords().getTotalSamples());
        root.put("offsetSamples", song.getWords().getOffsetSamples());
        root.set("unknownWords", RecordJson.of(song.getUnknownWords()));
        root.set("audio", audio());
        root.set("objects", RecordJson.of(objects));
        root.set("timings", Timings.of(song, composing, finished));
        root.put("duplicatesDropped", song.getDuplicates());
        for (LevelCodes level : song.getLevels()) {
            root.withArray("levels").add(level(level));
        }
        root.set("timeline", RecordJson.of(song.getTimeline()));
        try {
            return JSON.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode model() {
        ObjectNode node = JSON.createObjectNode();
        node.put("name", model.name()).put("digest", model.digest());
        node.put("description", card.description()).put("licence", card.licence());
        for (ModelFile file : card.files()) {
            node.withArray("files")
                    .addObject()
                    .put("path", file.path())
                    .put("bytes", file.bytes())
                    .put("sha256", file.sha256());
        }
        return node;
    }

    private ObjectNode audio() {
        return JSON.createObjectNode()
                .put("sampleRate", card.sampleRate())
                .put("channels", 1)
                .put("samples", song.getSampleLength())
                .put("seconds", song.getSampleLength() / (double) card.sampleRate());
    }

    private ObjectNode level(LevelCodes level) {
        ObjectNode node = JSON.createObjectNode();
        node.put("level", level.getLevel())
                .put("hop", card.levels().get(level.getLevel()).hop())
                .put("codes", level.getTotalCodes())
                .put("promptCodes", level.getPromptCodes());
        node.putArray("seams");
        level.getSeams().forEach(node.withArray("seams")::add);
        node.putArray("ranges");
        for (RangeStored range : level.getRanges()) {
            ObjectNode piece = node.withArray("ranges").addObject();
            piece.put("start", range.getStart()).put("end", range.getEnd()).put("samples", range.getSamples());
            piece.set("audio", RecordJson.of(range.getAudio()));
            piece.set("codes", RecordJson.of(range.getCodes()));
        }
        return node;
    }

    /** Whether a song that is finished already is this very one. */
    boolean isOf(FinishedSong finished) {
        JsonNode there = finished.manifest();
        return there.path("request").equals(plain(RecordJson.of(song.getRequest())))
                && there.path("seed").asLong() == song.getSeed()
                && finished.modelDigest().equals(model.digest());
    }

    /** As it is when it has been written and read again: short numbers and long ones are then alike. */
    private static JsonNode plain(ObjectNode node) {
        try {
            return JSON.readTree(JSON.writeValueAsBytes(node));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
