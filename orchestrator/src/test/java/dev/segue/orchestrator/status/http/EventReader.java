package dev.segue.orchestrator.status.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads server-sent events from a socket, when the test says so and not before.
 *
 * <p>Owned by the test's thread.
 */
public final class EventReader implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket = new Socket();
    private final BufferedReader in;
    private final String status;

    /**
     * Asks for events and reads the head of the answer.
     *
     * @param headers further lines, each ended by CR LF
     */
    public EventReader(int port, String path, String headers) throws IOException {
        // Little fits into it, so that who does not read is soon noticed.
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new java.net.InetSocketAddress("127.0.0.1", port));
        String request = "GET " + path + " HTTP/1.0\r\nHost: 127.0.0.1:" + port + "\r\n" + headers + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1024);
        status = in.readLine();
        String line = in.readLine();
        while (line != null && !line.isEmpty()) {
            line = in.readLine();
        }
    }

    /** The first line of the answer. */
    public String status() {
        return status;
    }

    /** One event. */
    public record Event(String name, String id, String data) {}

    /** The next event, waiting for it; empty at the end. */
    public Optional<Event> next() throws IOException {
        String name = "";
        String id = "";
        String data = "";
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isEmpty() && !data.isEmpty()) {
                return Optional.of(new Event(name, id, data));
            }
            name = line.startsWith("event: ") ? line.substring(7) : name;
            id = line.startsWith("id: ") ? line.substring(4) : id;
            data = line.startsWith("data: ") ? line.substring(6) : data;
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
