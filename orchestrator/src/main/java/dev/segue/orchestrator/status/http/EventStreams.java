package dev.segue.orchestrator.status.http;

import dev.segue.orchestrator.status.document.SongDocument;
import dev.segue.orchestrator.status.document.SongRow;
import dev.segue.orchestrator.status.openapi.Route;
import dev.segue.orchestrator.status.view.SongListener;
import dev.segue.orchestrator.status.view.SongView;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Everybody who follows songs. Who follows one hears of each of its states; who follows all of them hears of a song at most
 * four times a second. Who does not keep up hears of the latest state only. Larger than most classes, since both kinds of
 * followers are told by the same changes.
 *
 * <p>Told by the thread that reads events; a thread of its own tells of lists and shows that lines are open.
 */
final class EventStreams implements SongListener, AutoCloseable {
    private static final int MOST = 1000;
    private static final long TICK_MILLIS = 250;
    private static final long BEAT_SECONDS = 10;
    private static final String NAME = "song";
    private static final byte[] BEGINNING = "retry: 1000\n\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    private final SongView songs;
    private final Map<String, Set<EventStream>> ofSongs = new ConcurrentHashMap<>();
    private final Set<EventStream> ofLists = ConcurrentHashMap.newKeySet();
    private final Set<EventStream> all = ConcurrentHashMap.newKeySet();
    private final Map<String, SongDocument> changed = new LinkedHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "event-streams");
        thread.setDaemon(true);
        return thread;
    });

    EventStreams(SongView songs) {
        this.songs = songs;
        songs.listen(this);
        clock.scheduleWithFixedDelay(this::tellLists, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        clock.scheduleWithFixedDelay(
                () -> all.forEach(EventStream::beat), BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void changed(SongDocument song) {
        Set<EventStream> followers = ofSongs.getOrDefault(song.id(), Set.of());
        if (!followers.isEmpty()) {
            byte[] event = event(song);
            followers.forEach(follower -> tell(follower, song, event));
        }
        if (!ofLists.isEmpty()) {
            synchronized (changed) {
                changed.put(song.id(), song);
            }
        }
    }

    private static byte[] event(SongDocument song) {
        return EventStream.event(NAME, song.sequence(), Json.bytes(song));
    }

    private static void tell(EventStream follower, SongDocument song, byte[] event) {
        follower.tell(song.id(), event);
        if (song.state().isEnd()) {
            follower.end();
        }
    }

    private void tellLists() {
        List<SongDocument> latest;
        synchronized (changed) {
            latest = List.copyOf(changed.values());
            changed.clear();
        }
        for (SongDocument song : latest) {
            byte[] event = EventStream.event(NAME, null, Json.bytes(new SongRow(song)));
            ofLists.forEach(follower -> follower.tell(song.id(), event));
        }
    }

    /** Follows a song to its end, from its present state on. */
    void follow(Context context, String id) {
        SongDocument now = Songs.require(songs, id);
        if (now.state().isEnd() && Long.toString(now.sequence()).equals(context.header("Last-Event-ID"))) {
            // Who has heard of the end must not ask again.
            context.status(HttpStatus.NO_CONTENT);
            return;
        }
        Set<EventStream> followers = ofSongs.computeIfAbsent(id, unused -> ConcurrentHashMap.newKeySet());
        start(
                context,
                followers,
                () -> ofSongs.computeIfPresent(id, (key, left) -> left.isEmpty() ? null : left),
                stream -> {
                    // Looked at anew: it may have changed before anybody listened.
                    Optional<SongDocument> first = songs.find(id);
                    first.ifPresent(song -> tell(stream, song, event(song)));
                    if (first.isEmpty()) {
                        stream.end();
                    }
                });
    }

    /** Follows all songs from now on. */
    void followAll(Context context) {
        start(context, ofLists, () -> {}, stream -> {});
    }

    private void start(Context context, Set<EventStream> followers, Runnable left, Consumer<EventStream> begin) {
        if (all.size() >= MOST) {
            throw HttpProblem.of(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "the number of open event streams",
                    Integer.toString(all.size()),
                    "must be at most " + MOST,
                    "close some, or ask again later");
        }
        context.disableCompression()
                .contentType(Route.EVENTS)
                .header("Cache-Control", "no-store")
                .header("X-Accel-Buffering", "no");
        context.future(() -> {
            EventStream stream;
            try {
                stream = EventStream.start(context.res().getOutputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            all.add(stream);
            followers.add(stream);
            stream.tell("beginning", BEGINNING);
            begin.accept(stream);
            return stream.done().whenComplete((nothing, failure) -> {
                all.remove(stream);
                followers.remove(stream);
                left.run();
            });
        });
    }

    /** Ends all of them; who follows asks again elsewhere. */
    @Override
    public void close() {
        songs.forget(this);
        clock.shutdownNow();
        all.forEach(EventStream::end);
    }
}
