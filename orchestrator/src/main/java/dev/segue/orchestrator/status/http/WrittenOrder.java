package dev.segue.orchestrator.status.http;

import dev.segue.contracts.client.ClusterException;
import dev.segue.contracts.client.RequestTooLargeException;
import dev.segue.orchestrator.status.document.ProblemDocument;
import io.javalin.http.HttpStatus;
import java.util.Locale;

/** Something that is written to a cluster because somebody asked for it over HTTP. */
@FunctionalInterface
interface WrittenOrder {
    void write() throws ClusterException, InterruptedException;

    /** Writes it; if the cluster does not take it, the answer says so. */
    static void write(WrittenOrder order) throws InterruptedException {
        try {
            order.write();
        } catch (RequestTooLargeException e) {
            throw HttpProblem.of(
                    HttpStatus.CONTENT_TOO_LARGE,
                    ProblemDocument.of("the request", "too large", e.getMessage(), "shorten it"),
                    e);
        } catch (ClusterException e) {
            throw HttpProblem.of(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    ProblemDocument.of(
                            "the cluster",
                            "silent",
                            "must take the record (" + e.getMessage().toLowerCase(Locale.ROOT) + ")",
                            "ask again later"),
                    e);
        }
    }
}
