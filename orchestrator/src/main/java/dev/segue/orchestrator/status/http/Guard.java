package dev.segue.orchestrator.status.http;

import dev.segue.orchestrator.status.document.ProblemDocument;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who may do what, and what browsers are told. A server of this machine alone answers to its own names only: otherwise a
 * page of anybody could have a browser ask it under a name that leads here.
 */
final class Guard {
    /** Sounds may be played from memory, pictures be part of a style; all else comes from here. */
    static final String POLICY = "default-src 'self'; img-src 'self' data:; media-src 'self' blob:; object-src 'none';"
            + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final String BEARER = "Bearer ";

    private final Optional<Set<String>> names;
    private final Optional<byte[]> token;

    /**
     * A guard.
     *
     * @param host that the server listens on
     * @param token that writers have; empty if nobody may write
     */
    Guard(String host, Optional<String> token) {
        this.names = isLoopback(host)
                ? Optional.of(Stream.of("localhost", "127.0.0.1", "[::1]", host.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet()))
                : Optional.empty();
        this.token = token.map(Guard::digest);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    void register(RoutesConfig routes) {
        routes.before(context -> {
            context.header("Content-Security-Policy", POLICY)
                    .header("X-Content-Type-Options", "nosniff")
                    .header("Referrer-Policy", "no-referrer")
                    .header("Cross-Origin-Resource-Policy", "same-origin");
            requireHost(context);
        });
    }

    private void requireHost(Context context) {
        String host = Optional.ofNullable(context.header("Host")).orElse("");
        String name = host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
        if (names.isPresent() && !names.get().contains(name)) {
            throw HttpProblem.of(
                    HttpStatus.FORBIDDEN,
                    "Host",
                    name.isEmpty() ? "missing" : name,
                    "must be localhost, since this server is of its own machine alone",
                    "ask under that name, or let SEGUE_HTTP_HOST be an address that others reach");
        }
    }

    /** Lets pass who has the token; as long for a wrong one that is nearly right as for any other. */
    void requireToken(Context context) {
        String given = Optional.ofNullable(context.header("Authorization")).orElse("");
        boolean bearer = given.regionMatches(true, 0, BEARER, 0, BEARER.length());
        byte[] digest = digest(bearer ? given.substring(BEARER.length()).strip() : "");
        if (token.isEmpty()) {
            throw HttpProblem.of(
                    HttpStatus.UNAUTHORIZED,
                    ProblemDocument.of(
                            "Authorization",
                            "of no use",
                            "this server has no token, so that nobody may do this",
                            "start it with SEGUE_HTTP_TOKEN"),
                    null);
        }
        if (!MessageDigest.isEqual(digest, token.get()) || !bearer) {
            throw HttpProblem.of(
                    HttpStatus.UNAUTHORIZED,
                    "Authorization",
                    bearer ? "not the right one" : "missing",
                    "must be Bearer and the server's token",
                    "take the token that segue serve prints, or the one in SEGUE_HTTP_TOKEN");
        }
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
