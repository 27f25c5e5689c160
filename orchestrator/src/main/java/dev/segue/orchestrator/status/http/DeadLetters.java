package dev.segue.orchestrator.status.http;

import dev.segue.contracts.client.Cluster;
import dev.segue.orchestrator.status.document.DeadLetterDocument;
import dev.segue.orchestrator.status.document.DeadLetterList;
import dev.segue.orchestrator.status.document.ProblemDocument;
import dev.segue.orchestrator.status.openapi.Route;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The last records that could not be handled. One is read at a time, and nothing is kept. */
final class DeadLetters {
    private static final int SHOWN = 100;
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final Cluster cluster;
    private final Guard guard;
    private final Optional<Pages> pages;

    DeadLetters(Cluster cluster, Guard guard, Optional<Pages> pages) {
        this.cluster = cluster;
        this.guard = guard;
        this.pages = pages;
    }

    List<Route> routes() {
        return List.of(Route.of(
                        HandlerType.GET,
                        "/dead-letters",
                        "Lists the last records that could not be handled, without what they hold; the page needs no"
                                + " token.",
                        this::list)
                .withToken()
                .answering(200, "Dead letters.", Route.JSON, DeadLetterList.class)
                .answering(200, "A page that asks for the token.", Route.HTML, null)
                .problem(503, "The cluster does not answer."));
    }

    private void list(Context context) {
        context.header("Vary", "Accept").header("Cache-Control", "no-store");
        if (pages.isPresent() && Accepts.html(context.header("Accept"))) {
            context.html(pages.get().deadLetters());
            return;
        }
        guard.requireToken(context);
        Json.answer(context, HttpStatus.OK.getCode(), read());
    }

    private synchronized DeadLetterList read() {
        TopicPartition partition =
                new TopicPartition(cluster.topics().deadLetters().name(), 0);
        Map<String, Object> settings = cluster.clientSettings();
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");
        settings.put("allow.auto.create.topics", "false");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> only = List.of(partition);
            consumer.assign(only);
            long first = consumer.beginningOffsets(only).get(partition);
            long end = consumer.endOffsets(only).get(partition);
            // Ends of transactions take places too, which is why places do not tell how many letters there are.
            long from = Math.max(first, end - 2 * SHOWN);
            consumer.seek(partition, from);
            List<DeadLetterDocument> letters = new ArrayList<>();
            while (consumer.position(partition) < end) {
                consumer.poll(PATIENCE).forEach(letter -> letters.add(document(letter)));
            }
            Collections.reverse(letters);
            return new DeadLetterList(
                    letters.subList(0, Math.min(SHOWN, letters.size())), from > first || letters.size() > SHOWN);
        } catch (KafkaException e) {
            throw HttpProblem.of(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    ProblemDocument.of(
                            "the cluster", "silent", "must answer (" + e.getMessage() + ")", "ask again later"),
                    e);
        }
    }

    private static DeadLetterDocument document(ConsumerRecord<byte[], byte[]> letter) {
        return new DeadLetterDocument(
                header(letter, "segue.topic").orElse(""),
                header(letter, "segue.partition")
                        .map(DeadLetters::number)
                        .orElse(0L)
                        .intValue(),
                header(letter, "segue.offset").map(DeadLetters::number).orElse(-1L),
                letter.key() == null ? "" : new String(letter.key(), StandardCharsets.UTF_8),
                header(letter, "segue.reason").orElse(""),
                header(letter, "segue.at").flatMap(DeadLetters::time).orElse(Instant.ofEpochMilli(letter.timestamp())),
                letter.value() == null ? 0 : letter.value().length);
    }

    private static Optional<String> header(ConsumerRecord<byte[], byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return Optional.ofNullable(header).map(Header::value).map(value -> new String(value, StandardCharsets.UTF_8));
    }

    private static long number(String text) {
        return text.matches("-?\\d{1,18}") ? Long.parseLong(text) : -1;
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
