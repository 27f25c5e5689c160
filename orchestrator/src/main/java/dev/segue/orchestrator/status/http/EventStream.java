package dev.segue.orchestrator.status.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Server-sent events to one reader, written as fast as it reads and by nobody who would have to wait for it. Of what is
 * told while it does not read, the latest of each thing is kept.
 *
 * <p>Safe for any number of threads.
 */
final class EventStream implements WriteListener {
    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final ServletOutputStream out;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Map<String, byte[]> pending = new LinkedHashMap<>();
    private boolean open;
    private boolean unflushed;
    private boolean ending;

    private EventStream(ServletOutputStream out) {
        this.out = out;
    }

    /** Begins to write to a reader who waits for an answer. */
    static EventStream start(ServletOutputStream out) {
        EventStream stream = new EventStream(out);
        out.setWriteListener(stream);
        return stream;
    }

    /** Completed when nothing is written any more: all was said, or nobody listens. */
    CompletableFuture<Void> done() {
        return done;
    }

    /** How an event looks on its way; its id is left out if null. */
    static byte[] event(String name, Long id, byte[] json) {
        String head = "event: " + name + "\n" + (id == null ? "" : "id: " + id + "\n") + "data: ";
        return (head + new String(json, StandardCharsets.UTF_8) + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Tells something, instead of what was to be told of the same thing. */
    synchronized void tell(String thing, byte[] event) {
        if (!ending && !done.isDone()) {
            pending.remove(thing);
            pending.put(thing, event);
            write();
        }
    }

    /** Shows that the line is open, where nothing else does. */
    synchronized void beat() {
        if (pending.isEmpty()) {
            tell("", HEARTBEAT);
        }
    }

    /** Ends when everything is told. */
    synchronized void end() {
        ending = true;
        write();
    }

    @Override
    public synchronized void onWritePossible() {
        open = true;
        write();
    }

    /** Stops at the first write that the reader is not ready for; the server then calls again. */
    private void write() {
        try {
            while (open && !done.isDone() && (unflushed || ending || !pending.isEmpty()) && out.isReady()) {
                if (!pending.isEmpty()) {
                    Iterator<byte[]> events = pending.values().iterator();
                    byte[] event = events.next();
                    events.remove();
                    unflushed = true;
                    out.write(event);
                } else if (unflushed) {
                    unflushed = false;
                    out.flush();
                } else {
                    done.complete(null);
                }
            }
        } catch (IOException | RuntimeException e) {
            onError(e);
        }
    }

    /** The reader is gone, or has not read for so long that the server gave up. */
    @Override
    public synchronized void onError(Throwable failure) {
        pending.clear();
        done.complete(null);
    }
}
