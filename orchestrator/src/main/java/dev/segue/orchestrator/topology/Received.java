package dev.segue.orchestrator.topology;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * A record as it came, and where it lay.
 *
 * @param topic its topic
 * @param partition its partition
 * @param offset its place
 * @param key may be null
 * @param value may be null
 * @param headers those that it came with
 * @param at when it is handled
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Received(String topic, int partition, long offset, byte[] key, byte[] value, Headers headers, Instant at) {
    private static final String TRACE = "traceparent";
    private static final Pattern SONG_ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final int SHOWN = 16;

    static Received of(Record<byte[], byte[]> record, RecordMetadata place, Instant at) {
        return new Received(
                place.topic(), place.partition(), place.offset(), record.key(), record.value(), record.headers(), at);
    }

    /** The key as text; empty for none. */
    String name() {
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }

    /** The key if it is a song's id. */
    Optional<String> songId() {
        return isSongId(name()) ? Optional.of(name()) : Optional.empty();
    }

    /** Whether it is a song's id. */
    static boolean isSongId(String text) {
        return SONG_ID.matcher(text).matches();
    }

    /** W3C trace context; null for none. */
    String traceparent() {
        Header header = headers.lastHeader(TRACE);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** The first bytes of the value and how many there are. */
    String excerpt() {
        if (value == null) {
            return "null";
        }
        int shown = Math.min(SHOWN, value.length);
        return "0x" + HexFormat.of().formatHex(value, 0, shown) + (shown < value.length ? "…" : "") + " ("
                + value.length + " bytes)";
    }
}
