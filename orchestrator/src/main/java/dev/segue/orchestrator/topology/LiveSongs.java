package dev.segue.orchestrator.topology;

import dev.segue.orchestrator.plan.Admission;
import dev.segue.orchestrator.plan.Pace;
import dev.segue.orchestrator.state.Catalogue;
import dev.segue.orchestrator.state.PlannedSong;
import dev.segue.orchestrator.state.Song;
import dev.segue.orchestrator.state.SongStore;
import dev.segue.orchestrator.state.SongTicket;
import dev.segue.orchestrator.state.Stage;
import dev.segue.orchestrator.state.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The songs that did not end and the queue they wait in: what the stores say, at hand. It is read from them when the task
 * starts and whenever a step failed.
 *
 * <p>Owned by the thread of the orchestrator's task.
 */
final class LiveSongs {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSongs.class);

    private final SongStore store;
    private final Catalogue models;
    private final int songsInFlight;
    private final Map<String, Song> songs = new TreeMap<>();
    private Admission admission;
    private final List<Broken> broken = new ArrayList<>();
    private Pace pace = Pace.unknown();

    /** A song that cannot go on from what is stored. */
    record Broken(Song song, RuntimeException reason) {}

    LiveSongs(SongStore store, Catalogue models, int songsInFlight) {
        this.store = Objects.requireNonNull(store, "store is null");
        this.models = Objects.requireNonNull(models, "models is null");
        this.songsInFlight = songsInFlight;
        this.admission = new Admission(songsInFlight);
    }

    /** Reads all songs. */
    void reload() {
        songs.clear();
        broken.clear();
        admission = new Admission(songsInFlight);
        for (String id : store.unfinished()) {
            ticket(id).ifPresent(this::read);
        }
    }

    /** A song whose ticket is unreadable is nobody's: nothing can be said of it, and its id is free. */
    private Optional<SongTicket> ticket(String songId) {
        try {
            return store.ticket(songId);
        } catch (RuntimeException e) {
            LOG.error("event=song_lost song={}", songId, e);
            return Optional.empty();
        }
    }

    private void read(SongTicket ticket) {
        Song song = store.blank(ticket);
        try {
            song = store.read(ticket);
            resume(song);
        } catch (RuntimeException e) {
            broken.add(new Broken(song, e));
        }
        songs.put(song.id(), song);
    }

    /** Songs that cannot go on from what is stored. */
    List<Broken> broken() {
        return List.copyOf(broken);
    }

    private void resume(Song song) {
        if (song.stage() == Stage.PREPARING) {
            return;
        }
        SongTicket ticket = song.ticket();
        PlannedSong plan = PlannedSong.of(
                store.request(song.id()),
                models.card(ticket.getModelDigest()),
                ticket.getModelDigest(),
                song.position().getPromptCodes());
        store.resume(song, plan);
        if (song.stage() == Stage.QUEUED) {
            enqueue(song);
        } else {
            admission.resume(song.id(), ticket.getTenant());
        }
    }

    void add(Song song) {
        songs.put(song.id(), song);
    }

    /** Lets a song wait for its turn. */
    void enqueue(Song song) {
        admission.enqueue(new Admission.Waiting(
                song.id(),
                song.ticket().getTenant(),
                song.ticket().getPriority(),
                song.position().getAcceptedAt().toEpochMilli()));
    }

    void remove(Song song) {
        songs.remove(song.id());
        broken.removeIf(other -> other.song() == song);
        admission.remove(song.id());
    }

    Optional<Song> find(String songId) {
        return Optional.ofNullable(songs.get(songId));
    }

    /** All of them, by id; stays as it is while songs come and go. */
    List<Song> all() {
        return List.copyOf(songs.values());
    }

    Admission admission() {
        return admission;
    }

    /** How fast windows are made. */
    Pace pace() {
        return pace;
    }

    void pace(Pace next) {
        pace = next;
    }

    /** Windows of a model's level that are given out, of all songs. */
    int inFlight(String modelDigest, int level) {
        return Math.toIntExact(songs.values().stream()
                .filter(song -> song.ticket().getModelDigest().equals(modelDigest))
                .flatMap(song -> song.tasks().keySet().stream())
                .filter(work -> work.kind() == Work.Kind.SAMPLE && work.level() == level)
                .count());
    }
}
