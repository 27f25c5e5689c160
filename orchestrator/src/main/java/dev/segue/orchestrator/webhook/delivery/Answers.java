package dev.segue.orchestrator.webhook.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a receiver's answer means. */
final class Answers {
    private static final int GONE = 410;
    private static final Set<Integer> NOT_NOW = Set.of(408, 425, 429);
    private static final int SERVER_ERROR = 500;
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private Answers() {}

    /**
     * What an answer means.
     *
     * @param retryAfter the header of this name; null for none
     */
    static Outcome outcome(int status, String retryAfter, Instant now) {
        if (status / 100 == 2) {
            return new Outcome.Delivered();
        }
        if (status == GONE) {
            return new Outcome.Gone();
        }
        if (NOT_NOW.contains(status) || status >= SERVER_ERROR) {
            return new Outcome.Failed("it answered " + status, after(retryAfter, now));
        }
        return new Outcome.Refused(
                status / 100 == 3
                        ? "it answered " + status + ", and redirects are not followed"
                        : "it answered " + status);
    }

    private static Optional<Duration> after(String header, Instant now) {
        if (header == null) {
            return Optional.empty();
        }
        if (SECONDS.matcher(header.strip()).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(header.strip())));
        }
        try {
            Instant then = ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
