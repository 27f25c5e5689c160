package dev.segue.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Ordinary clients of the servers. */
final class Clients {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Clients() {}

    static Admin admin(Infrastructure servers) {
        return Admin.create(Map.of("bootstrap.servers", servers.bootstrapServers()));
    }

    static <V> KafkaProducer<String, V> producer(Infrastructure servers, Serializer<V> values) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", servers.bootstrapServers()), new StringSerializer(), values);
    }

    /** The first records of a topic with one partition. */
    static <V> List<V> read(Infrastructure servers, String topic, int count, Deserializer<V> values) {
        List<V> read = new ArrayList<>();
        try (KafkaConsumer<String, V> consumer = new KafkaConsumer<>(
                new TreeMap<>(Map.of("bootstrap.servers", servers.bootstrapServers(), "auto.offset.reset", "earliest")),
                new StringDeserializer(),
                values)) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            long end = System.nanoTime() + LIMIT.toNanos();
            while (read.size() < count && System.nanoTime() < end) {
                for (ConsumerRecord<String, V> record : consumer.poll(Duration.ofMillis(200))) {
                    read.add(record.value());
                }
            }
        }
        return read;
    }

    static S3Client s3(EmbeddedS3 server, S3Credentials credentials) {
        return S3Client.builder()
                .endpointOverride(server.endpoint())
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(credentials.accessKey(), credentials.secretKey())))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    /** What a client gets that signs nothing. */
    static HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    }
}
