package dev.segue.orchestrator.status.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An object store that fails as stores do: it does not answer, breaks off, or has more to say than anybody listens to. Every
 * object is there and holds the same byte again and again.
 *
 * <p>Safe for any number of threads; each connection has one.
 */
final class FaultyStore implements AutoCloseable {
    /** What it does when it is asked for an object. */
    enum Mood {
        ANSWERS,
        HANGS,
        BREAKS_OFF_EARLY,
        BREAKS_OFF_LATE,
        TALKS_ON
    }

    private static final int SHORT = 1000;
    private static final long LONG = 1L << 32;

    private final ServerSocket socket = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Mood mood = Mood.ANSWERS;

    FaultyStore() throws IOException {
        spawn(this::accept);
    }

    private static void spawn(Runnable task) {
        Thread thread = new Thread(task, "faulty-store");
        thread.setDaemon(true);
        thread.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    void become(Mood next) {
        mood = next;
    }

    /** How many wait for an answer or have not heard all of it. */
    int held() {
        return open.size();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                spawn(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
            while (true) {
                String line = in.readLine();
                if (line == null) {
                    return;
                }
                if (line.isEmpty()) {
                    open.add(connection);
                    answer(connection, in);
                    open.remove(connection);
                }
            }
        } catch (IOException e) {
            // Who asked is gone.
        } finally {
            open.remove(connection);
        }
    }

    private void answer(Socket connection, BufferedReader in) throws IOException {
        OutputStream out = connection.getOutputStream();
        switch (mood) {
            case ANSWERS -> {
                out.write(head(SHORT));
                out.write(new byte[SHORT]);
            }
            case HANGS -> in.readLine();
            case BREAKS_OFF_EARLY -> breakOff(connection, SHORT);
            case BREAKS_OFF_LATE -> breakOff(connection, 500 * SHORT);
            case TALKS_ON -> {
                out.write(head(LONG));
                for (long sent = 0; sent < LONG; sent += SHORT) {
                    out.write(new byte[SHORT]);
                }
            }
        }
    }

    private static void breakOff(Socket connection, int sent) throws IOException {
        OutputStream out = connection.getOutputStream();
        out.write(head(2L * sent));
        out.write(new byte[sent]);
        connection.close();
    }

    private static byte[] head(long length) {
        return ("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nETag: \"some\"\r\nContent-Length: "
                        + length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket connection : open) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
