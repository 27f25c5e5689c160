package dev.segue.worker.tasks;

import dev.segue.contracts.settings.Setting;
import dev.segue.contracts.settings.Settings;
import dev.segue.contracts.topic.ShareGroups;
import dev.segue.contracts.topic.Topics;
import dev.segue.contracts.wire.SchemaRegistry;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The installation that a worker belongs to.
 *
 * @param cluster where tasks come from
 * @param registry what they are read with
 * @param topics its topics
 * @param groups its groups of workers
 */
public record Installation(KafkaCluster cluster, SchemaRegistry registry, Topics topics, ShareGroups groups) {
    /** Some brokers of the cluster. */
    public static final Setting<String> BOOTSTRAP_SERVERS = Setting.text(
            "SEGUE_KAFKA_BOOTSTRAP_SERVERS",
            "Brokers, host:port, separated by commas. Variables `SEGUE_KAFKA_CLIENT_…` are further settings of Kafka's"
                    + " clients: `SEGUE_KAFKA_CLIENT_SECURITY_PROTOCOL` is `security.protocol`.");

    /** The schema registry. */
    public static final Setting<String> REGISTRY_URL = Setting.text(
            "SEGUE_REGISTRY_URL",
            "A schema registry with Confluent's API; several separated by commas. Variables `SEGUE_REGISTRY_CLIENT_…` are"
                    + " further settings of Confluent's client.");

    /** What names of topics and groups begin with. */
    public static final Setting<String> TOPIC_PREFIX = Setting.text(
                    "SEGUE_TOPIC_PREFIX",
                    "What names of topics and groups begin with.",
                    "up to 100 letters, digits, dots, dashes and underscores",
                    Pattern.compile("[A-Za-z0-9._-]{0,100}"))
            .orElse(Topics.DEFAULT_PREFIX);

    /** All of them. */
    public static final List<Setting<?>> SETTINGS = List.of(BOOTSTRAP_SERVERS, REGISTRY_URL, TOPIC_PREFIX);

    public Installation {
        Objects.requireNonNull(cluster, "cluster is null");
        Objects.requireNonNull(registry, "registry is null");
        Objects.requireNonNull(topics, "topics is null");
        Objects.requireNonNull(groups, "groups is null");
    }

    /**
     * The installation that settings describe.
     *
     * @throws dev.segue.contracts.settings.InvalidSettingException if one is missing or cannot be
     */
    public static Installation from(Settings settings) {
        String prefix = settings.get(TOPIC_PREFIX);
        return new Installation(
                new KafkaCluster(settings.get(BOOTSTRAP_SERVERS), settings.below("SEGUE_KAFKA_CLIENT_")),
                new SchemaRegistry(settings.get(REGISTRY_URL), settings.below("SEGUE_REGISTRY_CLIENT_")),
                new Topics(prefix),
                new ShareGroups(prefix));
    }
}
