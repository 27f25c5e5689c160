package dev.segue.telemetry.logs;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import net.logstash.logback.composite.AbstractJsonProvider;

/**
 * The pairs of a message as fields: {@code event} and {@code song} stand in the line itself, the others in its {@code
 * fields}, where a song's level is not the line's. Lines of libraries have none.
 */
final class PairsProvider extends AbstractJsonProvider<ILoggingEvent> {
    private static final String EVENT = "event";
    private static final String SONG = "song";
    /** What is written where a line is about no song. */
    private static final String NO_SONG = "-";

    @Override
    public void writeTo(JsonGenerator generator, ILoggingEvent line) throws IOException {
        if (line.getMessage() == null || !line.getMessage().startsWith(EVENT + "=")) {
            return;
        }
        Map<String, Object> pairs = MessagePairs.of(line.getMessage(), line.getArgumentArray());
        generator.writeObjectField(EVENT, pairs.remove(EVENT));
        Object song = pairs.remove(SONG);
        if (song != null && !song.equals(NO_SONG)) {
            generator.writeObjectField(SONG, song);
        }
        if (!pairs.isEmpty()) {
            generator.writeObjectField("fields", pairs);
        }
    }
}
