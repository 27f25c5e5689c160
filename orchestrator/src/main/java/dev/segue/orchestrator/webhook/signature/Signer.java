package dev.segue.orchestrator.webhook.signature;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Signs messages after Standard Webhooks 1.0.0. There may be several secrets, so that receivers can change over from one
 * to the next: a message then has a signature of each, and any one that fits will do.
 *
 * @param secrets at least one
 */
public record Signer(List<SigningSecret> secrets) {
    /** What tells messages apart, whenever and how often they are sent. */
    public static final String ID = "webhook-id";

    /** When it was sent, in seconds since 1970. */
    public static final String TIMESTAMP = "webhook-timestamp";

    /** Signatures, separated by spaces. */
    public static final String SIGNATURE = "webhook-signature";

    public Signer {
        secrets = List.copyOf(secrets);
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("secrets is empty, but must have one at least; name one");
        }
    }

    /**
     * The headers that go with a message.
     *
     * @param id of the message; without full stops
     * @param body exactly what is sent
     */
    public Map<String, String> headers(String id, Instant sentAt, byte[] body) {
        String timestamp = Long.toString(sentAt.getEpochSecond());
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
        content.writeBytes(body);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(ID, id);
        headers.put(TIMESTAMP, timestamp);
        headers.put(
                SIGNATURE,
                secrets.stream()
                        .map(secret -> "v1," + secret.sign(content.toByteArray()))
                        .collect(Collectors.joining(" ")));
        return headers;
    }
}
