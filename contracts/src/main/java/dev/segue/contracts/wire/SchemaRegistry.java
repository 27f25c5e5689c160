package dev.segue.contracts.wire;

import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where the registry is, and how to speak to it.
 *
 * @param url of a registry that speaks Confluent's API; several may be separated by commas
 * @param settings further ones of Confluent's client, such as {@code basic.auth.credentials.source}
 */
public record SchemaRegistry(String url, Map<String, String> settings) {
    private static final int CACHED_SCHEMAS = 1000;

    public SchemaRegistry {
        Objects.requireNonNull(url, "url is null");
        settings = Map.copyOf(settings);
    }

    /** A registry that asks for nothing but its address. */
    public static SchemaRegistry at(String url) {
        return new SchemaRegistry(url, Map.of());
    }

    /** A new client. */
    SchemaRegistryClient client() {
        return new CachedSchemaRegistryClient(
                List.of(url.split(",")), CACHED_SCHEMAS, List.of(new AvroSchemaProvider()), settings);
    }

    /** What Confluent's serializer and deserializer are configured with. */
    Map<String, Object> configuration() {
        Map<String, Object> configuration = new HashMap<>(settings);
        configuration.put("schema.registry.url", url);
        return configuration;
    }
}
