package dev.segue.telemetry.store;

import dev.segue.telemetry.Telemetry;
import dev.segue.telemetry.metrics.Metric;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.util.Objects;
import java.util.function.Consumer;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.http.HttpMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;

/** Times of an S3 client's calls, and spans of those that are made within one. Safe for any number of threads. */
public final class StoreCalls implements MetricPublisher, ExecutionInterceptor {
    private static final int NOT_FOUND = 404;
    private static final ExecutionAttribute<Span> SPAN = new ExecutionAttribute<>("segue.span");
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("rpc.method");

    private final Telemetry telemetry;

    private StoreCalls(Telemetry telemetry) {
        this.telemetry = Objects.requireNonNull(telemetry, "telemetry is null");
    }

    /** Lets a client tell of its calls. */
    public static Consumer<ClientOverrideConfiguration.Builder> toldTo(Telemetry telemetry) {
        StoreCalls calls = new StoreCalls(telemetry);
        return configuration -> configuration.addMetricPublisher(calls).addExecutionInterceptor(calls);
    }

    @Override
    public void publish(MetricCollection call) {
        String operation = call.metricValues(CoreMetric.OPERATION_NAME).stream()
                .findFirst()
                .orElse("unknown");
        boolean succeeded = call.metricValues(CoreMetric.API_CALL_SUCCESSFUL).stream()
                .findFirst()
                .orElse(false);
        call.metricValues(CoreMetric.API_CALL_DURATION).forEach(duration -> Metric.S3_SECONDS
                .timer(telemetry.meters(), operation, succeeded ? "success" : isMissing(call) ? "missing" : "failure")
                .record(duration));
    }

    /** Whether something is there is asked by looking for it: that it is not is no failure of the store. */
    private static boolean isMissing(MetricCollection call) {
        return call.children().stream()
                .flatMap(attempt -> attempt.metricValues(HttpMetric.HTTP_STATUS_CODE).stream())
                .anyMatch(status -> status == NOT_FOUND);
    }

    @Override
    public void beforeExecution(
            software.amazon.awssdk.core.interceptor.Context.BeforeExecution context, ExecutionAttributes attributes) {
        if (Span.current().getSpanContext().isValid()) {
            String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
            Span span = telemetry
                    .traces()
                    .span("s3 " + operation, SpanKind.CLIENT, Context.current())
                    .setAttribute(OPERATION, operation)
                    .startSpan();
            context.request()
                    .getValueForField("Key", String.class)
                    .ifPresent(key -> span.setAttribute("aws.s3.key", key));
            attributes.putAttribute(SPAN, span);
        }
    }

    @Override
    public void afterExecution(
            software.amazon.awssdk.core.interceptor.Context.AfterExecution context, ExecutionAttributes attributes) {
        Span span = attributes.getAttribute(SPAN);
        if (span != null) {
            span.end();
        }
    }

    @Override
    public void onExecutionFailure(
            software.amazon.awssdk.core.interceptor.Context.FailedExecution context, ExecutionAttributes attributes) {
        Span span = attributes.getAttribute(SPAN);
        if (span != null) {
            span.setStatus(StatusCode.ERROR, String.valueOf(context.exception().getMessage()));
            span.end();
        }
    }

    @Override
    public void close() {
        // Nothing is held back.
    }
}
