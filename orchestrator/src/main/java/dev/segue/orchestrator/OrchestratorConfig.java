package dev.segue.orchestrator;

import dev.segue.contracts.settings.Setting;
import dev.segue.contracts.settings.Settings;
import dev.segue.contracts.topic.ShareGroups;
import dev.segue.contracts.topic.Topics;
import dev.segue.contracts.wire.SchemaRegistry;
import dev.segue.orchestrator.plan.Limits;
import dev.segue.orchestrator.topology.FlowSettings;
import dev.segue.orchestrator.webhook.WebhookConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * How an orchestrator is configured; {@link #SETTINGS} says how it is told. Immutable.
 *
 * <p>Larger than most classes, since it is one declaration per setting.
 *
 * @param bootstrapServers some brokers of the cluster
 * @param registry the schema registry
 * @param topics of the installation
 * @param groups of its workers, who must have the same
 * @param applicationId what orchestrators of one installation share
 * @param flow how songs are handled
 * @param setsUp whether it creates topics, schemas and settings of groups that are missing
 * @param replicas copies of each topic that it creates; 0 for what the cluster does
 * @param standbys orchestrators beside the one at work that keep a copy of its state
 * @param webhooks how receivers are told what happens to songs
 * @param kafka further settings of Kafka's clients
 */
public record OrchestratorConfig(
        String bootstrapServers,
        SchemaRegistry registry,
        Topics topics,
        ShareGroups groups,
        String applicationId,
        FlowSettings flow,
        boolean setsUp,
        int replicas,
        int standbys,
        WebhookConfig webhooks,
        Map<String, String> kafka) {
    private static final String NAMES = "up to 100 letters, digits, dots, dashes and underscores";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{0,100}");
    private static final String KAFKA = "SEGUE_KAFKA_CLIENT_";
    private static final String REGISTRY = "SEGUE_REGISTRY_CLIENT_";

    private enum Choice {
        YES,
        NO
    }

    private static final Setting<String> BOOTSTRAP_SERVERS = Setting.text(
            "SEGUE_KAFKA_BOOTSTRAP_SERVERS",
            "Brokers, host:port, separated by commas. Variables `SEGUE_KAFKA_CLIENT_…` are further settings of Kafka's"
                    + " clients: `SEGUE_KAFKA_CLIENT_SECURITY_PROTOCOL` is `security.protocol`.");
    private static final Setting<String> REGISTRY_URL = Setting.text(
            "SEGUE_REGISTRY_URL",
            "A schema registry with Confluent's API; several separated by commas. Variables `SEGUE_REGISTRY_CLIENT_…`"
                    + " are further settings of Confluent's client.");
    private static final Setting<String> TOPIC_PREFIX = Setting.text(
                    "SEGUE_TOPIC_PREFIX", "What names of topics and groups begin with.", NAMES, NAME)
            .orElse(Topics.DEFAULT_PREFIX);
    private static final Setting<String> APPLICATION = Setting.text(
                    "SEGUE_ORCHESTRATOR_APPLICATION",
                    "What orchestrators of one installation share: behind the prefix, the name of their group.",
                    NAMES,
                    Pattern.compile("[A-Za-z0-9._-]{1,100}"))
            .orElse("orchestrator");
    private static final Setting<Integer> SONGS_IN_FLIGHT = Setting.wholeNumber(
                    "SEGUE_ORCHESTRATOR_SONGS_IN_FLIGHT", "How many songs are sampled at once; others wait.", 1, 10_000)
            .orElse(Integer.toString(FlowSettings.DEFAULT.songsInFlight()));
    private static final Setting<Integer> MAX_SECONDS = Setting.wholeNumber(
                    "SEGUE_ORCHESTRATOR_MAX_SECONDS", "The longest song.", 1, 3600)
            .orElse(Integer.toString((int) Limits.DEFAULT.maxSeconds()));
    private static final Setting<Integer> MAX_LYRICS = Setting.wholeNumber(
                    "SEGUE_ORCHESTRATOR_MAX_LYRICS", "Most characters of a song's lyrics.", 0, 100_000)
            .orElse(Integer.toString(Limits.DEFAULT.maxLyrics()));
    private static final Setting<Integer> MAX_SEGMENTS = Setting.wholeNumber(
                    "SEGUE_ORCHESTRATOR_MAX_PARALLEL_SEGMENTS", "Most segments that a song may be cut into.", 1, 1000)
            .orElse(Integer.toString(Limits.DEFAULT.maxParallelSegments()));
    private static final Setting<Duration> LOST_AFTER = Setting.duration(
                    "SEGUE_ORCHESTRATOR_LOST_AFTER",
                    "How long a worker that began a task may be silent before the task is given out again.",
                    Duration.ofSeconds(1),
                    Duration.ofHours(24))
            .orElse("3m");
    private static final Setting<Duration> UNCLAIMED_AFTER = Setting.duration(
                    "SEGUE_ORCHESTRATOR_UNCLAIMED_AFTER",
                    "How long a task may lie while later ones are taken before it is given out again.",
                    Duration.ofSeconds(1),
                    Duration.ofHours(24))
            .orElse("1h");
    private static final Setting<Duration> RETRY_AFTER = Setting.duration(
                    "SEGUE_ORCHESTRATOR_RETRY_AFTER",
                    "How long failed work waits for its second try; five times as long for the third.",
                    Duration.ZERO,
                    Duration.ofHours(1))
            .orElse("2s");
    private static final Setting<Duration> KEEP_ENDED = Setting.duration(
                    "SEGUE_ORCHESTRATOR_KEEP_ENDED",
                    "How long ids of ended songs are remembered.",
                    Duration.ofMinutes(1),
                    Duration.ofDays(3650))
            .orElse("720h");
    private static final Setting<Duration> TASK_SECONDS = Setting.duration(
                    "SEGUE_ORCHESTRATOR_TASK_SECONDS",
                    "How long a worker should be at one task: windows that take less go out several at once; 0s for one"
                            + " window a task.",
                    Duration.ZERO,
                    Duration.ofMinutes(1))
            .orElse("4s");
    private static final Setting<Choice> SETUP = Setting.choice(
                    "SEGUE_ORCHESTRATOR_SETUP",
                    "Whether topics, schemas and settings of groups that are missing are made at the start.",
                    Choice.class)
            .orElse("yes");
    private static final Setting<Integer> REPLICAS = Setting.wholeNumber(
                    "SEGUE_ORCHESTRATOR_REPLICAS",
                    "Copies of each topic that is made; 0 for what the cluster does.",
                    0,
                    100)
            .orElse("0");
    private static final Setting<Integer> STANDBYS = Setting.wholeNumber(
                    "SEGUE_ORCHESTRATOR_STANDBYS",
                    "How many further orchestrators keep a copy of the state, to go on at once.",
                    0,
                    10)
            .orElse("0");
    /** All of them. */
    public static final List<Setting<?>> SETTINGS = Stream.concat(
                    Stream.<Setting<?>>of(
                            BOOTSTRAP_SERVERS,
                            REGISTRY_URL,
                            TOPIC_PREFIX,
                            APPLICATION,
                            SONGS_IN_FLIGHT,
                            MAX_SECONDS,
                            MAX_LYRICS,
                            MAX_SEGMENTS,
                            LOST_AFTER,
                            UNCLAIMED_AFTER,
                            RETRY_AFTER,
                            KEEP_ENDED,
                            TASK_SECONDS,
                            SETUP,
                            REPLICAS,
                            STANDBYS),
                    WebhookConfig.SETTINGS.stream())
            .toList();

    public OrchestratorConfig {
        Objects.requireNonNull(bootstrapServers, "bootstrapServers is null");
        Objects.requireNonNull(registry, "registry is null");
        Objects.requireNonNull(topics, "topics is null");
        Objects.requireNonNull(groups, "groups is null");
        Objects.requireNonNull(applicationId, "applicationId is null");
        Objects.requireNonNull(flow, "flow is null");
        Objects.requireNonNull(webhooks, "webhooks is null");
        kafka = Map.copyOf(kafka);
    }

    /** Settings of Kafka's clients, with where the cluster is. */
    Map<String, Object> clients() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return settings;
    }

    /**
     * What settings say.
     *
     * @throws dev.segue.contracts.settings.InvalidSettingException if one is missing or cannot be
     */
    public static OrchestratorConfig from(Settings settings) {
        String prefix = settings.get(TOPIC_PREFIX);
        WebhookConfig webhooks = WebhookConfig.from(settings);
        Limits limits = new Limits(
                settings.get(MAX_SECONDS),
                settings.get(MAX_LYRICS),
                Limits.DEFAULT.maxName(),
                Limits.DEFAULT.maxGenres(),
                settings.get(MAX_SEGMENTS),
                webhooks.rules());
        FlowSettings flow = new FlowSettings(
                limits,
                settings.get(SONGS_IN_FLIGHT),
                settings.get(LOST_AFTER),
                settings.get(UNCLAIMED_AFTER),
                settings.get(RETRY_AFTER),
                settings.get(KEEP_ENDED),
                settings.get(TASK_SECONDS),
                FlowSettings.DEFAULT.registryPatience());
        return new OrchestratorConfig(
                settings.get(BOOTSTRAP_SERVERS),
                new SchemaRegistry(settings.get(REGISTRY_URL), settings.below(REGISTRY)),
                new Topics(prefix),
                new ShareGroups(prefix),
                prefix + settings.get(APPLICATION),
                flow,
                settings.get(SETUP) == Choice.YES,
                settings.get(REPLICAS),
                settings.get(STANDBYS),
                webhooks,
                settings.below(KAFKA));
    }

    /** Without the values of further settings, which may be secrets. */
    @Override
    public String toString() {
        return "OrchestratorConfig[bootstrapServers=" + bootstrapServers + ", registry=" + registry.url() + ", prefix="
                + topics.prefix() + ", applicationId=" + applicationId + ", taskLock=" + groups.lock() + ", flow="
                + flow + ", setsUp=" + setsUp + ", replicas=" + replicas + ", standbys=" + standbys + ", webhooks="
                + webhooks
                + ", kafka="
                + kafka.keySet() + ", registryClient="
                + registry.settings().keySet() + "]";
    }
}
