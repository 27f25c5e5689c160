package dev.segue.orchestrator.callback;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which callback addresses an installation takes.
 *
 * @param offered whether it tells anybody anything
 * @param plainHttp whether {@code http} will do, which everybody on the way can read
 * @param ports that may be called; empty for all
 * @param guard which addresses may be reached
 */
public record CallbackRules(boolean offered, boolean plainHttp, Set<Integer> ports, AddressGuard guard) {
    /** An installation that tells nobody. */
    public static final CallbackRules NONE =
            new CallbackRules(false, false, Set.of(443, 80), new AddressGuard(List.of()));

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final Pattern LITERAL = Pattern.compile("\\[.*]|[0-9.]+");

    /** What is wrong with an address: the limit, and what to do about it. */
    public record Problem(String limit, String fix) {}

    public CallbackRules {
        ports = Set.copyOf(ports);
        Objects.requireNonNull(guard, "guard is null");
    }

    /** The port that an address means. */
    public static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return isHttps(address) ? HTTPS_PORT : HTTP_PORT;
    }

    /** What is wrong with an address, as far as it can be seen without asking for its name; empty if nothing is. */
    public Optional<Problem> problem(String text) {
        try {
            URI address = new URI(text);
            if (isHttps(address) || "http".equalsIgnoreCase(address.getScheme())) {
                return address.getHost() == null ? noAddress() : problem(address);
            }
            return noAddress();
        } catch (URISyntaxException e) {
            return noAddress();
        }
    }

    private static Optional<Problem> noAddress() {
        return problem("must be an absolute address of http or https with a host", "correct it, or set none");
    }

    private Optional<Problem> problem(URI address) {
        if (!offered) {
            return problem(
                    "no callbacks are offered here",
                    "leave it out and read the song's events, or have SEGUE_WEBHOOK_SECRET set");
        }
        if (!plainHttp && !isHttps(address)) {
            return problem(
                    "must begin with https://, since others could read along",
                    "use https, or have SEGUE_WEBHOOK_PLAIN_HTTP set to yes");
        }
        int port = port(address);
        if (!ports.isEmpty() && !ports.contains(port)) {
            return problem(
                    "names port " + port + ", but only " + new TreeSet<>(ports) + " may be called",
                    "use another port, or have it added to SEGUE_WEBHOOK_PORTS");
        }
        return literal(address.getHost())
                .flatMap(guard::refusal)
                .flatMap(reason -> problem(
                        "must not be an address of " + reason,
                        "name a receiver that can be reached publicly, or have its network added to"
                                + " SEGUE_WEBHOOK_ALLOWED_NETWORKS"));
    }

    /** The address that a host's name is already; empty for a real name. */
    private static Optional<InetAddress> literal(String host) {
        if (!LITERAL.matcher(host).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static boolean isHttps(URI address) {
        return "https".equalsIgnoreCase(address.getScheme());
    }

    private static Optional<Problem> problem(String limit, String fix) {
        return Optional.of(new Problem(limit, fix));
    }
}
