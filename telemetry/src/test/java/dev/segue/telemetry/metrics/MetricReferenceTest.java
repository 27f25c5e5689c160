package dev.segue.telemetry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The reference of metrics is made from the metrics; {@code -Dsegue.docs.write=true} makes it anew. */
class MetricReferenceTest {
    private static final Path REFERENCE = Path.of("..", "docs", "metrics.md");

    @Test
    void theReferenceListsEveryMetric() throws IOException {
        String reference = reference();
        if (Boolean.getBoolean("segue.docs.write")) {
            Files.writeString(REFERENCE, reference);
        }

        assertThat(Files.readString(REFERENCE)).isEqualTo(reference);
    }

    private static String reference() {
        StringBuilder text = new StringBuilder("""
                # Metrics

                Generated from the metrics themselves. Every role serves them as Prometheus text under `/metrics`: the orchestrator on port 8080, workers on 8081 (`SEGUE_HTTP_PORT`). A histogram `segue_x_seconds` has the series `segue_x_seconds_bucket` (label `le`), `_count` and `_sum`, and `_max`, the longest of the last minutes. `level` is 0 for the finest level of a model, 2 for the coarsest; in the backlog, levels are those of pools: 2 top, 1 middle, 0 bottom. What to look at when is in [observability.md](observability.md).
                """);
        for (Metric.Role role : Metric.Role.values()) {
            text.append("\n## ").append(role.title()).append("\n\n").append(MetricTable.markdown(role));
        }
        return text.append("""

                ## Others

                Every role also serves what Micrometer measures of the JVM and its process: `jvm_memory_used_bytes`, `jvm_gc_pause_seconds`, `jvm_threads_live_threads`, `process_cpu_usage`, `system_cpu_usage`, `process_uptime_seconds`, `process_files_open_files` and their like. The orchestrator serves Kafka Streams' own metrics as `kafka_stream_…`, workers those of the clients that take their tasks as `kafka_share_…`, by the names that Kafka documents, less a `_total` at the end.
                """).toString();
    }
}
