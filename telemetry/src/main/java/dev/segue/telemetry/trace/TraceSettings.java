package dev.segue.telemetry.trace;

import dev.segue.contracts.settings.Setting;
import dev.segue.contracts.settings.Settings;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where spans go. */
public final class TraceSettings {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Pattern ADDRESS = Pattern.compile("(https?://\\S+)?");

    /** Address of a collector; empty for none. */
    public static final Setting<String> ENDPOINT = Setting.text(
                    "SEGUE_TRACES_ENDPOINT",
                    "Where spans are sent by OTLP over HTTP, as `http://collector:4318/v1/traces`; nothing is traced if"
                            + " empty.",
                    "an address that begins with http:// or https://, or nothing",
                    ADDRESS)
            .orElse("");

    /** All of them. */
    public static final List<Setting<?>> SETTINGS = List.of(ENDPOINT);

    private TraceSettings() {}

    /**
     * Traces as settings say.
     *
     * @param role what traces call the process
     * @throws dev.segue.contracts.settings.InvalidSettingException if one cannot be
     */
    public static Traces traces(Settings settings, String role) {
        return Optional.of(settings.get(ENDPOINT))
                .filter(address -> !address.isEmpty())
                .map(address -> to(address, role))
                .orElseGet(Traces::off);
    }

    private static Traces to(String address, String role) {
        OtlpHttpSpanExporter exporter =
                OtlpHttpSpanExporter.builder().setEndpoint(address).build();
        Resource resource = Resource.getDefault().toBuilder()
                .put(AttributeKey.stringKey("service.namespace"), "segue")
                .put(AttributeKey.stringKey("service.name"), "segue-" + role)
                .build();
        return Traces.to(SdkTracerProvider.builder()
                .setResource(resource)
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setScheduleDelay(PAUSE)
                        .build())
                .build());
    }
}
