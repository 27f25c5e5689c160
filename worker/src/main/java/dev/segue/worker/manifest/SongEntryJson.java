package dev.segue.worker.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * One song as one line of JSON. Times have three decimals. Longer than other classes because each field's rule and
 * sentence stand beside each other.
 */
final class SongEntryJson {
    private static final List<String> FIELDS = List.of(
            "file",
            "title",
            "artist",
            "genre",
            "lyrics",
            "seconds",
            "tempo",
            "key",
            "split",
            "seed",
            "sections",
            "chords",
            "characters");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    /** Times are rounded to this. */
    private static final double ROUNDING = 0.001;

    private final int line;
    private final JsonNode song;

    private SongEntryJson(int line, JsonNode song) {
        this.line = line;
        this.song = song;
    }

    static String write(SongEntry song) {
        Annotations known = song.annotations();
        ObjectNode node = JSON.createObjectNode();
        node.put("file", song.file()).put("title", song.title()).put("artist", song.artist());
        node.put("genre", song.genre()).put("lyrics", song.lyrics());
        known.seconds().ifPresent(seconds -> node.put("seconds", decimal(seconds)));
        known.tempo().ifPresent(tempo -> node.put("tempo", decimal(tempo)));
        if (!known.key().isEmpty()) {
            node.put("key", known.key());
        }
        node.put("split", song.split().label());
        known.seed().ifPresent(seed -> node.put("seed", seed));
        put(node, "sections", known.sections());
        put(node, "chords", known.chords());
        if (!known.characters().isEmpty()) {
            ArrayNode characters = node.putArray("characters");
            for (CharacterTime time : known.characters()) {
                ArrayNode pair = characters.addArray();
                if (time.sung()) {
                    pair.add(decimal(time.start())).add(decimal(time.end()));
                } else {
                    pair.add(-1).add(-1);
                }
            }
        }
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(ObjectNode node, String field, List<Mark> marks) {
        if (!marks.isEmpty()) {
            ArrayNode array = node.putArray(field);
            marks.forEach(
                    mark -> array.addObject().put("at", decimal(mark.at())).put("name", mark.name()));
        }
    }

    /** Through the exact value: how a double is written as text differs between versions of Java. */
    private static BigDecimal decimal(double value) {
        return new BigDecimal(value).setScale(3, RoundingMode.HALF_UP);
    }

    static SongEntry read(int line, String text) throws ManifestException {
        JsonNode song;
        try {
            song = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new ManifestException.NotJson(line, e.getOriginalMessage());
        }
        if (!song.isObject()) {
            throw new ManifestException.NotJson(line, "it is of the kind " + song.getNodeType());
        }
        return new SongEntryJson(line, song).entry();
    }

    private SongEntry entry() throws ManifestException {
        for (Iterator<String> names = song.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!FIELDS.contains(name)) {
                throw new ManifestException.UnknownField(line, name, FIELDS);
            }
        }
        String lyrics = text("lyrics", true);
        OptionalDouble seconds = positive("seconds");
        Annotations annotations = new Annotations(
                seconds,
                positive("tempo"),
                text("key", false),
                seed(),
                characters(lyrics, seconds.orElse(Double.POSITIVE_INFINITY)),
                marks("chords"),
                marks("sections"));
        String file = file();
        return new SongEntry(
                file, text("title", false), label("artist"), label("genre"), lyrics, split(file), annotations);
    }

    private boolean absent(String field) {
        return song.path(field).isMissingNode() || song.path(field).isNull();
    }

    private String text(String field, boolean required) throws ManifestException {
        if (absent(field)) {
            if (required) {
                throw new ManifestException.MissingField(line, field);
            }
            return "";
        }
        if (!song.path(field).isTextual()) {
            throw invalid(field, "a text in quotation marks");
        }
        return song.path(field).textValue();
    }

    private ManifestException.InvalidField invalid(String field, String limit) {
        return new ManifestException.InvalidField(line, field, song.path(field).toString(), limit);
    }

    private String label(String field) throws ManifestException {
        String label = text(field, true);
        if (label.isBlank()) {
            throw invalid(field, "a name that is not blank, such as \"unknown\"");
        }
        return label;
    }

    private String file() throws ManifestException {
        String file = label("file");
        String limit = "a path below the manifest's folder, such as \"songs/0001.flac\"";
        try {
            Path path = Path.of(file);
            if (path.isAbsolute() || path.normalize().startsWith("..")) {
                throw invalid("file", limit);
            }
        } catch (InvalidPathException e) {
            throw invalid("file", limit);
        }
        return file;
    }

    private Split split(String file) throws ManifestException {
        String label = text("split", false);
        if (label.isEmpty()) {
            return Split.ofFile(file);
        }
        for (Split split : Split.values()) {
            if (split.label().equals(label)) {
                return split;
            }
        }
        throw invalid(
                "split",
                "one of " + Arrays.stream(Split.values()).map(Split::label).collect(Collectors.joining(", ")));
    }

    private OptionalDouble positive(String field) throws ManifestException {
        if (absent(field)) {
            return OptionalDouble.empty();
        }
        double value = song.path(field).asDouble();
        if (!song.path(field).isNumber() || !(value > 0) || Double.isInfinite(value)) {
            throw invalid(field, "a number above 0");
        }
        return OptionalDouble.of(value);
    }

    private OptionalLong seed() throws ManifestException {
        if (absent("seed")) {
            return OptionalLong.empty();
        }
        if (!song.path("seed").isIntegralNumber() || !song.path("seed").canConvertToLong()) {
            throw invalid("seed", "a whole number of 64 bits");
        }
        return OptionalLong.of(song.path("seed").longValue());
    }

    private List<Mark> marks(String field) throws ManifestException {
        List<Mark> marks = new ArrayList<>();
        if (!absent(field) && !song.path(field).isArray()) {
            throw invalid(field, "a list of objects with at and name");
        }
        for (JsonNode mark : song.path(field)) {
            JsonNode at = mark.path("at");
            if (!at.isNumber() || at.doubleValue() < 0 || !mark.path("name").isTextual()) {
                throw new ManifestException.InvalidField(
                        line, "a mark of " + field, mark.toString(), "an object with at, in seconds, and name");
            }
            marks.add(new Mark(at.doubleValue(), mark.path("name").textValue()));
        }
        return marks;
    }

    private List<CharacterTime> characters(String lyrics, double seconds) throws ManifestException {
        List<CharacterTime> times = new ArrayList<>();
        if (absent("characters")) {
            return times;
        }
        if (!song.path("characters").isArray()) {
            throw invalid("characters", "a list of pairs [start, end]");
        }
        int count = lyrics.codePointCount(0, lyrics.length());
        if (song.path("characters").size() != count) {
            throw new ManifestException.InvalidField(
                    line,
                    "characters of length",
                    String.valueOf(song.path("characters").size()),
                    count + " long, one pair for each character of lyrics");
        }
        double before = 0;
        for (JsonNode pair : song.path("characters")) {
            CharacterTime time = new CharacterTime(
                    pair.path(0).asDouble(Double.NaN), pair.path(1).asDouble(Double.NaN));
            boolean none = time.start() == -1 && time.end() == -1;
            boolean sung =
                    time.start() >= before - ROUNDING && time.end() >= time.start() && time.end() <= seconds + ROUNDING;
            if (pair.size() != 2 || !(none || sung)) {
                throw new ManifestException.InvalidField(
                        line,
                        "a character's time",
                        pair.toString(),
                        "[-1, -1] or a start and an end in seconds, in order and within the song");
            }
            before = none ? before : time.start();
            times.add(time);
        }
        return times;
    }
}
