package dev.segue.contracts.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.header.Headers;

/** What dead letters say of themselves: where a record lay, and why nobody could do anything with it. */
public final class DeadLetterHeaders {
    private static final int LONGEST_REASON = 2000;

    /** The headers that every dead letter has, in their order, and what each says. */
    public static final Map<String, String> ALL = described();

    private DeadLetterHeaders() {}

    /**
     * Adds to a record's own headers.
     *
     * @param offset where it lay; -1 for a record that was never written
     * @param reason what is wrong, for people; shortened to 2000 characters
     */
    public static void add(Headers headers, String topic, int partition, long offset, String reason, Instant at) {
        headers.add("segue.topic", bytes(topic));
        headers.add("segue.partition", bytes(Integer.toString(partition)));
        headers.add("segue.offset", bytes(Long.toString(offset)));
        headers.add("segue.reason", bytes(reason.substring(0, Math.min(reason.length(), LONGEST_REASON))));
        headers.add("segue.at", bytes(at.toString()));
    }

    private static Map<String, String> described() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("segue.topic", "The topic in which the record lay, or which it was meant for.");
        all.put("segue.partition", "The partition in which it lay.");
        all.put("segue.offset", "Where it lay; -1 for a record that was never written.");
        all.put("segue.reason", "What is wrong, for people; at most 2000 characters.");
        all.put("segue.at", "When it was given up, as ISO 8601 has it.");
        return Collections.unmodifiableMap(all);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
