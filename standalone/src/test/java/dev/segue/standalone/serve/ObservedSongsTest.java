package dev.segue.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.contracts.client.SongOrders;
import dev.segue.contracts.topic.LevelPool;
import dev.segue.contracts.topic.Topics;
import dev.segue.embedded.Ports;
import dev.segue.standalone.CommandRun;
import dev.segue.standalone.models.Home;
import dev.segue.telemetry.metrics.Metric;
import dev.segue.worker.jukebox.UntrainedModel;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What is served and traced of songs that a whole installation makes, from none to several and back to none. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ObservedSongsTest {
    private static final String TOKEN = "known-to-this-test";
    private static final List<String> SONGS = List.of("first", "second", "third");
    private static final double SECONDS = 3;
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{.*})? (\\S+)");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, ScaledWorkers> WORKERS = Map.of(
            "top", new ScaledWorkers("levels.2.seconds", 0.5),
            "middle", new ScaledWorkers("levels.1.seconds", 0.5),
            "bottom", new ScaledWorkers("levels.0.seconds", 0.5),
            "assembly", new ScaledWorkers("audio.tasks", 4));

    @TempDir
    private static Path folder;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static TraceCollector collector;
    private static LocalSegue segue;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        collector = TraceCollector.start();
        Home home = new Home(folder.resolve("home"));
        Map<String, String> variables = Map.of(
                "SEGUE_WORKER_SLOTS", "2",
                "SEGUE_WORKER_THREADS", "1",
                "SEGUE_HTTP_HOST", "127.0.0.1",
                "SEGUE_HTTP_PORT", "0",
                "SEGUE_HTTP_TOKEN", TOKEN,
                "SEGUE_TRACES_ENDPOINT", collector.address());
        segue = LocalSegue.start(
                home, new LocalSettings(Ports.free(), 1, true, variables), LocalModels.of(home, UntrainedModel.NAME));
    }

    @AfterAll
    static void stop() {
        segue.close();
        collector.close();
    }

    @Test
    @Order(1)
    void workersGoFromNoneToSomeAndBackToNone() throws IOException, InterruptedException {
        assertThat(desired(await("/backlog", document -> true)))
                .allSatisfy((pool, workers) -> assertThat(workers).as(pool).isZero());

        for (String song : SONGS) {
            submit("{\"songId\":\"" + song + "\",\"model\":\"" + UntrainedModel.NAME + "\",\"durationSeconds\":"
                    + SECONDS + "}");
        }
        Map<String, Integer> most = new HashMap<>();
        JsonNode end = await("/backlog", document -> {
            desired(document).forEach((pool, workers) -> most.merge(pool, workers, Math::max));
            return isCompleted() && desired(document).values().stream().allMatch(workers -> workers == 0);
        });

        assertThat(most)
                .hasSize(WORKERS.size())
                .allSatisfy((pool, workers) -> assertThat(workers).as(pool).isPositive());
        assertThat(end).isEqualTo(JSON.readTree("""
                {"levels":{"0":{"tasks":0,"codes":0,"seconds":0.0,"songs":0},
                           "1":{"tasks":0,"codes":0,"seconds":0.0,"songs":0},
                           "2":{"tasks":0,"codes":0,"seconds":0.0,"songs":0}},
                 "audio":{"tasks":0,"seconds":0.0}}"""));
    }

    @Test
    @Order(2)
    void metricsSayWhatWasDone() throws IOException, InterruptedException {
        Map<String, Double> samples = samples();

        assertThat(samples)
                .containsEntry("segue_songs_ended_total{state=\"completed\"}", (double) SONGS.size())
                .containsEntry("segue_songs_ended_total{state=\"failed\"}", 0.0)
                .containsEntry("segue_songs_received_total", (double) SONGS.size())
                .containsEntry("segue_dead_letters_total", 0.0)
                .containsEntry("segue_tasks_lost_total", 0.0)
                .containsEntry("segue_registry_waits_total", 0.0)
                .containsEntry("segue_song_wait_seconds_count", (double) SONGS.size())
                .containsEntry("segue_song_first_sound_seconds_count", (double) SONGS.size())
                .containsEntry("segue_orchestrator_active", 1.0);
        double windows = sum(samples, "segue_window_seconds_count", "decode");
        assertThat(windows)
                .isPositive()
                .isEqualTo(samples.get("segue_windows_accepted_total"))
                .isEqualTo(sum(samples, "segue_window_seconds_count", "prefill"))
                .isEqualTo(sum(samples, "segue_window_seconds_count", "wait"));
        double sound = samples.get("segue_song_sound_seconds_total");
        assertThat(sound).isBetween(SONGS.size() * SECONDS * 0.9, SONGS.size() * SECONDS * 1.1);
        // Each level of each song was made audible.
        assertThat(sum(samples, "segue_audio_seconds_total", "")).isGreaterThanOrEqualTo(3 * sound * 0.99);
        assertThat(sum(samples, "segue_sampler_codes_total", "level=\"0\"")).isPositive();
        assertThat(sum(samples, "segue_s3_seconds_count", "PutObject")).isPositive();
        assertThat(sum(samples, "kafka_share_records_consumed", "")).isPositive();
        assertThat(samples.keySet()).anyMatch(name -> name.startsWith("kafka_stream_"));
    }

    @Test
    @Order(3)
    void everyMetricOfTheReferenceIsServedWithItsLabelsAndNoOtherOne() throws IOException, InterruptedException {
        HttpResponse<String> refused = post("{\"songId\":\"too-long\",\"model\":\"nobody\",\"durationSeconds\":3}");
        assertThat(refused.statusCode()).isEqualTo(422);
        try (SongOrders orders = new SongOrders(segue.cluster())) {
            orders.submit(dev.segue.standalone.Songs.request("refused", 3)
                    .setModel("nobody")
                    .build());
        }
        awaitText("/metrics", text -> text.contains("segue_requests_refused_total{"));

        Map<String, Double> samples = samples();
        Set<String> series = Arrays.stream(Metric.values())
                .flatMap(metric -> metric.series().stream())
                .collect(Collectors.toSet());
        for (Metric metric : Metric.values()) {
            assertThat(samples.keySet()).as(metric.title()).anyMatch(sample -> isOf(sample, metric));
        }
        assertThat(samples.keySet().stream()
                        .filter(sample -> sample.startsWith("segue_"))
                        .map(sample -> sample.replaceFirst("\\{.*", "")))
                .allMatch(series::contains);
    }

    @Test
    @Order(4)
    void aSongIsOneTraceFromItsRequestThroughEveryTopicToItsObjects() throws InterruptedException {
        String song = SONGS.get(0);
        Map<String, Set<String>> traces = traceIdsByTopic(song);
        Set<String> ids = traces.values().stream().flatMap(Set::stream).collect(Collectors.toSet());

        Topics topics = segue.cluster().topics();
        assertThat(traces.keySet())
                .contains(
                        topics.songRequests().name(),
                        topics.windowTasks(LevelPool.TOP).name(),
                        topics.windowTasks(LevelPool.MIDDLE).name(),
                        topics.windowTasks(LevelPool.BOTTOM).name(),
                        topics.codeSegments().name(),
                        topics.audioTasks().name(),
                        topics.audioSegments().name(),
                        topics.songEvents().name());
        assertThat(ids).as("one trace, and no record without one").hasSize(1).doesNotContain("none");
        String id = ids.iterator().next();
        Set<String> wanted = Set.of(
                "submit",
                "check",
                "prepare",
                "window task",
                "window",
                "decode range",
                "s3 PutObject",
                "compose",
                "song");
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!names(id).containsAll(wanted) && System.nanoTime() < end) {
            Thread.sleep(200);
        }
        assertThat(names(id)).containsAll(wanted);
        List<Span> spans = collector.of(id);
        Set<String> known =
                spans.stream().map(span -> TraceCollector.hex(span.getSpanId())).collect(Collectors.toSet());
        assertThat(spans)
                .filteredOn(span -> span.getParentSpanId().isEmpty())
                .extracting(Span::getName)
                .containsExactly("submit");
        assertThat(spans)
                .filteredOn(span -> !span.getParentSpanId().isEmpty())
                .allMatch(span -> known.contains(TraceCollector.hex(span.getParentSpanId())));
    }

    @Test
    @Order(5)
    void topicsAndWhatLiesInThemAreAsTheirDescriptionSays() throws Exception {
        submit("{\"songId\":\"given-up\",\"model\":\"" + UntrainedModel.NAME + "\",\"durationSeconds\":60}");
        try (SongOrders orders = new SongOrders(segue.cluster());
                KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                        segue.cluster().clientSettings(), new StringSerializer(), new ByteArraySerializer())) {
            orders.cancel("given-up", "heard enough");
            producer.send(new ProducerRecord<>(
                            segue.cluster().topics().songRequests().name(), "garbled", new byte[] {1, 2, 3}))
                    .get();
        }
        DescribedTopics described = new DescribedTopics(segue.cluster());

        described.holdTopics();
        Map<String, Integer> records = described.holdRecords("garbled", LIMIT);

        assertThat(records)
                .containsEntry(segue.cluster().topics().deadLetters().name(), 1)
                .hasSize(segue.cluster().topics().all().size());
    }

    @Test
    @Order(6)
    void aTraceBeginsWhereTheCommandLineAsks() throws IOException, InterruptedException {
        Properties settings = new Properties();
        settings.putAll(segue.addresses());
        settings.setProperty("SEGUE_TRACES_ENDPOINT", collector.address());
        Path home = Files.createDirectories(folder.resolve("asker"));
        try (Writer writer = Files.newBufferedWriter(home.resolve("segue.properties"))) {
            settings.store(writer, null);
        }

        CommandRun submitted = CommandRun.of(
                "submit", "--home", home.toString(), "--id", "asked", "--model", UntrainedModel.NAME, "--seconds", "2");

        assertThat(submitted.exitCode()).as(submitted.err()).isZero();
        await("/songs/asked", song -> song.path("state").asText().equals("completed"));
        Set<String> ids =
                traceIdsByTopic("asked").values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        assertThat(ids).hasSize(1);
        assertThat(collector.of(ids.iterator().next()))
                .filteredOn(span -> span.getParentSpanId().isEmpty())
                .singleElement()
                .satisfies(span -> {
                    assertThat(span.getName()).isEqualTo("submit");
                    assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_PRODUCER);
                });
    }

    private static Set<String> names(String traceId) {
        return collector.of(traceId).stream().map(Span::getName).collect(Collectors.toSet());
    }

    /** What records of a song say of their trace, by topic; "none" where they say nothing. */
    private static Map<String, Set<String>> traceIdsByTopic(String song) {
        Topics topics = segue.cluster().topics();
        Map<String, Set<String>> ids = new HashMap<>();
        Map<String, Object> settings = new HashMap<>(segue.cluster().clientSettings());
        settings.put("isolation.level", "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = Stream.of(
                            topics.songRequests(),
                            topics.windowTasks(LevelPool.TOP),
                            topics.windowTasks(LevelPool.MIDDLE),
                            topics.windowTasks(LevelPool.BOTTOM),
                            topics.codeSegments(),
                            topics.audioTasks(),
                            topics.audioSegments(),
                            topics.songEvents())
                    .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (all.stream().anyMatch(place -> consumer.position(place) < ends.get(place))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (new String(record.key(), StandardCharsets.UTF_8).equals(song)) {
                        ids.computeIfAbsent(record.topic(), topic -> new HashSet<>())
                                .add(traceId(record));
                    }
                }
            }
        }
        return ids;
    }

    private static String traceId(ConsumerRecord<byte[], byte[]> record) {
        var header = record.headers().lastHeader("traceparent");
        return header == null ? "none" : new String(header.value(), StandardCharsets.UTF_8).split("-")[1];
    }

    private static Map<String, Integer> desired(JsonNode document) {
        Map<String, Integer> desired = new HashMap<>();
        WORKERS.forEach((pool, workers) -> desired.put(pool, workers.desired(document)));
        return desired;
    }

    private static boolean isOf(String sample, Metric metric) {
        String name = sample.replaceFirst("\\{.*", "");
        return metric.series().contains(name)
                && metric.labels().stream().allMatch(label -> sample.matches(".*[{,]" + label + "=.*"));
    }

    private static double sum(Map<String, Double> samples, String name, String with) {
        return samples.entrySet().stream()
                .filter(sample -> sample.getKey().replaceFirst("\\{.*", "").equals(name)
                        && sample.getKey().contains(with))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    private static Map<String, Double> samples() throws IOException, InterruptedException {
        Map<String, Double> samples = new HashMap<>();
        get("/metrics").body().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            Matcher sample = SAMPLE.matcher(line);
            assertThat(sample.matches()).as(line).isTrue();
            String labels = sample.group(2) == null ? "" : sample.group(2);
            samples.put(
                    sample.group(1) + labels, Double.parseDouble(sample.group(3).replace("+Inf", "Infinity")));
        });
        return samples;
    }

    private static boolean isCompleted() {
        try {
            for (String song : SONGS) {
                JsonNode document = JSON.readTree(get("/songs/" + song).body());
                if (!"completed".equals(document.path("state").asText())) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void submit(String request) throws IOException, InterruptedException {
        HttpResponse<String> answer = post(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    private static HttpResponse<String> post(String request) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(address("/songs"))
                        .header("Authorization", "Bearer " + TOKEN)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(request))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode await(String path, Predicate<JsonNode> condition) throws IOException, InterruptedException {
        String text = awaitText(path, body -> {
            try {
                return condition.test(JSON.readTree(body));
            } catch (IOException e) {
                return false;
            }
        });
        return JSON.readTree(text);
    }

    private static String awaitText(String path, Predicate<String> condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        HttpResponse<String> answer = get(path);
        while (answer.statusCode() != 200 || !condition.test(answer.body())) {
            assertThat(System.nanoTime()).as(answer.body()).isLessThan(end);
            Thread.sleep(50);
            answer = get(path);
        }
        return answer.body();
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(address(path))
                        .header("Accept", "application/json")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static URI address(String path) {
        return URI.create("http://127.0.0.1:" + segue.httpPort().orElseThrow() + path);
    }
}
