package dev.segue.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Ports of 127.0.0.1 for the servers, each 0 for any free one.
 *
 * @param kafka for clients of the broker
 * @param registry for HTTP clients of the registry
 * @param s3 for HTTP clients of the S3 server
 */
public record Ports(int kafka, int registry, int s3) {
    /** Where servers of one machine listen. */
    public static final String HOST = "127.0.0.1";

    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int HIGHEST = 65_535;
    private static final int ATTEMPTS = 5;

    public Ports {
        for (int port : new int[] {kafka, registry, s3}) {
            requirePort(port);
        }
    }

    /** Any free port for each. */
    public static Ports free() {
        return new Ports(0, 0, 0);
    }

    /** Starts one server on a port. */
    @FunctionalInterface
    interface Starter<T> {
        T start(int port) throws EmbeddedException, InterruptedException;
    }

    /**
     * Starts a server on the port; for 0 on a free one, and on another when somebody takes that in between.
     *
     * @throws EmbeddedException.PortTaken when the given port is taken
     */
    static <T> T start(String server, int port, Starter<T> starter) throws EmbeddedException, InterruptedException {
        requirePort(port);
        for (int attempt = 1; ; attempt++) {
            int chosen = port == 0 ? anyFree(server) : port;
            if (port != 0) {
                requireFree(server, chosen);
            }
            try {
                return starter.start(chosen);
            } catch (EmbeddedException.NotStarted e) {
                if (isFree(chosen)) {
                    throw e;
                }
                if (port != 0 || attempt == ATTEMPTS) {
                    throw new EmbeddedException.PortTaken(server, chosen, e);
                }
            }
        }
    }

    static int anyFree(String server) throws EmbeddedException {
        try (ServerSocket socket = bound(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new EmbeddedException.NotStarted(server, "no port is free on " + HOST, e);
        }
    }

    private static void requirePort(int port) {
        if (port < 0 || port > HIGHEST) {
            throw new IllegalArgumentException(
                    "port is %d: give 1 to %d, or 0 for any free one".formatted(port, HIGHEST));
        }
    }

    private static void requireFree(String server, int port) throws EmbeddedException {
        try (ServerSocket free = bound(port)) {
            if (!free.isBound()) {
                throw new EmbeddedException.PortTaken(server, port, null);
            }
        } catch (IOException e) {
            throw e instanceof EmbeddedException taken ? taken : new EmbeddedException.PortTaken(server, port, e);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket free = bound(port)) {
            return free.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** Listens on the port of 127.0.0.1, or on any free one for 0. */
    static ServerSocket bound(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            // A server that stopped a moment ago leaves connections that wait; its port is free all the same.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
