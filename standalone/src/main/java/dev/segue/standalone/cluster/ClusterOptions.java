package dev.segue.standalone.cluster;

import dev.segue.contracts.client.Cluster;
import dev.segue.contracts.settings.Settings;
import dev.segue.contracts.store.S3Access;
import dev.segue.standalone.models.Home;
import dev.segue.telemetry.logs.LogSetup;
import dev.segue.telemetry.trace.TraceSettings;
import dev.segue.telemetry.trace.Traces;
import dev.segue.worker.tasks.Installation;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which installation a command speaks to: by options, the environment, a file, or the {@code segue serve} that runs here. */
public final class ClusterOptions {
    @Mixin
    private Home home;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description =
                    "Kafka's brokers. Default: SEGUE_KAFKA_BOOTSTRAP_SERVERS, or the segue serve of this machine.")
    private String bootstrapServers;

    @Option(
            names = "--registry-url",
            paramLabel = "URL",
            description = "The schema registry. Default: SEGUE_REGISTRY_URL.")
    private String registryUrl;

    @Option(
            names = "--topic-prefix",
            paramLabel = "TEXT",
            description = "What names of topics begin with. Default: segue.")
    private String topicPrefix;

    @Option(names = "--s3-endpoint", paramLabel = "URL", description = "The object store. Default: SEGUE_S3_ENDPOINT.")
    private String endpoint;

    @Option(names = "--bucket", paramLabel = "NAME", description = "Its bucket. Default: SEGUE_S3_BUCKET, or segue.")
    private String bucket;

    /** The folder of this machine. */
    public Home home() {
        return home;
    }

    /** Whether the command line names an installation. */
    public boolean isNamed() {
        return bootstrapServers != null;
    }

    /**
     * Where the installation is.
     *
     * @throws IllegalArgumentException if nobody says where, or what is said cannot be
     */
    public Cluster cluster() throws IOException {
        LogSetup.ofClient().apply();
        Map<String, String> said = new HashMap<>(HomeSettings.of(home.folder(), System.getenv()));
        put(said, Installation.BOOTSTRAP_SERVERS.key(), bootstrapServers);
        put(said, Installation.REGISTRY_URL.key(), registryUrl);
        put(said, Installation.TOPIC_PREFIX.key(), topicPrefix);
        put(said, S3Access.ENDPOINT.key(), endpoint);
        put(said, S3Access.BUCKET.key(), bucket);
        if (said.getOrDefault(Installation.BOOTSTRAP_SERVERS.key(), "").isBlank()) {
            RunningServe.find(home.data()).forEach(said::putIfAbsent);
        }
        return ClusterSettings.cluster(Settings.of(said));
    }

    /**
     * Where spans of what is asked for go; nowhere unless settings say.
     *
     * @throws IllegalArgumentException if they cannot
     */
    public Traces traces() throws IOException {
        return TraceSettings.traces(Settings.of(HomeSettings.of(home.folder(), System.getenv())), "cli");
    }

    private static void put(Map<String, String> said, String key, String value) {
        if (value != null) {
            said.put(key, value);
        }
    }
}
