package dev.segue.orchestrator;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.orchestrator.plan.Backlog;
import dev.segue.orchestrator.status.http.TelemetryRoutes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The orchestrator that has the work, as one that stands by sees it: Kafka Streams tells where it serves HTTP. So whoever
 * asks a service before several orchestrators hears the same of each. Safe for any number of threads.
 */
final class ActiveOrchestrator {
    private static final Logger LOG = LoggerFactory.getLogger(ActiveOrchestrator.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int OK = 200;

    private final KafkaStreams streams;
    private final String endpoint;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();

    /**
     * None asked yet.
     *
     * @param streams of the orchestrator that stands by
     * @param endpoint where that one serves HTTP itself
     */
    ActiveOrchestrator(KafkaStreams streams, String endpoint) {
        this.streams = Objects.requireNonNull(streams, "streams is null");
        this.endpoint = Objects.requireNonNull(endpoint, "endpoint is null");
    }

    /** Its backlog; empty where nobody has the work, or who has it does not answer in time. */
    Optional<Backlog> backlog() {
        return address().flatMap(this::ask);
    }

    private Optional<HostInfo> address() {
        try {
            return streams.metadataForAllStreamsClients().stream()
                    .filter(member -> !member.topicPartitions().isEmpty())
                    .map(StreamsMetadata::hostInfo)
                    .filter(host -> !host.equals(HostInfo.unavailable()) && !endpoint.equals(text(host)))
                    .findFirst();
        } catch (IllegalStateException notRunning) {
            return Optional.empty();
        }
    }

    private static String text(HostInfo host) {
        return (host.host().contains(":") ? "[" + host.host() + "]" : host.host()) + ":" + host.port();
    }

    private Optional<Backlog> ask(HostInfo host) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + text(host) + "/backlog"))
                .header(TelemetryRoutes.ASKED_BY_STANDBY, "true")
                .timeout(LIMIT)
                .build();
        try {
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return answer.statusCode() == OK
                    ? Optional.of(JSON.readValue(answer.body(), Backlog.class))
                    : Optional.empty();
        } catch (IOException e) {
            LOG.warn("event=active_silent address={} reason=\"{}\"", text(host), e.toString());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
