package dev.segue.orchestrator.topology;

import dev.segue.contracts.model.LyricShape;
import dev.segue.contracts.record.RequestProblem;
import dev.segue.contracts.record.SongPrepared;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.request.RejectedException;
import dev.segue.orchestrator.plan.Admission;
import dev.segue.orchestrator.plan.PlannedRange;
import dev.segue.orchestrator.plan.RunLimit;
import dev.segue.orchestrator.plan.WindowRun;
import dev.segue.orchestrator.state.Catalogue;
import dev.segue.orchestrator.state.CodeStore;
import dev.segue.orchestrator.state.PlannedSong;
import dev.segue.orchestrator.state.Song;
import dev.segue.orchestrator.state.SongPosition;
import dev.segue.orchestrator.state.SongStore;
import dev.segue.orchestrator.state.SongTicket;
import dev.segue.orchestrator.state.Stage;
import dev.segue.orchestrator.state.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How a song goes on from stage to stage until it ends; {@link SongEnd} is about the ends.
 *
 * <p>Owned by the thread of the orchestrator's task.
 */
final class SongFlow {
    private final Turn turn;
    private final SongStore songs;
    private final CodeStore codes;
    private final Catalogue models;
    private final LiveSongs live;
    private final Dispatch dispatch;
    private final EventLog events;
    private final SongEnd end;
    private final Duration taskLength;

    SongFlow(
            Turn turn,
            SongStore songs,
            CodeStore codes,
            Catalogue models,
            LiveSongs live,
            Dispatch dispatch,
            EventLog events,
            SongEnd end,
            Duration taskLength) {
        this.turn = Objects.requireNonNull(turn, "turn is null");
        this.songs = Objects.requireNonNull(songs, "songs is null");
        this.codes = Objects.requireNonNull(codes, "codes is null");
        this.models = Objects.requireNonNull(models, "models is null");
        this.live = Objects.requireNonNull(live, "live is null");
        this.dispatch = Objects.requireNonNull(dispatch, "dispatch is null");
        this.events = Objects.requireNonNull(events, "events is null");
        this.end = Objects.requireNonNull(end, "end is null");
        this.taskLength = Objects.requireNonNull(taskLength, "taskLength is null");
    }

    /** Begins a song whose request was found good. */
    void begin(SongTicket ticket, SongRequest request, Instant now) {
        Song song = songs.create(ticket, request);
        live.add(song);
        turn.tell(SongTelemetry::received);
        events.received(song, request, now);
        dispatch.give(song, Work.prepare(), now);
    }

    /** Goes on with a song that an assembly worker prepared. */
    void prepared(Song song, SongPrepared prepared, Instant now) {
        turn.touch(song);
        dispatch.done(song, Work.prepare());
        String digest = song.ticket().getModelDigest();
        PlannedSong plan;
        try {
            plan = PlannedSong.of(songs.request(song.id()), models.card(digest), digest, prepared.getPromptCodes());
        } catch (RejectedException e) {
            rejected(song, Problems.of(e.rejection()), now);
            return;
        }
        songs.putPrepared(song.id(), prepared);
        codes.keepOnly(song.id(), prepared.getPreparation());
        song.move(SongPosition.newBuilder(song.position())
                .setStage(Stage.QUEUED)
                .setAcceptedAt(now)
                .setPreparation(prepared.getPreparation())
                .setPromptCodes(prepared.getPromptCodes())
                .setAlignmentSettled(!hasAlignment(plan, prepared))
                .build());
        song.plan(plan);
        live.enqueue(song);
        turn.count(Tally.Event.ACCEPTED_SONG);
        events.accepted(song, prepared, now);
    }

    /** Turns a song away that was not accepted yet. */
    void rejected(Song song, RequestProblem problem, Instant now) {
        end.rejected(song, problem, now);
    }

    /** Starts songs while there is room. */
    void admit(Instant now) {
        for (Optional<Admission.Waiting> next = live.admission().admit();
                next.isPresent();
                next = live.admission().admit()) {
            Song song = live.find(next.get().songId()).orElseThrow();
            turn.touch(song);
            turn.tell(telemetry -> telemetry.admitted(song.ticket(), now));
            song.move(SongPosition.newBuilder(song.position())
                    .setStage(Stage.SAMPLING)
                    .setAdmittedAt(now)
                    .build());
            events.progress(song, now);
            advance(song, now);
        }
    }

    /** Gives out whatever has become possible. */
    void advance(Song song, Instant now) {
        if (song.stage() != Stage.SAMPLING) {
            return;
        }
        turn.touch(song);
        RunLimit limit = live.pace().runLimit(song.ticket().getModelDigest(), taskLength);
        for (WindowRun run : song.progress().runs(limit)) {
            // Tasks are written from what is given out.
            song.progress(song.progress().givenOut(run));
            dispatch.give(song, Work.sample(run.first().level(), run.first().number()), now);
        }
        align(song, now);
        for (PlannedRange range : song.plan().ranges().ready(song.progress(), song.ranges())) {
            dispatch.give(song, Work.decode(range.level(), range.range().start()), now);
            song.ranges(song.ranges().givenOut(range.number()));
        }
        if (song.progress().isDone()
                && song.ranges().isDone()
                && song.position().getAlignmentSettled()) {
            song.move(SongPosition.newBuilder(song.position())
                    .setStage(Stage.COMPOSING)
                    .build());
            dispatch.give(song, Work.compose(), now);
            events.progress(song, now);
        }
    }

    private void align(Song song, Instant now) {
        int top = song.plan().plan().top().number();
        if (!song.position().getAlignmentSettled()
                && song.progress().isDone(top)
                && song.task(Work.align(top)).isEmpty()) {
            dispatch.give(song, Work.align(top), now);
        }
    }

    /** Goes on without waiting for the lyrics' times any longer. */
    void alignmentSettled(Song song, Instant now) {
        int top = song.plan().plan().top().number();
        dispatch.done(song, Work.align(top));
        song.move(SongPosition.newBuilder(song.position())
                .setAlignmentSettled(true)
                .build());
        advance(song, now);
    }

    /** Lyrics can be timed where some are heard and it is known which head of the top level attends to them. */
    private static boolean hasAlignment(PlannedSong plan, SongPrepared prepared) {
        LyricShape lyrics = plan.card().shape().top().lyrics();
        return lyrics != null
                && lyrics.alignmentLayer() != null
                && lyrics.alignmentHead() != null
                && !prepared.getHeardLyrics().isBlank();
    }
}
