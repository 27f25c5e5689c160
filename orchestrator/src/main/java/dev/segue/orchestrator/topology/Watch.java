package dev.segue.orchestrator.topology;

import dev.segue.orchestrator.plan.Admission;
import dev.segue.orchestrator.state.OutstandingTask;
import dev.segue.orchestrator.state.Song;
import dev.segue.orchestrator.state.SongStore;
import dev.segue.orchestrator.state.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What happens because time passes: deadlines, tries that are due, tasks that got lost, places in the queue, and ended
 * songs that need not be remembered any longer.
 *
 * <p>Owned by the thread of the orchestrator's task.
 */
final class Watch {
    /** Songs that start soon hear of every change of their place, others now and then. */
    private static final int SOON = 10;

    private static final Duration OFTEN = Duration.ofSeconds(1);
    private static final Duration SELDOM = Duration.ofSeconds(30);
    private static final int FORGOTTEN_AT_ONCE = 1000;

    private final SongStore songs;
    private final LiveSongs live;
    private final Dispatch dispatch;
    private final Setbacks setbacks;
    private final SongEnd end;
    private final EventLog events;
    private final PoolActivity activity;
    private final FlowSettings settings;

    Watch(
            SongStore songs,
            LiveSongs live,
            Dispatch dispatch,
            Setbacks setbacks,
            SongEnd end,
            EventLog events,
            PoolActivity activity,
            FlowSettings settings) {
        this.songs = Objects.requireNonNull(songs, "songs is null");
        this.live = Objects.requireNonNull(live, "live is null");
        this.dispatch = Objects.requireNonNull(dispatch, "dispatch is null");
        this.setbacks = Objects.requireNonNull(setbacks, "setbacks is null");
        this.end = Objects.requireNonNull(end, "end is null");
        this.events = Objects.requireNonNull(events, "events is null");
        this.activity = Objects.requireNonNull(activity, "activity is null");
        this.settings = Objects.requireNonNull(settings, "settings is null");
    }

    /** Whether {@link #look} would do something. */
    boolean isDue(Song song, Instant now) {
        return song.isExpired(now)
                || song.tasks().entrySet().stream()
                        .anyMatch(task ->
                                isDue(task.getValue(), now) || isLost(song, task.getKey(), task.getValue(), now));
    }

    /** Looks after a song. */
    void look(Song song, Instant now) {
        if (song.isExpired(now)) {
            end.expired(song, now);
            return;
        }
        for (Map.Entry<Work, OutstandingTask> entry : List.copyOf(song.tasks().entrySet())) {
            Work work = entry.getKey();
            OutstandingTask task = entry.getValue();
            if (live.find(song.id()).isEmpty()) {
                return;
            }
            if (isDue(task, now)) {
                dispatch.give(song, work, task.getAttempt(), now);
            } else if (isLost(song, work, task, now)) {
                setbacks.lost(song, work, task, now);
            }
        }
    }

    private static boolean isDue(OutstandingTask task, Instant now) {
        return !task.getGiven() && !now.isBefore(task.getEmittedAt());
    }

    private boolean isLost(Song song, Work work, OutstandingTask task, Instant now) {
        if (!task.getGiven()) {
            return false;
        }
        if (task.getClaimed()) {
            return isOver(song.pulse().sinceOrNow(work, now), settings.lostAfter(), now);
        }
        return isOver(task.getEmittedAt(), settings.unclaimedAfter(), now)
                && activity.wasOvertaken(Dispatch.poolName(song, work), task);
    }

    private static boolean isOver(Instant since, Duration limit, Instant now) {
        return !now.isBefore(since.plus(limit));
    }

    /** Tells waiting songs their places where these changed. */
    void queue(Instant now) {
        List<Admission.Waiting> order = live.admission().order();
        for (int place = 0; place < order.size(); place++) {
            Song song = live.find(order.get(place).songId()).orElseThrow();
            if (song.pulse().mayTellPosition(place, now, place < SOON ? OFTEN : SELDOM)) {
                events.progress(song, now);
            }
        }
    }

    /** Forgets songs that ended long ago, some at a time; whether there may be more. */
    boolean forgetOld(Instant now) {
        return songs.forgetEndedBefore(now.minus(settings.keepEnded()), FORGOTTEN_AT_ONCE) == FORGOTTEN_AT_ONCE;
    }
}
