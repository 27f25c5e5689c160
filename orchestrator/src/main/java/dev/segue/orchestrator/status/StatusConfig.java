package dev.segue.orchestrator.status;

import dev.segue.contracts.settings.Setting;
import dev.segue.contracts.settings.Settings;
import dev.segue.contracts.store.S3Access;
import dev.segue.telemetry.http.HttpSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How an orchestrator's HTTP is configured. Immutable.
 *
 * @param host to listen on
 * @param port 0 for any free one
 * @param token that writers have; empty if nobody may write
 * @param keptEnded how many songs that ended are kept
 * @param store where songs lie
 * @param bucket of that store
 */
public record StatusConfig(
        String host, int port, Optional<String> token, int keptEnded, S3Access store, String bucket) {
    /** {@link #host}. */
    public static final Setting<String> HOST = HttpSettings.HOST;

    /** {@link #port}. */
    public static final Setting<Integer> PORT = HttpSettings.PORT.orElse("8080");

    /** {@link #token}. */
    public static final Setting<Optional<String>> TOKEN = Setting.optionalText(
                    "SEGUE_HTTP_TOKEN",
                    "What whoever asks for songs over HTTP, gives them up or reads dead letters must know; if empty,"
                            + " nobody may.")
            .secret();

    /** {@link #keptEnded}. */
    public static final Setting<Integer> KEPT_ENDED = Setting.wholeNumber(
                    "SEGUE_HTTP_ENDED_SONGS", "How many songs that ended are listed over HTTP.", 1, 100_000)
            .orElse("2000");

    /** All of them. */
    public static final List<Setting<?>> SETTINGS = Stream.concat(
                    Stream.<Setting<?>>of(HOST, PORT, TOKEN, KEPT_ENDED), S3Access.SETTINGS.stream())
            .toList();

    public StatusConfig {
        Objects.requireNonNull(host, "host is null");
        Objects.requireNonNull(token, "token is null");
        Objects.requireNonNull(store, "store is null");
        Objects.requireNonNull(bucket, "bucket is null");
    }

    /**
     * What settings say.
     *
     * @throws dev.segue.contracts.settings.InvalidSettingException if one cannot be
     */
    public static StatusConfig from(Settings settings) {
        return new StatusConfig(
                settings.get(HOST),
                settings.get(PORT),
                settings.get(TOKEN),
                settings.get(KEPT_ENDED),
                S3Access.from(settings),
                settings.get(S3Access.BUCKET));
    }

    /** Where other machines reach it, host:port; empty if the port is any. */
    public Optional<String> endpoint() throws UnknownHostException {
        if (port == 0) {
            return Optional.empty();
        }
        InetAddress address = InetAddress.getByName(host);
        String reached =
                address.isAnyLocalAddress() ? InetAddress.getLocalHost().getHostAddress() : host;
        return Optional.of((reached.contains(":") ? "[" + reached + "]" : reached) + ":" + port);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "StatusConfig[host=" + host + ", port=" + port + ", token=" + (token.isPresent() ? "***" : "none")
                + ", keptEnded=" + keptEnded + ", store=" + store + ", bucket=" + bucket + "]";
    }
}
