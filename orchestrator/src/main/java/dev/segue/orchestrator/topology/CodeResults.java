package dev.segue.orchestrator.topology;

import dev.segue.contracts.record.CodeBytes;
import dev.segue.contracts.record.CodeSegment;
import dev.segue.contracts.record.WindowCodes;
import dev.segue.orchestrator.state.CodeStore;
import dev.segue.orchestrator.state.OutstandingTask;
import dev.segue.orchestrator.state.Song;
import dev.segue.orchestrator.state.SongStore;
import dev.segue.orchestrator.state.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What becomes of generation workers' answers.
 *
 * <p>Owned by the thread of the orchestrator's task.
 */
final class CodeResults {
    /** Between two tellings of progress that are only about a window under way. */
    private static final Duration PROGRESS_PAUSE = Duration.ofMillis(500);

    private final Turn turn;
    private final SongStore songs;
    private final CodeStore codes;
    private final LiveSongs live;
    private final Dispatch dispatch;
    private final EventLog events;
    private final SongFlow flow;
    private final Results results;
    private final PoolActivity activity;

    CodeResults(
            Turn turn,
            SongStore songs,
            CodeStore codes,
            LiveSongs live,
            Dispatch dispatch,
            EventLog events,
            SongFlow flow,
            Results results,
            PoolActivity activity) {
        this.turn = Objects.requireNonNull(turn, "turn is null");
        this.songs = Objects.requireNonNull(songs, "songs is null");
        this.codes = Objects.requireNonNull(codes, "codes is null");
        this.live = Objects.requireNonNull(live, "live is null");
        this.dispatch = Objects.requireNonNull(dispatch, "dispatch is null");
        this.events = Objects.requireNonNull(events, "events is null");
        this.flow = Objects.requireNonNull(flow, "flow is null");
        this.results = Objects.requireNonNull(results, "results is null");
        this.activity = Objects.requireNonNull(activity, "activity is null");
    }

    /** Handles an answer whose key is its song id. */
    void handle(Received record, CodeSegment segment) {
        Optional<Song> found = results.song(segment.getSongId(), segment.getModelDigest(), segment.getAttempt());
        if (found.isEmpty()) {
            return;
        }
        Song song = found.get();
        boolean aligns = segment.getWindow() < 0;
        Work work = aligns ? Work.align(segment.getLevel()) : Work.sample(segment.getLevel(), segment.getWindow());
        Optional<OutstandingTask> task = results.task(song, work, wasAccepted(song, work));
        if (task.isEmpty()) {
            return;
        }
        activity.taken(Dispatch.poolName(song, work), task.get());
        String problem = CodeCheck.problem(song, work, segment);
        if (problem != null) {
            results.malformed(record, song, work, task.get(), segment.getAttempt(), problem);
            return;
        }
        switch (segment.getKind()) {
            case CODES -> accept(song, work, task.get(), segment, record.at());
            case ALIGNED -> aligned(song, task.get(), segment, record.at());
            case RUNNING -> running(song, work, task.get(), segment, record.at());
            case FAILED ->
                results.failed(song, work, task.get(), segment.getAttempt(), segment.getFailure(), record.at());
            case UNKNOWN -> throw new IllegalStateException("an answer of no kind was not found malformed");
        }
    }

    private boolean wasAccepted(Song song, Work work) {
        return work.kind() == Work.Kind.ALIGN
                ? song.position().getAlignmentSettled()
                : codes.hasWindow(song.id(), work.level(), work.index());
    }

    private void accept(Song song, Work work, OutstandingTask task, CodeSegment segment, Instant now) {
        WindowCodes written = segment.getCodes();
        int count = CodeBytes.count(written.getCodes());
        live.pace(live.pace()
                .measured(
                        segment.getModelDigest(),
                        work.level(),
                        count,
                        Math.max(1, Duration.between(task.getEmittedAt(), now).toMillis()),
                        live.inFlight(segment.getModelDigest(), work.level())));
        codes.putWindow(song.id(), work.level(), work.index(), written.getCodes());
        dispatch.done(song, work);
        song.progress(song.progress().accepted(work.level(), work.index()));
        songs.addTimeline(
                song,
                Results.line(
                        "sample",
                        work.level(),
                        work.index(),
                        count,
                        task,
                        written.getTimes(),
                        segment.getWorker(),
                        now));
        turn.count(Tally.Event.WINDOW);
        events.progress(song, now);
        flow.advance(song, now);
    }

    private void aligned(Song song, OutstandingTask task, CodeSegment segment, Instant now) {
        songs.putAligned(song.id(), segment.getAligned());
        int codes = song.plan().plan().level(segment.getLevel()).totalCodes();
        songs.addTimeline(
                song,
                Results.line(
                        "align",
                        segment.getLevel(),
                        0,
                        codes,
                        task,
                        segment.getAligned().getTimes(),
                        segment.getWorker(),
                        now));
        flow.alignmentSettled(song, now);
    }

    private void running(Song song, Work work, OutstandingTask task, CodeSegment segment, Instant now) {
        if (!task.getClaimed() && task.getGiven()) {
            dispatch.claimed(song, work, task);
        }
        song.pulse().beat(work, now, segment.getRunning().getCodes());
        events.progress(song, PROGRESS_PAUSE, now);
    }
}
