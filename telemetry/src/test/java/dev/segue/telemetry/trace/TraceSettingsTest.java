package dev.segue.telemetry.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.segue.contracts.settings.InvalidSettingException;
import dev.segue.contracts.settings.Settings;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceSettingsTest {
    private static final String CALLER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void nothingIsTracedUnlessSomebodySaysWhere() {
        try (Traces traces = TraceSettings.traces(Settings.of(Map.of()), "worker")) {
            Span span = traces.span("submit", SpanKind.SERVER, (String) null).startSpan();

            assertThat(traces.isOn()).isFalse();
            assertThat(span.getSpanContext().isValid()).isFalse();
            assertThat(Traces.traceparent(span, CALLER))
                    .as("what a caller said goes on all the same")
                    .isEqualTo(CALLER);
        }
    }

    @Test
    void spansAreSentToTheEndpointWithTheRolesNameWhenTracesAreClosed() throws Exception {
        List<String> bodies = new CopyOnWriteArrayList<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            try (exchange) {
                bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
                exchange.sendResponseHeaders(200, -1);
            }
        });
        collector.start();
        String endpoint = "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces";
        String traceparent;
        try (Traces traces = TraceSettings.traces(Settings.of(Map.of("SEGUE_TRACES_ENDPOINT", endpoint)), "worker")) {
            assertThat(traces.isOn()).isTrue();
            Span span = traces.span("window", SpanKind.INTERNAL, CALLER).startSpan();
            traceparent = Traces.traceparent(span, null);
            span.end();
        } finally {
            collector.stop(0);
        }

        assertThat(traceparent)
                .as("it belongs to the caller's trace, as a span of its own")
                .startsWith(CALLER.substring(0, 36))
                .isNotEqualTo(CALLER);
        assertThat(bodies).hasSize(1).first().asString().contains("segue-worker", "window");
    }

    @Test
    void aCollectorThatIsAwayHoldsNobodyUp() {
        String nobody = "http://127.0.0.1:1/v1/traces";
        Traces traces = TraceSettings.traces(Settings.of(Map.of("SEGUE_TRACES_ENDPOINT", nobody)), "worker");
        traces.span("window", SpanKind.INTERNAL, CALLER).startSpan().end();

        traces.close();

        assertThat(traces.span("late", SpanKind.INTERNAL, CALLER).startSpan().isRecording())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"collector:4318", "grpc://collector:4317", "http://a b"})
    void anAddressThatIsNoneIsRefusedByItsKey(String address) {
        Settings settings = Settings.of(Map.of("SEGUE_TRACES_ENDPOINT", address));

        assertThatThrownBy(() -> TraceSettings.traces(settings, "worker"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("SEGUE_TRACES_ENDPOINT", address, "http://");
    }
}
