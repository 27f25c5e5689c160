package dev.segue.telemetry.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Makes spans, and carries their context in headers of records. Safe for any number of threads. */
public final class Traces implements AutoCloseable {
    /** The header, by the W3C's name. */
    public static final String HEADER = "traceparent";

    private static final String SCOPE = "dev.segue";
    private static final long LAST_WORDS_SECONDS = 5;
    private static final TextMapGetter<String> ONE_HEADER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String traceparent) {
            return List.of(HEADER);
        }

        @Override
        public String get(String traceparent, String key) {
            return key.equals(HEADER) ? traceparent : null;
        }
    };

    private final Tracer tracer;
    /** Null where nothing is exported. */
    private final SdkTracerProvider provider;

    private Traces(Tracer tracer, SdkTracerProvider provider) {
        this.tracer = tracer;
        this.provider = provider;
    }

    /** Nothing is traced; contexts that come in records go on in those that follow from them all the same. */
    public static Traces off() {
        return new Traces(OpenTelemetry.noop().getTracer(SCOPE), null);
    }

    /** Spans go to a provider, which is closed with this. */
    static Traces to(SdkTracerProvider provider) {
        OpenTelemetrySdk sdk =
                OpenTelemetrySdk.builder().setTracerProvider(provider).build();
        return new Traces(sdk.getTracer(SCOPE), provider);
    }

    /** Whether spans go anywhere. */
    public boolean isOn() {
        return provider != null;
    }

    /**
     * A span that is to be started.
     *
     * @param traceparent context that it belongs to; null, or none of the W3C's, for a trace of its own
     */
    public SpanBuilder span(String name, SpanKind kind, String traceparent) {
        return span(name, kind, context(traceparent));
    }

    /** A span that is to be started within another one's context. */
    public SpanBuilder span(String name, SpanKind kind, Context parent) {
        return tracer.spanBuilder(name).setSpanKind(kind).setParent(parent);
    }

    /** Tells of something that has been. */
    public void tell(SpanBuilder span, Instant from, Instant to) {
        if (isOn()) {
            span.setStartTimestamp(from).startSpan().end(to.isBefore(from) ? from : to);
        }
    }

    /** The context that a record says; the root for none. */
    public static Context context(String traceparent) {
        return traceparent == null
                ? Context.root()
                : W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent, ONE_HEADER);
    }

    /** A span's context as records say it; what was known before where it is not traced. */
    public static String traceparent(Span span, String otherwise) {
        if (!span.getSpanContext().isValid()) {
            return otherwise;
        }
        StringBuilder written = new StringBuilder();
        W3CTraceContextPropagator.getInstance().inject(Context.root().with(span), written, (carrier, key, value) -> {
            if (key.equals(HEADER)) {
                Objects.requireNonNull(carrier, "carrier is null").append(value);
            }
        });
        return written.toString();
    }

    /** The context that a record came with; null for none. */
    public static String traceparent(Headers headers) {
        Header header = headers.lastHeader(HEADER);
        return header == null || header.value() == null
                ? null
                : new String(header.value(), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Lets a record carry a context; nothing for null. */
    public static void put(Headers headers, String traceparent) {
        if (traceparent != null) {
            headers.remove(HEADER).add(HEADER, traceparent.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    /** Sends what is left. */
    @Override
    public void close() {
        if (provider != null) {
            provider.shutdown().join(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
        }
    }
}
