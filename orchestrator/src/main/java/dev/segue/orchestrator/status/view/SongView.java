package dev.segue.orchestrator.status.view;

import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.record.SongRequest;
import dev.segue.orchestrator.status.document.SongDocument;
import dev.segue.orchestrator.status.document.SongList;
import dev.segue.orchestrator.status.document.SongRow;
import dev.segue.orchestrator.status.document.SongStatus;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of songs. Of those that ended so many are kept; the ones that ended first are forgotten. Larger than most
 * classes, since one lock holds all of it.
 *
 * <p>Fed by one thread; read by any number, under one lock that nobody holds for longer than a look.
 */
public final class SongView {
    private static final Logger LOG = LoggerFactory.getLogger(SongView.class);

    private final int keptEnded;
    private final Map<String, FollowedSong> songs = new LinkedHashMap<>();
    private final Deque<String> ended = new ArrayDeque<>();
    private final List<SongListener> listeners = new CopyOnWriteArrayList<>();

    /**
     * Nothing yet.
     *
     * @param keptEnded how many songs that ended are kept
     */
    public SongView(int keptEnded) {
        if (keptEnded < 1) {
            throw new IllegalArgumentException("keptEnded is " + keptEnded + ", but must be at least 1; raise it");
        }
        this.keptEnded = keptEnded;
    }

    /** Takes in events in their order, and tells listeners of each song that changed once. */
    public void take(List<SongEvent> events) {
        List<SongDocument> changed = new ArrayList<>();
        synchronized (this) {
            Set<String> ids = new LinkedHashSet<>();
            events.stream().filter(this::take).map(SongEvent::getSongId).forEach(ids::add);
            ids.stream().map(songs::get).forEach(song -> changed.add(song.document()));
            forgetOld();
        }
        changed.forEach(this::tell);
    }

    private boolean take(SongEvent event) {
        FollowedSong song = songs.get(event.getSongId());
        if (song != null && song.isFollowedBy(event)) {
            ended.remove(event.getSongId());
            songs.remove(event.getSongId());
            song = null;
        }
        boolean isNew = song == null;
        if (isNew) {
            song = FollowedSong.of(event);
        }
        boolean changed = song.take(event);
        if (!changed && song.isOnlyExpected()) {
            // It ended long ago, or its id belongs to another one that did: there is nothing to be told of it here.
            songs.remove(event.getSongId());
        }
        if (changed && isNew) {
            songs.put(event.getSongId(), song);
        }
        if (changed && song.status().isEnd()) {
            ended.add(event.getSongId());
        }
        return changed;
    }

    private void forgetOld() {
        while (ended.size() > keptEnded) {
            songs.remove(ended.remove());
        }
    }

    /** Takes note of a request that was just written, so that its song can be looked at before anybody tells of it. */
    public void expect(SongRequest request, Instant at) {
        SongDocument expected;
        synchronized (this) {
            FollowedSong known = songs.get(request.getSongId());
            if (known != null && known.status() != SongStatus.REJECTED) {
                return;
            }
            ended.remove(request.getSongId());
            songs.remove(request.getSongId());
            FollowedSong song = FollowedSong.expected(request, at);
            songs.put(request.getSongId(), song);
            expected = song.document();
        }
        tell(expected);
    }

    private void tell(SongDocument song) {
        for (SongListener listener : listeners) {
            try {
                listener.changed(song);
            } catch (RuntimeException e) {
                LOG.warn("event=listener_failed song={} reason=\"{}\"", song.id(), e.toString());
            }
        }
    }

    /** Everything that is known of a song; empty if nothing is. */
    public synchronized Optional<SongDocument> find(String id) {
        return Optional.ofNullable(songs.get(id)).map(FollowedSong::document);
    }

    /** What tells the request of a song from others; empty if the id is free, or nobody said what was asked for. */
    public synchronized Optional<String> requestDigest(String id) {
        return Optional.ofNullable(songs.get(id))
                .filter(song -> song.status() != SongStatus.REJECTED)
                .flatMap(FollowedSong::requestDigest);
    }

    /**
     * Some songs, the last one that was asked for first.
     *
     * @param state those in it alone; empty for all
     * @param after those behind that song; empty for the first ones
     * @param limit at most so many
     * @throws IllegalArgumentException if there is no song {@code after}
     */
    public synchronized SongList list(Optional<SongStatus> state, Optional<String> after, int limit) {
        if (after.isPresent() && !songs.containsKey(after.get())) {
            throw new IllegalArgumentException("no song " + after.get() + " is known, or it was forgotten");
        }
        List<String> ids = new ArrayList<>(songs.keySet());
        Collections.reverse(ids);
        int from = after.map(id -> ids.indexOf(id) + 1).orElse(0);
        List<SongDocument> found = new ArrayList<>();
        int total = 0;
        for (int at = 0; at < ids.size(); at++) {
            FollowedSong song = songs.get(ids.get(at));
            if (state.isEmpty() || song.status() == state.get()) {
                total++;
                if (at >= from && found.size() <= limit) {
                    found.add(song.document());
                }
            }
        }
        boolean more = found.size() > limit;
        List<SongDocument> page = more ? found.subList(0, limit) : found;
        return new SongList(
                page.stream().map(SongRow::new).toList(),
                total,
                more ? Optional.of(page.get(page.size() - 1).id()) : Optional.empty());
    }

    /** Tells a listener of what changes from now on. */
    public void listen(SongListener listener) {
        listeners.add(listener);
    }

    /** Tells it no more. */
    public void forget(SongListener listener) {
        listeners.remove(listener);
    }
}
