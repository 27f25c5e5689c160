package dev.segue.orchestrator.state;

import dev.segue.orchestrator.plan.Progress;
import dev.segue.orchestrator.plan.RangeProgress;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A song that did not end, as its entries in the stores say. It moves on from stage to stage:
 *
 * <pre>
 * PREPARING  an assembly worker checks its words and encodes its prompt
 * QUEUED     accepted; waits for its turn
 * SAMPLING   windows are sampled, ranges turned into sound
 * COMPOSING  all of that is done; an assembly worker puts it together
 * </pre>
 *
 * <p>Changes are made here and in {@link SongStore} in one step; when a step fails, the song is forgotten and read again.
 * Owned by the thread of the orchestrator's task.
 */
public final class Song {
    private final SongTicket ticket;
    private final NavigableMap<Work, OutstandingTask> tasks = new TreeMap<>();
    private final Pulse pulse = new Pulse();
    private SongPosition position;
    private PlannedSong planned;
    private Progress progress;
    private RangeProgress ranges;

    /** A song of which no more is known. */
    Song(SongTicket ticket, SongPosition position) {
        this.ticket = Objects.requireNonNull(ticket, "ticket is null");
        this.position = Objects.requireNonNull(position, "position is null");
    }

    public String id() {
        return ticket.getSongId();
    }

    /** What does not change about it. */
    public SongTicket ticket() {
        return ticket;
    }

    /** How far it is, as it is stored. */
    public SongPosition position() {
        return position;
    }

    public Stage stage() {
        return position.getStage();
    }

    /** What follows from its request; empty until it is prepared. */
    public Optional<PlannedSong> planned() {
        return Optional.ofNullable(planned);
    }

    /**
     * What follows from its request.
     *
     * @throws IllegalStateException if it is not prepared
     */
    public PlannedSong plan() {
        return planned().orElseThrow(() -> new IllegalStateException("song " + id() + " is not prepared"));
    }

    /** How far its codes are; null until it is prepared. */
    public Progress progress() {
        return progress;
    }

    /** How far its sound is; null until it is prepared. */
    public RangeProgress ranges() {
        return ranges;
    }

    /** What is given out, in the order of work. */
    public NavigableMap<Work, OutstandingTask> tasks() {
        return Collections.unmodifiableNavigableMap(tasks);
    }

    /** What is given out of one piece of work; empty if it is not. */
    public Optional<OutstandingTask> task(Work work) {
        return Optional.ofNullable(tasks.get(work));
    }

    /** What is known of it without being stored. */
    public Pulse pulse() {
        return pulse;
    }

    /** Moves on. */
    public void move(SongPosition next) {
        position = Objects.requireNonNull(next, "next is null");
    }

    /** The number of its next event. */
    public long nextSequence() {
        move(SongPosition.newBuilder(position)
                .setSequence(position.getSequence() + 1)
                .build());
        return position.getSequence();
    }

    /** Counts a result that came twice. */
    public void countDuplicate() {
        move(SongPosition.newBuilder(position)
                .setDuplicates(position.getDuplicates() + 1)
                .build());
    }

    /** Sets the plan of a song that is prepared, with nothing done. */
    public void plan(PlannedSong plan) {
        planned = plan;
        progress(Progress.start(plan.plan()));
        ranges = RangeProgress.start(plan.ranges());
    }

    /** Goes on from what {@link #position} says of its codes and from the ranges that are stored. */
    void resume(PlannedSong plan, List<Integer> stored) {
        planned = plan;
        progress = Progress.restore(plan.plan(), position.getProgress());
        ranges = RangeProgress.start(plan.ranges());
        for (Work work : tasks.keySet()) {
            if (work.kind() == Work.Kind.DECODE) {
                ranges = ranges.givenOut(rangeNumber(work.level(), work.index()));
            }
        }
        for (int number : stored) {
            ranges = ranges.stored(number);
        }
    }

    /** The number of the range of a level that begins at a code. */
    public int rangeNumber(int level, int start) {
        return plan().ranges()
                .at(level, start)
                .orElseThrow(() -> new IllegalStateException(
                        "song " + id() + " has no range at code " + start + " of level " + level))
                .number();
    }

    /** Sets how far its codes are. */
    public void progress(Progress next) {
        progress = next;
        move(SongPosition.newBuilder(position).setProgress(next.state()).build());
    }

    /** Sets how far its sound is. */
    public void ranges(RangeProgress next) {
        ranges = next;
    }

    void put(Work work, OutstandingTask task) {
        tasks.put(work, task);
    }

    void remove(Work work) {
        tasks.remove(work);
        pulse.forget(work);
    }

    /** Whether its time is over. */
    public boolean isExpired(Instant now) {
        return ticket.getDeadline() != null && !now.isBefore(ticket.getDeadline());
    }
}
