package dev.segue.telemetry.trace;

import dev.segue.contracts.client.ClusterException;
import dev.segue.contracts.client.SongOrders;
import dev.segue.contracts.record.SongRequest;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.util.Objects;
import java.util.Optional;

/** Asks for songs, each in a span that its trace goes on from. Safe for any number of threads. */
public final class TracedOrders {
    private final SongOrders orders;
    private final Traces traces;
    private final SpanKind kind;

    /**
     * Asks through a client.
     *
     * @param orders stays the caller's
     * @param traces stay the caller's
     * @param kind of the spans: whether somebody else asks for these songs, or this process
     */
    public TracedOrders(SongOrders orders, Traces traces, SpanKind kind) {
        this.orders = Objects.requireNonNull(orders, "orders is null");
        this.traces = Objects.requireNonNull(traces, "traces is null");
        this.kind = Objects.requireNonNull(kind, "kind is null");
    }

    /**
     * Asks for a song, and returns when the cluster has the request.
     *
     * @param traceparent context that the request belongs to; null for a trace of its own
     * @throws ClusterException if the cluster or the registry does not answer
     */
    public void submit(SongRequest request, String traceparent) throws ClusterException, InterruptedException {
        Span span = traces.span("submit", kind, traceparent)
                .setAttribute("segue.song", request.getSongId())
                .startSpan();
        try {
            orders.submit(request, Optional.ofNullable(Traces.traceparent(span, traceparent)));
        } finally {
            span.end();
        }
    }
}
