package dev.segue.orchestrator.topology;

import dev.segue.contracts.record.AudioSegment;
import dev.segue.contracts.record.AudioSegmentKind;
import dev.segue.contracts.record.AudioTaskKind;
import dev.segue.contracts.record.PromptCodes;
import dev.segue.contracts.record.RangeStored;
import dev.segue.orchestrator.plan.PlannedRange;
import dev.segue.orchestrator.state.CodeStore;
import dev.segue.orchestrator.state.OutstandingTask;
import dev.segue.orchestrator.state.Song;
import dev.segue.orchestrator.state.SongStore;
import dev.segue.orchestrator.state.Work;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What becomes of assembly workers' answers.
 *
 * <p>Owned by the thread of the orchestrator's task.
 */
final class AudioResults {
    private final Turn turn;
    private final AudioPace pace;
    private final SongStore songs;
    private final CodeStore codes;
    private final Dispatch dispatch;
    private final EventLog events;
    private final SongFlow flow;
    private final SongEnd end;
    private final Results results;
    private final PoolActivity activity;
    private final AudioCheck check;

    AudioResults(
            Turn turn,
            AudioPace pace,
            SongStore songs,
            CodeStore codes,
            Dispatch dispatch,
            EventLog events,
            SongFlow flow,
            SongEnd end,
            Results results,
            PoolActivity activity,
            AudioCheck check) {
        this.turn = Objects.requireNonNull(turn, "turn is null");
        this.pace = Objects.requireNonNull(pace, "pace is null");
        this.songs = Objects.requireNonNull(songs, "songs is null");
        this.codes = Objects.requireNonNull(codes, "codes is null");
        this.dispatch = Objects.requireNonNull(dispatch, "dispatch is null");
        this.events = Objects.requireNonNull(events, "events is null");
        this.flow = Objects.requireNonNull(flow, "flow is null");
        this.end = Objects.requireNonNull(end, "end is null");
        this.results = Objects.requireNonNull(results, "results is null");
        this.activity = Objects.requireNonNull(activity, "activity is null");
        this.check = Objects.requireNonNull(check, "check is null");
    }

    /** Handles an answer whose key is its song id. */
    void handle(Received record, AudioSegment segment) {
        Optional<Song> found = results.song(segment.getSongId(), segment.getModelDigest(), segment.getAttempt());
        if (found.isEmpty()) {
            return;
        }
        Song song = found.get();
        Work work = work(segment);
        Optional<OutstandingTask> task = results.task(song, work, wasAccepted(song, work));
        if (task.isEmpty()) {
            return;
        }
        activity.taken(Dispatch.poolName(song, work), task.get());
        String problem = check.problem(song, work, segment);
        if (problem != null) {
            results.malformed(record, song, work, task.get(), segment.getAttempt(), problem);
            return;
        }
        Instant now = record.at();
        switch (segment.getKind()) {
            case PROMPT_CODES -> keep(song, segment.getPromptCodes());
            case PREPARED -> flow.prepared(song, segment.getPrepared(), now);
            case REFUSED -> flow.rejected(song, segment.getProblem(), now);
            case STORED -> stored(song, work, task.get(), segment, now);
            case COMPOSED -> end.completed(song, segment.getComposed(), now);
            case FAILED -> results.failed(song, work, task.get(), segment.getAttempt(), segment.getFailure(), now);
            case UNKNOWN -> throw new IllegalStateException("an answer of no kind was not found malformed");
        }
    }

    private static Work work(AudioSegment segment) {
        if (segment.getTask() == AudioTaskKind.DECODE) {
            return Work.decode(segment.getLevel(), segment.getStart());
        }
        return segment.getTask() == AudioTaskKind.COMPOSE || segment.getKind() == AudioSegmentKind.COMPOSED
                ? Work.compose()
                : Work.prepare();
    }

    private static boolean wasAccepted(Song song, Work work) {
        return switch (work.kind()) {
            case PREPARE -> song.progress() != null;
            case DECODE ->
                song.progress() != null
                        && song.plan()
                                .ranges()
                                .at(work.level(), work.index())
                                .filter(range -> song.ranges().isStored(range.number()))
                                .isPresent();
            case SAMPLE, ALIGN, COMPOSE -> false;
        };
    }

    private void keep(Song song, PromptCodes piece) {
        codes.putPrompt(song.id(), piece.getPreparation(), piece.getLevel(), piece.getStart(), piece.getCodes());
    }

    private void stored(Song song, Work work, OutstandingTask task, AudioSegment segment, Instant now) {
        RangeStored stored = segment.getStored();
        pace.measured(Work.Kind.DECODE, stored.getTimes());
        if (song.ranges().storedCount() == 0) {
            turn.tell(telemetry -> telemetry.heard(song.ticket(), now));
        }
        PlannedRange range = song.plan().ranges().at(work.level(), work.index()).orElseThrow();
        songs.putRange(song.id(), stored);
        dispatch.done(song, work);
        song.ranges(song.ranges().stored(range.number()));
        songs.addTimeline(
                song,
                Results.line(
                        "decode",
                        work.level(),
                        work.index(),
                        range.range().length(),
                        task,
                        stored.getTimes(),
                        segment.getWorker(),
                        now));
        events.audioReady(song, stored, now);
        flow.advance(song, now);
    }
}
