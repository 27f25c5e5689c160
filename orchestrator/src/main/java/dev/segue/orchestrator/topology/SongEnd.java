package dev.segue.orchestrator.topology;

import dev.segue.contracts.record.RequestProblem;
import dev.segue.contracts.record.SongComposed;
import dev.segue.contracts.record.SongFailed;
import dev.segue.contracts.record.StopReason;
import dev.segue.contracts.record.StoppedSong;
import dev.segue.contracts.topic.Topics;
import dev.segue.orchestrator.plan.Retry;
import dev.segue.orchestrator.state.CodeStore;
import dev.segue.orchestrator.state.End;
import dev.segue.orchestrator.state.EndedSong;
import dev.segue.orchestrator.state.PlannedSong;
import dev.segue.orchestrator.state.Song;
import dev.segue.orchestrator.state.SongStore;
import java.time.Instant;
import java.util.Objects;

/**
 * The ends of songs. Each tells one terminal event and, where workers may still have tasks, that they are to be dropped;
 * then everything about the song is forgotten but that it was. A song ends once, since whoever ends it must find it among
 * the live ones.
 *
 * <p>Owned by the thread of the orchestrator's task.
 */
final class SongEnd {
    private final Turn turn;
    private final Topics topics;
    private final SongStore songs;
    private final CodeStore codes;
    private final LiveSongs live;
    private final EventLog events;

    SongEnd(Turn turn, Topics topics, SongStore songs, CodeStore codes, LiveSongs live, EventLog events) {
        this.turn = Objects.requireNonNull(turn, "turn is null");
        this.topics = Objects.requireNonNull(topics, "topics is null");
        this.songs = Objects.requireNonNull(songs, "songs is null");
        this.codes = Objects.requireNonNull(codes, "codes is null");
        this.live = Objects.requireNonNull(live, "live is null");
        this.events = Objects.requireNonNull(events, "events is null");
    }

    /** The song is finished. */
    void completed(Song song, SongComposed composed, Instant now) {
        events.completed(song, composed, now);
        forget(song, End.COMPLETED, now);
    }

    /** The song cannot be made. */
    void failed(Song song, SongFailed failed, Instant now) {
        events.failed(song, failed, now);
        stop(song, StopReason.FAILED, now);
        forget(song, End.FAILED, now);
    }

    /** Nobody wants the song any longer. */
    void cancelled(Song song, String reason, Instant now) {
        events.cancelled(song, reason, now);
        stop(song, StopReason.CANCELLED, now);
        forget(song, End.CANCELLED, now);
    }

    /** The song's time is over. */
    void expired(Song song, Instant now) {
        events.expired(song, now);
        stop(song, StopReason.EXPIRED, now);
        forget(song, End.EXPIRED, now);
    }

    /** The request cannot be served after all; its id is free again. */
    void rejected(Song song, RequestProblem problem, Instant now) {
        events.rejected(song, problem, now);
        forget(song, End.REJECTED, now);
    }

    private void stop(Song song, StopReason reason, Instant now) {
        StoppedSong stopped = StoppedSong.newBuilder()
                .setSongId(song.id())
                .setReason(reason)
                .setStoppedAt(now)
                .build();
        turn.send(topics.stoppedSongs(), song.id(), stopped, song.ticket().getTraceparent(), now);
    }

    private static double seconds(PlannedSong song) {
        return (double) song.plan().sampleLength() / song.plan().sampleRate();
    }

    private void forget(Song song, End end, Instant now) {
        live.remove(song);
        turn.forget(song);
        turn.count(Tally.Event.ENDED_SONG);
        double seconds = song.planned().map(SongEnd::seconds).orElse(0.0);
        turn.tell(telemetry -> telemetry.ended(song.ticket(), end, seconds, now));
        codes.forget(song.id());
        songs.end(
                song.id(),
                EndedSong.newBuilder()
                        .setTenant(song.ticket().getTenant())
                        .setRequestDigest(song.ticket().getRequestDigest())
                        .setEnd(end)
                        .setEndedAt(now)
                        .setModelDigest(song.ticket().getModelDigest())
                        .setSampleLength(song.planned()
                                .map(planned -> planned.plan().sampleLength())
                                .orElse(0L))
                        .setNextAttempt(song.ticket().getFirstAttempt() + Retry.TRIES)
                        .build());
    }
}
