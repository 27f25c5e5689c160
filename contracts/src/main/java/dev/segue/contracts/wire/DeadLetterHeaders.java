package dev.segue.contracts.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;

/** What dead letters say of themselves: where a record lay, and why nobody could do anything with it. */
public final class DeadLetterHeaders {
    private static final int LONGEST_REASON = 2000;

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

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
