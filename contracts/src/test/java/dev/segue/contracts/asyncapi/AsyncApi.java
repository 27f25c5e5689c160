package dev.segue.contracts.asyncapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.contracts.topic.Topic;
import dev.segue.contracts.wire.DeadLetterHeaders;
import dev.segue.contracts.wire.PublishedSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.Schema;

/** The description of everything that crosses a topic, made of the topics, their schemas and headers themselves. */
final class AsyncApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BINDING = "0.5.0";
    private static final String DEAD_LETTER = "DeadLetter";
    private static final String TRACEPARENT = "^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$";

    private final ObjectNode document = JSON.createObjectNode();

    private AsyncApi() {
        document.put("asyncapi", "3.1.0");
        info();
        document.put("defaultContentType", "application/vnd.apache.avro+binary");
        servers();
        ObjectNode channels = document.putObject("channels");
        Channel.all().forEach(channel -> channel(channels.putObject(channel.id()), channel));
        ObjectNode operations = document.putObject("operations");
        for (Channel channel : Channel.all()) {
            channel.senders().forEach(role -> operation(operations, role, "send", channel));
            channel.receivers().forEach(role -> operation(operations, role, "receive", channel));
        }
        ObjectNode messages = document.putObject("components").putObject("messages");
        for (Channel channel : Channel.all()) {
            if (!messages.has(message(channel.topic()))) {
                message(messages.putObject(message(channel.topic())), channel);
            }
        }
    }

    static ObjectNode document() {
        return new AsyncApi().document;
    }

    private void info() {
        ObjectNode info = document.putObject("info")
                .put("title", "Segue")
                .put("version", "0.1.0")
                .put(
                        "description",
                        "Generated from the topics, their Avro schemas and headers. Names of topics begin with `segue.`"
                                + " unless SEGUE_TOPIC_PREFIX says otherwise. Values are in Confluent's wire format: a zero"
                                + " byte, the schema's id in the registry as four bytes, Avro's binary encoding. Records of"
                                + " transactions that were not committed are to be left out (isolation.level="
                                + "read_committed).");
        info.putObject("license").put("name", "Apache-2.0").put("url", "https://www.apache.org/licenses/LICENSE-2.0");
        for (Role role : Role.values()) {
            info.withArray("tags").addObject().put("name", role.title()).put("description", role.description());
        }
    }

    private void servers() {
        ObjectNode cluster = document.putObject("servers")
                .putObject("cluster")
                .put("host", "{brokers}")
                .put("protocol", "kafka")
                .put("description", "Kafka 4.2 or later, with share groups, and a registry with Confluent's API.");
        cluster.putObject("variables")
                .putObject("brokers")
                .put("default", "127.0.0.1:9092")
                .put("description", "SEGUE_KAFKA_BOOTSTRAP_SERVERS; this is what segue serve has.");
        cluster.putObject("bindings")
                .putObject("kafka")
                .put("schemaRegistryVendor", "confluent")
                .put("bindingVersion", BINDING);
    }

    private static void channel(ObjectNode node, Channel channel) {
        Topic<?> topic = channel.topic();
        node.put("address", topic.name());
        node.put("description", channel.description());
        node.putObject("messages").putObject(message(topic)).put("$ref", messageReference(topic));
        ObjectNode kafka = node.putObject("bindings").putObject("kafka").put("partitions", Topic.PARTITIONS);
        ObjectNode configuration = kafka.putObject("topicConfiguration");
        topic.config().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .forEach(setting -> {
                    if (setting.getKey().equals("cleanup.policy")) {
                        List.of(setting.getValue().split(",")).forEach(configuration.withArray("cleanup.policy")::add);
                    } else {
                        configuration.put(setting.getKey(), Long.valueOf(setting.getValue()));
                    }
                });
        kafka.put("bindingVersion", BINDING);
    }

    private static void operation(ObjectNode operations, Role role, String action, Channel channel) {
        String reference = "#/channels/" + channel.id();
        ObjectNode operation = operations
                .putObject(role.title() + "." + action + "." + channel.id())
                .put("action", action);
        operation.putObject("channel").put("$ref", reference);
        operation.withArray("tags").addObject().put("name", role.title());
        operation.withArray("messages").addObject().put("$ref", reference + "/messages/" + message(channel.topic()));
    }

    private static void message(ObjectNode message, Channel channel) {
        Topic<?> topic = channel.topic();
        message.put("name", message(topic));
        if (topic.value() == null) {
            message.put("summary", channel.description()).put("contentType", "application/octet-stream");
            ObjectNode headers = headers(message, true);
            DeadLetterHeaders.ALL.forEach((name, says) -> {
                header(headers, name, says);
                ((ObjectNode) message.get("headers")).withArray("required").add(name);
            });
            message.putObject("payload").put("type", "string").put("format", "binary");
        } else {
            Schema schema = PublishedSchema.of(topic);
            message.put("summary", schema.getDoc());
            headers(message, !channel.id().equals("models"));
            ObjectNode payload =
                    message.putObject("payload").put("schemaFormat", "application/vnd.apache.avro;version=1.9.0");
            payload.set("schema", json(schema.toString()));
        }
        ObjectNode kafka = message.putObject("bindings").putObject("kafka");
        kafka.putObject("key").put("type", "string").put("description", channel.key());
        if (topic.value() != null) {
            kafka.put("schemaIdLocation", "payload").put("schemaIdPayloadEncoding", "confluent");
        }
        kafka.put("bindingVersion", BINDING);
    }

    private static ObjectNode headers(ObjectNode message, boolean traced) {
        ObjectNode headers = message.putObject("headers").put("type", "object");
        ObjectNode properties = headers.putObject("properties");
        if (traced) {
            header(
                            properties,
                            "traceparent",
                            "The song's trace, as W3C Trace Context has it; absent where nobody traces.")
                    .put("pattern", TRACEPARENT);
        }
        return properties;
    }

    private static ObjectNode header(ObjectNode headers, String name, String says) {
        return headers.putObject(name).put("type", "string").put("description", says);
    }

    private static String messageReference(Topic<?> topic) {
        return "#/components/messages/" + message(topic);
    }

    private static String message(Topic<?> topic) {
        return topic.value() == null ? DEAD_LETTER : topic.value().getSimpleName();
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
