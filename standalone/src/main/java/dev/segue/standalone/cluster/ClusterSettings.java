package dev.segue.standalone.cluster;

import dev.segue.contracts.settings.InvalidSettingException;
import dev.segue.contracts.settings.Setting;
import dev.segue.contracts.settings.Settings;
import dev.segue.contracts.topic.Topics;
import dev.segue.contracts.wire.SchemaRegistry;
import dev.segue.standalone.songs.Cluster;
import dev.segue.worker.store.S3Access;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a client is told where an installation of Segue is. */
public final class ClusterSettings {
    public static final Setting<String> BOOTSTRAP_SERVERS = Setting.text(
            "SEGUE_KAFKA_BOOTSTRAP_SERVERS",
            "Kafka's brokers; without it, clients speak to the segue serve of this machine.",
            "brokers as HOST:PORT, separated by commas",
            Pattern.compile("[^\\s,:]+:\\d{1,5}(,[^\\s,:]+:\\d{1,5})*"));

    public static final Setting<String> REGISTRY_URL = Setting.text(
            "SEGUE_REGISTRY_URL",
            "The schema registry, speaking Confluent's API.",
            "an http or https address",
            Pattern.compile("https?://\\S+"));

    public static final Setting<String> TOPIC_PREFIX = Setting.text(
                    "SEGUE_TOPIC_PREFIX",
                    "What names of topics begin with.",
                    "letters, digits, dots, dashes and underscores",
                    Pattern.compile("[A-Za-z0-9._-]*"))
            .orElse(Topics.DEFAULT_PREFIX);

    public static final Setting<Optional<String>> S3_ENDPOINT =
            Setting.optionalText("SEGUE_S3_ENDPOINT", "The object store's address; without it, Amazon's of the region.");

    public static final Setting<String> S3_REGION = Setting.text("SEGUE_S3_REGION", "The object store's region.")
            .orElse("us-east-1");

    public static final Setting<String> S3_BUCKET =
            Setting.text("SEGUE_S3_BUCKET", "The bucket that holds songs and models.").orElse("segue");

    public static final Setting<Optional<String>> S3_ACCESS_KEY = Setting.optionalText(
            "SEGUE_S3_ACCESS_KEY", "Who asks; without it, what Amazon's tools find in the environment.");

    public static final Setting<Optional<String>> S3_SECRET_KEY =
            Setting.optionalText("SEGUE_S3_SECRET_KEY", "The secret of the access key.").secret();

    /** What settings of Kafka's clients begin with: {@code SEGUE_KAFKA_CLIENT_SECURITY_PROTOCOL} is security.protocol. */
    public static final String KAFKA = "SEGUE_KAFKA_CLIENT_";

    /** What settings of the registry's client begin with. */
    public static final String REGISTRY = "SEGUE_REGISTRY_CLIENT_";

    private ClusterSettings() {}

    /** All of them. */
    public static List<Setting<?>> all() {
        return List.of(
                BOOTSTRAP_SERVERS,
                REGISTRY_URL,
                TOPIC_PREFIX,
                S3_ENDPOINT,
                S3_REGION,
                S3_BUCKET,
                S3_ACCESS_KEY,
                S3_SECRET_KEY);
    }

    /**
     * The installation that settings name.
     *
     * @throws InvalidSettingException if one is missing or cannot be
     */
    public static Cluster cluster(Settings settings) {
        return new Cluster(
                settings.get(BOOTSTRAP_SERVERS),
                settings.below(KAFKA),
                new SchemaRegistry(settings.get(REGISTRY_URL), settings.below(REGISTRY)),
                new Topics(settings.get(TOPIC_PREFIX)),
                store(settings),
                settings.get(S3_BUCKET));
    }

    private static S3Access store(Settings settings) {
        Optional<URI> endpoint = settings.get(S3_ENDPOINT).map(URI::create);
        Optional<S3Access.Credentials> credentials = settings.get(S3_ACCESS_KEY)
                .map(access -> new S3Access.Credentials(
                        access, settings.get(S3_SECRET_KEY).orElse("")));
        return new S3Access(
                endpoint, settings.get(S3_REGION), endpoint.isPresent(), credentials, S3Access.ATTEMPTS);
    }
}
