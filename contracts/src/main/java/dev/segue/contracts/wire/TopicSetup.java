package dev.segue.contracts.wire;

import dev.segue.contracts.topic.Topic;
import dev.segue.contracts.topic.Topics;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Brings a cluster and a registry to what Segue needs: topics that are missing are created, schemas registered, subjects
 * held to FULL_TRANSITIVE. What exists stays as it is, so that it may run any number of times, also at once.
 */
public final class TopicSetup {
    /** What every subject is held to: any version can read what any other wrote. */
    public static final String COMPATIBILITY = "FULL_TRANSITIVE";

    private final Topics topics;
    private final Admin admin;
    private final SchemaRegistry registry;

    /**
     * Sets up an installation.
     *
     * @param admin of the cluster; stays the caller's
     */
    public TopicSetup(Topics topics, Admin admin, SchemaRegistry registry) {
        this.topics = Objects.requireNonNull(topics, "topics is null");
        this.admin = Objects.requireNonNull(admin, "admin is null");
        this.registry = Objects.requireNonNull(registry, "registry is null");
    }

    /**
     * Creates what is missing.
     *
     * @param replicationFactor of new topics; empty for the cluster's default
     * @throws IOException if the registry fails or refuses a schema
     * @throws ExecutionException if the cluster fails or refuses a topic
     */
    public void run(Optional<Short> replicationFactor) throws IOException, ExecutionException, InterruptedException {
        createTopics(replicationFactor);
        registerSchemas();
    }

    private void createTopics(Optional<Short> replicationFactor) throws ExecutionException, InterruptedException {
        Set<String> existing = admin.listTopics().names().get();
        List<NewTopic> missing = topics.all().stream()
                .filter(topic -> !existing.contains(topic.name()))
                .map(topic -> new NewTopic(topic.name(), Optional.of(Topic.PARTITIONS), replicationFactor)
                        .configs(topic.config()))
                .toList();
        for (var creation : admin.createTopics(missing).values().values()) {
            try {
                creation.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private void registerSchemas() throws IOException {
        try (SchemaRegistryClient client = registry.client()) {
            for (Topic<?> topic : topics.all()) {
                if (topic.value() != null) {
                    register(client, topic);
                }
            }
        }
    }

    private void register(SchemaRegistryClient client, Topic<?> topic) throws IOException {
        try {
            client.register(topic.subject(), new AvroSchema(PublishedSchema.of(topic)));
            client.updateCompatibility(topic.subject(), COMPATIBILITY);
        } catch (RestClientException e) {
            throw new IOException(
                    "the registry at " + registry.url() + " refuses the schema of " + topic.subject() + ": "
                            + e.getMessage(),
                    e);
        }
    }
}
