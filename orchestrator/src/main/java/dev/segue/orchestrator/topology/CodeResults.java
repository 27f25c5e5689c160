package dev.segue.orchestrator.topology;

import dev.segue.contracts.record.CodeBytes;
import dev.segue.contracts.record.CodeSegment;
import dev.segue.contracts.record.CodeSegmentKind;
import dev.segue.contracts.record.WindowCodes;
import dev.segue.orchestrator.plan.PlannedWindow;
import dev.segue.orchestrator.state.CodeStore;
import dev.segue.orchestrator.state.OutstandingTask;
import dev.segue.orchestrator.state.Song;
import dev.segue.orchestrator.state.SongStore;
import dev.segue.orchestrator.state.Work;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
        String problem = problem(song, work, segment);
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

    /** What is wrong with an answer; null if nothing is. */
    private static String problem(Song song, Work work, CodeSegment segment) {
        boolean complete =
                switch (segment.getKind()) {
                    case CODES -> segment.getCodes() != null && work.kind() == Work.Kind.SAMPLE;
                    case ALIGNED -> segment.getAligned() != null && work.kind() == Work.Kind.ALIGN;
                    case RUNNING -> segment.getRunning() != null;
                    case FAILED -> segment.getFailure() != null;
                    case UNKNOWN -> false;
                };
        if (!complete) {
            return "kind is " + segment.getKind() + ", but " + work.describe() + " has no such answer";
        }
        if (segment.getKind() == CodeSegmentKind.CODES) {
            return problem(song, work, segment.getCodes());
        }
        return segment.getKind() == CodeSegmentKind.RUNNING
                        && segment.getRunning().getCodes() < 0
                ? "running.codes is " + segment.getRunning().getCodes() + ", but must be at least 0"
                : null;
    }

    private static String problem(Song song, Work work, WindowCodes written) {
        PlannedWindow window = song.plan().plan().level(work.level()).windows().get(work.index());
        ByteBuffer bytes = written.getCodes();
        if (bytes.remaining() != window.newCodes() * CodeBytes.WIDTH) {
            return "codes.codes has " + bytes.remaining() + " bytes, but must have "
                    + window.newCodes() * CodeBytes.WIDTH + " for " + window.newCodes() + " new codes";
        }
        if (written.getStart() != window.window().added().start()) {
            return "codes.start is " + written.getStart() + ", but must be "
                    + window.window().added().start();
        }
        return outOfRange(bytes, song.plan().card().codes());
    }

    /** The first code that the model does not have, as a sentence; null if there is none. */
    static String outOfRange(ByteBuffer bytes, int codes) {
        ByteBuffer source = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; source.remaining() >= CodeBytes.WIDTH; i++) {
            int code = Short.toUnsignedInt(source.getShort());
            if (code >= codes) {
                return "code " + i + " is " + code + ", but must be less than " + codes;
            }
        }
        return null;
    }
}
