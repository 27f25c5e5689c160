package dev.segue.orchestrator.webhook;

import dev.segue.contracts.settings.Setting;
import dev.segue.contracts.settings.Settings;
import dev.segue.orchestrator.callback.AddressGuard;
import dev.segue.orchestrator.callback.CallbackRules;
import dev.segue.orchestrator.callback.Network;
import dev.segue.orchestrator.webhook.delivery.Patience;
import dev.segue.orchestrator.webhook.signature.SigningSecret;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How receivers are told; {@link #SETTINGS} says how this is told. Immutable.
 *
 * <p>Larger than most classes, since it is one declaration per setting.
 *
 * @param secrets what messages are signed with; empty if nobody is told anything
 * @param rules which addresses are called
 * @param progressEvery how long a song's progress is not told again
 * @param limit how long one sending may take
 * @param patience how often a message is sent
 */
public record WebhookConfig(
        List<SigningSecret> secrets, CallbackRules rules, Duration progressEvery, Duration limit, Patience patience) {
    private static final String ANY = "any";
    private static final int HIGHEST_PORT = 65_535;

    private enum Choice {
        YES,
        NO
    }

    private static final Setting<List<SigningSecret>> SECRET = Setting.parsed(
                    "SEGUE_WEBHOOK_SECRET",
                    "What messages to callback addresses are signed with, as Standard Webhooks has it; several while"
                            + " receivers change over. None: requests with a callbackUrl are refused.",
                    "`whsec_` and the base64 of 24 to 64 bytes; several separated by spaces",
                    text -> all(text, " +", SigningSecret::parse))
            .orElse("")
            .secret();
    private static final Setting<Choice> PLAIN_HTTP = Setting.choice(
                    "SEGUE_WEBHOOK_PLAIN_HTTP",
                    "Whether callback addresses may begin with `http://`, which others can read on the way.",
                    Choice.class)
            .orElse("no");
    private static final Setting<List<Integer>> PORTS = Setting.parsed(
                    "SEGUE_WEBHOOK_PORTS",
                    "Ports that callback addresses may name.",
                    "ports separated by commas, or `any`",
                    text -> text.equals(ANY) ? Optional.of(List.of()) : all(text, ",", WebhookConfig::port))
            .orElse("443,80");
    private static final Setting<List<Network>> ALLOWED_NETWORKS = Setting.parsed(
                    "SEGUE_WEBHOOK_ALLOWED_NETWORKS",
                    "Networks that are called although they are not public.",
                    "networks such as 10.1.0.0/16 or fd00:1::/32, separated by commas",
                    text -> all(text, ",", Network::parse))
            .orElse("");
    private static final Setting<Duration> PROGRESS_EVERY = Setting.duration(
                    "SEGUE_WEBHOOK_PROGRESS_EVERY",
                    "How long a song's progress is not told again.",
                    Duration.ZERO,
                    Duration.ofHours(1))
            .orElse("5s");
    private static final Setting<Duration> LIMIT = Setting.duration(
                    "SEGUE_WEBHOOK_TIME_LIMIT",
                    "How long sending a message once may take, answer included.",
                    Duration.ofMillis(100),
                    Duration.ofMinutes(1))
            .orElse("15s");
    private static final Setting<Duration> RETRY_AFTER = Setting.duration(
                    "SEGUE_WEBHOOK_RETRY_AFTER",
                    "The longest wait before a message that did not arrive is sent again; twice as long each time.",
                    Duration.ofMillis(10),
                    Duration.ofHours(1))
            .orElse("2s");
    private static final Setting<Duration> RETRY_EVERY = Setting.duration(
                    "SEGUE_WEBHOOK_RETRY_EVERY",
                    "What that wait grows to; not less than it begins with.",
                    Duration.ofMillis(10),
                    Duration.ofHours(24))
            .orElse("10m");
    private static final Setting<Duration> GIVE_UP_AFTER = Setting.duration(
                    "SEGUE_WEBHOOK_GIVE_UP_AFTER",
                    "How old a message may be that is sent again; then it is a dead letter.",
                    Duration.ZERO,
                    Duration.ofHours(168))
            .orElse("12h");
    /** All of them. */
    public static final List<Setting<?>> SETTINGS = List.of(
            SECRET,
            PLAIN_HTTP,
            PORTS,
            ALLOWED_NETWORKS,
            PROGRESS_EVERY,
            LIMIT,
            RETRY_AFTER,
            RETRY_EVERY,
            GIVE_UP_AFTER);

    public WebhookConfig {
        secrets = List.copyOf(secrets);
        Objects.requireNonNull(rules, "rules is null");
        Objects.requireNonNull(progressEvery, "progressEvery is null");
        Objects.requireNonNull(limit, "limit is null");
        Objects.requireNonNull(patience, "patience is null");
    }

    /**
     * What settings say.
     *
     * @throws dev.segue.contracts.settings.InvalidSettingException if one cannot be
     */
    public static WebhookConfig from(Settings settings) {
        List<SigningSecret> secrets = settings.get(SECRET);
        Duration first = settings.get(RETRY_AFTER);
        Duration longest = settings.get(RETRY_EVERY);
        return new WebhookConfig(
                secrets,
                new CallbackRules(
                        !secrets.isEmpty(),
                        settings.get(PLAIN_HTTP) == Choice.YES,
                        Set.copyOf(settings.get(PORTS)),
                        new AddressGuard(settings.get(ALLOWED_NETWORKS))),
                settings.get(PROGRESS_EVERY),
                settings.get(LIMIT),
                new Patience(first, longest.compareTo(first) < 0 ? first : longest, settings.get(GIVE_UP_AFTER)));
    }

    /** Whether anybody is told anything. */
    public boolean isOn() {
        return !secrets.isEmpty();
    }

    private static Optional<Integer> port(String text) {
        return text.matches("\\d{1,5}")
                ? Optional.of(Integer.valueOf(text)).filter(port -> port >= 1 && port <= HIGHEST_PORT)
                : Optional.empty();
    }

    /** All parts of a text, none of an empty one; empty if one of them is none. */
    private static <T> Optional<List<T>> all(String text, String separator, Function<String, Optional<T>> part) {
        List<Optional<T>> parts = Stream.of(text)
                .filter(whole -> !whole.isEmpty())
                .flatMap(whole -> Arrays.stream(whole.split(separator, -1)))
                .map(each -> part.apply(each.strip()))
                .toList();
        return parts.stream().allMatch(Optional::isPresent)
                ? Optional.of(parts.stream().flatMap(Optional::stream).toList())
                : Optional.empty();
    }
}
