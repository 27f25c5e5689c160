package dev.segue.orchestrator.state;

import dev.segue.contracts.record.LyricsAligned;
import dev.segue.contracts.record.RangeStored;
import dev.segue.contracts.record.SongPrepared;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.record.TimelineEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * Everything that is remembered of songs but their codes. What is written at every step is small and does not grow with
 * the song; everything that there is once per window or range is an entry of its own, written once.
 *
 * <p>Larger than most classes, since it is one short method per kind of entry.
 *
 * <p>Owned by the thread of the orchestrator's task.
 */
public final class SongStore {
    private final BufferedTable table;
    private final StateFormat format;

    /** Reads and writes songs. */
    public SongStore(BufferedTable table, StateFormat format) {
        this.table = Objects.requireNonNull(table, "table is null");
        this.format = Objects.requireNonNull(format, "format is null");
    }

    /** Begins a song. */
    public Song create(SongTicket ticket, SongRequest request) {
        String id = ticket.getSongId();
        table.delete(StateKeys.of(id, StateKeys.ENDED));
        table.put(StateKeys.of(id, StateKeys.TICKET), format.write(ticket));
        table.put(StateKeys.of(id, StateKeys.REQUEST), format.write(request));
        return new Song(ticket, SongPosition.newBuilder().build());
    }

    /** Writes how far a song is, unless that is stored already. */
    public void save(Song song) {
        Bytes key = StateKeys.of(song.id(), StateKeys.POSITION);
        byte[] bytes = format.write(song.position());
        if (!Arrays.equals(bytes, table.get(key))) {
            table.put(key, bytes);
        }
    }

    /** The songs that did not end, by id. */
    public List<String> unfinished() {
        List<String> ids = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = table.stored()) {
            while (entries.hasNext()) {
                Bytes key = entries.next().key;
                String id = StateKeys.songId(key);
                if (StateKeys.kind(key, id) == StateKeys.TICKET) {
                    ids.add(id);
                }
            }
        }
        return ids;
    }

    /** What does not change about a song; empty if there is none that did not end. */
    public Optional<SongTicket> ticket(String songId) {
        return read(SongTicket.class, StateKeys.of(songId, StateKeys.TICKET));
    }

    /** A song of which nothing but its ticket can be read. */
    public Song blank(SongTicket ticket) {
        return new Song(ticket, SongPosition.newBuilder().build());
    }

    /** Reads a song, its plan apart. */
    public Song read(SongTicket ticket) {
        String id = ticket.getSongId();
        Song song = new Song(
                ticket,
                read(SongPosition.class, StateKeys.of(id, StateKeys.POSITION))
                        .orElseGet(() -> SongPosition.newBuilder().build()));
        for (KeyValue<Bytes, byte[]> entry : table.startingWith(StateKeys.of(id, StateKeys.TASK))) {
            song.put(Work.read(StateKeys.rest(entry.key, id)), format.read(OutstandingTask.class, entry.value));
        }
        return song;
    }

    /** Lets a song go on according to its plan. */
    public void resume(Song song, PlannedSong plan) {
        List<Integer> stored = new ArrayList<>();
        for (KeyValue<Bytes, byte[]> entry : table.startingWith(StateKeys.of(song.id(), StateKeys.RANGE))) {
            var place = StateKeys.rest(entry.key, song.id());
            stored.add(plan.ranges()
                    .at(place.get(), place.getInt())
                    .orElseThrow(() -> new IllegalStateException("song " + song.id() + " has a range of no plan"))
                    .number());
        }
        song.resume(plan, stored);
    }

    /** What was asked for. */
    public SongRequest request(String songId) {
        return read(SongRequest.class, StateKeys.of(songId, StateKeys.REQUEST))
                .orElseThrow(() -> new IllegalStateException("song " + songId + " has no request"));
    }

    /** Remembers what preparing a song found out. */
    public void putPrepared(String songId, SongPrepared prepared) {
        table.put(StateKeys.of(songId, StateKeys.PREPARED), format.write(prepared));
    }

    /** What preparing a song found out. */
    public Optional<SongPrepared> prepared(String songId) {
        return read(SongPrepared.class, StateKeys.of(songId, StateKeys.PREPARED));
    }

    /** Remembers when lyrics are sung. */
    public void putAligned(String songId, LyricsAligned aligned) {
        table.put(StateKeys.of(songId, StateKeys.ALIGNED), format.write(aligned));
    }

    /** When lyrics are sung. */
    public Optional<LyricsAligned> aligned(String songId) {
        return read(LyricsAligned.class, StateKeys.of(songId, StateKeys.ALIGNED));
    }

    /** Remembers that work is given out. */
    public void putTask(Song song, Work work, OutstandingTask task) {
        table.put(StateKeys.task(song.id(), work), format.write(task));
        song.put(work, task);
    }

    /** Forgets work that is done or given up. */
    public void removeTask(Song song, Work work) {
        table.delete(StateKeys.task(song.id(), work));
        song.remove(work);
    }

    /** Remembers sound that lies in the store. */
    public void putRange(String songId, RangeStored range) {
        table.put(StateKeys.placed(songId, StateKeys.RANGE, range.getLevel(), range.getStart()), format.write(range));
    }

    /** Sound that lies in the store, by level, the finest first, and then by time. */
    public List<RangeStored> ranges(String songId) {
        return all(RangeStored.class, StateKeys.of(songId, StateKeys.RANGE));
    }

    /** Adds a line to a song's timeline. */
    public void addTimeline(Song song, TimelineEntry line) {
        int number = song.position().getTimeline();
        table.put(StateKeys.numbered(song.id(), StateKeys.TIMELINE, number), format.write(line));
        song.move(
                SongPosition.newBuilder(song.position()).setTimeline(number + 1).build());
    }

    /** A song's timeline, in the order in which results came. */
    public List<TimelineEntry> timeline(String songId) {
        return all(TimelineEntry.class, StateKeys.of(songId, StateKeys.TIMELINE));
    }

    /** Forgets a song but for how it ended. */
    public void end(String songId, EndedSong ended) {
        for (KeyValue<Bytes, byte[]> entry : table.startingWith(StateKeys.song(songId))) {
            table.delete(entry.key);
        }
        table.put(StateKeys.of(songId, StateKeys.ENDED), format.write(ended));
    }

    /** How a song ended; empty if it did not or if that is long ago. */
    public Optional<EndedSong> ended(String songId) {
        return read(EndedSong.class, StateKeys.of(songId, StateKeys.ENDED));
    }

    /** Forgets songs that ended before a time, {@code most} at a time; how many these were. */
    public int forgetEndedBefore(Instant time, int most) {
        List<Bytes> old = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = table.stored()) {
            while (entries.hasNext() && old.size() < most) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                if (StateKeys.kind(entry.key, StateKeys.songId(entry.key)) == StateKeys.ENDED
                        && format.read(EndedSong.class, entry.value)
                                .getEndedAt()
                                .isBefore(time)) {
                    old.add(entry.key);
                }
            }
        }
        old.forEach(table::delete);
        return old.size();
    }

    private <T extends SpecificRecord> Optional<T> read(Class<T> type, Bytes key) {
        return Optional.ofNullable(format.read(type, table.get(key)));
    }

    private <T extends SpecificRecord> List<T> all(Class<T> type, Bytes prefix) {
        return table.startingWith(prefix).stream()
                .map(entry -> format.read(type, entry.value))
                .toList();
    }
}
