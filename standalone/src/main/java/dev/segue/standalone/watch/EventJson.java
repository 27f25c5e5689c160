package dev.segue.standalone.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.contracts.client.SongState;
import dev.segue.contracts.record.SongEvent;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * Events for programs: one JSON object per line, with the fields of the Avro schema by their names. What is null is left
 * out, times are ISO texts.
 */
final class EventJson implements SongView {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintWriter out;

    EventJson(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void show(SongEvent event, SongState before, SongState now) {
        out.println(text(event));
        out.flush();
    }

    /** Programs read events alone. */
    @Override
    public void say(String sentence) {}

    @Override
    public void close() {
        out.flush();
    }

    static String text(SpecificRecord record) {
        try {
            return JSON.writeValueAsString(plain(record));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts, numbers and lists cannot fail to be written", e);
        }
    }

    private static Object plain(Object value) {
        if (value instanceof SpecificRecord record) {
            Map<String, Object> fields = new LinkedHashMap<>();
            for (Schema.Field field : record.getSchema().getFields()) {
                Object of = record.get(field.pos());
                if (of != null) {
                    fields.put(field.name(), plain(of));
                }
            }
            return fields;
        }
        if (value instanceof List<?> list) {
            List<Object> items = new ArrayList<>();
            list.forEach(item -> items.add(plain(item)));
            return items;
        }
        if (value instanceof ByteBuffer bytes) {
            return StandardCharsets.ISO_8859_1
                    .decode(Base64.getEncoder().encode(bytes.duplicate()))
                    .toString();
        }
        return value instanceof Instant || value instanceof Enum ? value.toString() : value;
    }
}
