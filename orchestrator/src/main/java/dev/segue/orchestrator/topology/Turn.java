package dev.segue.orchestrator.topology;

import dev.segue.contracts.topic.Topic;
import dev.segue.contracts.topic.Topics;
import dev.segue.contracts.wire.DeadLetterHeaders;
import dev.segue.orchestrator.state.BufferedTable;
import dev.segue.orchestrator.state.Song;
import dev.segue.orchestrator.state.SongStore;
import io.opentelemetry.api.trace.Span;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that one record, or one tick of the clock, leads to. It is written and sent as a whole or, where a step fails
 * half-way, not at all.
 *
 * <p>Owned by the thread of the orchestrator's task.
 */
final class Turn {
    private static final Logger LOG = LoggerFactory.getLogger(Turn.class);
    private static final String TRACE = "traceparent";

    /** What a topic takes, less room for key, headers and the format of batches. */
    private static final int LARGEST_VALUE = Topics.LARGEST_RECORD - (8 << 10);

    private final List<BufferedTable> tables;
    private final SongStore songs;
    private final Topics topics;
    private final Wire wire;
    private final Tally tally;
    private final SongTelemetry telemetry;
    private final List<Output> outputs = new ArrayList<>();
    private final List<Tally.Event> counts = new ArrayList<>();
    private final List<Consumer<SongTelemetry>> told = new ArrayList<>();
    private final Set<Song> touched = new LinkedHashSet<>();

    private record Output(String sink, Record<byte[], byte[]> value) {}

    Turn(List<BufferedTable> tables, SongStore songs, Topics topics, Wire wire, Tally tally, SongTelemetry telemetry) {
        this.tables = List.copyOf(tables);
        this.songs = Objects.requireNonNull(songs, "songs is null");
        this.topics = Objects.requireNonNull(topics, "topics is null");
        this.wire = Objects.requireNonNull(wire, "wire is null");
        this.telemetry = Objects.requireNonNull(telemetry, "telemetry is null");
        this.tally = Objects.requireNonNull(tally, "tally is null");
    }

    /** Lets a song's position be written at the end of the turn. */
    void touch(Song song) {
        touched.add(song);
    }

    /** Lets a song's position not be written: it ended. */
    void forget(Song song) {
        touched.remove(song);
    }

    void count(Tally.Event event) {
        counts.add(event);
    }

    /** Lets something be told once the turn stands. */
    void tell(Consumer<SongTelemetry> what) {
        told.add(what);
    }

    /** A span of looking at a request, which is ended when the turn stands. */
    Span check(Received record, String songId) {
        Span span = telemetry.check(record, songId);
        told.add(unused -> span.end());
        return span;
    }

    /**
     * Sends a record.
     *
     * @param traceparent W3C trace context that goes with it; null for none
     * @throws IllegalStateException if it is larger than its topic takes, which would stop the whole task
     */
    <T extends SpecificRecord> void send(Topic<T> topic, String key, T value, String traceparent, Instant now) {
        Headers headers = new RecordHeaders();
        if (traceparent != null) {
            headers.add(TRACE, bytes(traceparent));
        }
        byte[] bytes = wire.write(topic, value);
        if (bytes.length > LARGEST_VALUE) {
            throw new IllegalStateException("a record of " + topic.name() + " has " + bytes.length
                    + " bytes, but its topic takes " + LARGEST_VALUE + "; ask for a shorter song");
        }
        outputs.add(new Output(topic.name(), new Record<>(bytes(key), bytes, now.toEpochMilli(), headers)));
    }

    /** Sends a record that nobody could read or serve to dead letters, as it came. */
    void deadLetter(Received record, String reason) {
        Headers headers = new RecordHeaders(record.headers());
        DeadLetterHeaders.add(headers, record.topic(), record.partition(), record.offset(), reason, record.at());
        send(new Record<>(record.key(), record.value(), record.at().toEpochMilli(), headers));
        LOG.warn(
                "event=dead_letter song={} topic={} partition={} offset={} reason=\"{}\"",
                record.songId().orElse("-"),
                record.topic(),
                record.partition(),
                record.offset(),
                reason);
    }

    /** Sends a task that could not be done to dead letters, as workers had it. */
    <T extends SpecificRecord> void deadLetter(Topic<T> topic, String key, T value, String reason, Instant now) {
        Headers headers = new RecordHeaders();
        DeadLetterHeaders.add(headers, topic.name(), 0, -1, reason, now);
        send(new Record<>(bytes(key), wire.write(topic, value), now.toEpochMilli(), headers));
        LOG.warn("event=dead_letter song={} topic={} reason=\"{}\"", key, topic.name(), reason);
    }

    private void send(Record<byte[], byte[]> letter) {
        count(Tally.Event.DEAD_LETTER);
        outputs.add(new Output(topics.deadLetters().name(), letter));
    }

    /** Takes note of how far songs are; the last part of the turn that may fail without leaving anything behind. */
    void settle() {
        touched.forEach(songs::save);
        touched.clear();
    }

    /** Writes and sends everything. What fails here, fails the whole task, which begins again from what is committed. */
    void commit(ProcessorContext<byte[], byte[]> context) {
        tables.forEach(BufferedTable::flush);
        outputs.forEach(output -> context.forward(output.value(), output.sink()));
        counts.forEach(tally::count);
        told.forEach(what -> what.accept(telemetry));
        told.clear();
        outputs.clear();
        counts.clear();
    }

    /** Forgets everything. */
    void drop() {
        tables.forEach(BufferedTable::drop);
        told.clear();
        outputs.clear();
        counts.clear();
        touched.clear();
        tally.count(Tally.Event.UNDONE_STEP);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
