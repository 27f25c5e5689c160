package dev.segue.orchestrator.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Which song starts next. The highest priority first; among equals the tenant with the fewest running songs, so that a
 * tenant's thousand songs do not delay another one's; then the earliest.
 *
 * <p>What is next depends on the songs before it: each that starts is one more of its tenant's running ones. Yet a song's
 * place needs no trying out: the k-th of its tenant (from 0) among songs of its priority starts when its tenant has so
 * many running songs as now, and as wait with a higher priority, and k. Songs of one priority start in the order of that
 * number, and of arrival where it is equal.
 *
 * <p>Cost, with n songs and t tenants that wait: {@link #next}, {@link #admit} and {@link #position} O(t),
 * {@link #enqueue} and {@link #remove} O(log n) and a copy of a tenant's queue behind the song, {@link #order} O(n log n).
 * With ten thousand songs each but the last takes well below a millisecond.
 *
 * <p>Not thread-safe: owned by the thread of the orchestrator's task, which fills it from its stores when it starts.
 */
public final class Admission {
    private static final Comparator<Waiting> BY_ARRIVAL =
            Comparator.comparingLong(Waiting::arrival).thenComparing(Waiting::songId);
    private static final Comparator<Turn> BY_TURN =
            Comparator.comparingInt(Turn::running).thenComparing(Turn::song, BY_ARRIVAL);

    private final int limit;
    private final Map<String, Waiting> songs = new HashMap<>();
    /** By priority, the highest first: each tenant's songs by arrival. No list is empty, and no map. */
    private final TreeMap<Integer, Map<String, List<Waiting>>> queues = new TreeMap<>(Comparator.reverseOrder());

    private final Map<String, String> tenantOf = new HashMap<>();
    private final Map<String, Integer> runningOf = new HashMap<>();

    /**
     * An empty queue.
     *
     * @param limit how many songs may run at once
     * @throws IllegalArgumentException if none may
     */
    public Admission(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit on running songs is " + limit
                    + " but must be at least 1, or none would ever start; raise it");
        }
        this.limit = limit;
    }

    /**
     * A song that waits.
     *
     * @param songId the song
     * @param tenant on whose behalf
     * @param priority the higher, the earlier
     * @param arrival when it was accepted, as any number that grows; equal ones are told apart by song id
     */
    public record Waiting(String songId, String tenant, int priority, long arrival) {}

    /** A song and how many songs of its tenant run when it starts. */
    private record Turn(int running, Waiting song) {}

    /** Puts a song into the queue; one that waits or runs already stays where it is. */
    public void enqueue(Waiting song) {
        if (tenantOf.containsKey(song.songId()) || songs.putIfAbsent(song.songId(), song) != null) {
            return;
        }
        List<Waiting> queue = queues.computeIfAbsent(song.priority(), priority -> new HashMap<>())
                .computeIfAbsent(song.tenant(), tenant -> new ArrayList<>());
        queue.add(-Collections.binarySearch(queue, song, BY_ARRIVAL) - 1, song);
    }

    /** Counts a song that was started before, as after a restart; it does not wait any more. */
    public void resume(String songId, String tenant) {
        remove(songId);
        tenantOf.put(songId, tenant);
        runningOf.merge(tenant, 1, Integer::sum);
    }

    /** The song that starts next, if there is room for one. */
    public Optional<Waiting> next() {
        if (running() >= limit || queues.isEmpty()) {
            return Optional.empty();
        }
        return queues.firstEntry().getValue().values().stream()
                .map(queue -> queue.get(0))
                .map(song -> new Turn(runningOf(song.tenant()), song))
                .min(BY_TURN)
                .map(Turn::song);
    }

    /** Starts the song that is next, if there is room for one. */
    public Optional<Waiting> admit() {
        Optional<Waiting> next = next();
        next.ifPresent(song -> resume(song.songId(), song.tenant()));
        return next;
    }

    /** Forgets a song that waits or runs; nothing happens if it does neither. */
    public void remove(String songId) {
        Waiting song = songs.remove(songId);
        if (song != null) {
            Map<String, List<Waiting>> tenants = queues.get(song.priority());
            List<Waiting> queue = tenants.get(song.tenant());
            queue.remove(Collections.binarySearch(queue, song, BY_ARRIVAL));
            if (queue.isEmpty()) {
                tenants.remove(song.tenant());
            }
            if (tenants.isEmpty()) {
                queues.remove(song.priority());
            }
        }
        String tenant = tenantOf.remove(songId);
        if (tenant != null) {
            runningOf.computeIfPresent(tenant, (name, running) -> running == 1 ? null : running - 1);
        }
    }

    /** How many songs start before a waiting one if none arrives and none ends; empty if it does not wait. */
    public OptionalInt position(String songId) {
        Waiting song = songs.get(songId);
        if (song == null) {
            return OptionalInt.empty();
        }
        List<Waiting> own = queues.get(song.priority()).get(song.tenant());
        Turn turn = new Turn(
                runningAt(song.priority(), song.tenant()) + Collections.binarySearch(own, song, BY_ARRIVAL), song);
        int before = 0;
        for (Map<String, List<Waiting>> higher :
                queues.headMap(song.priority(), false).values()) {
            before += higher.values().stream().mapToInt(List::size).sum();
        }
        for (Map.Entry<String, List<Waiting>> tenant :
                queues.get(song.priority()).entrySet()) {
            before += before(turn, tenant.getValue(), runningAt(song.priority(), tenant.getKey()));
        }
        return OptionalInt.of(before);
    }

    /** All waiting songs in the order in which they start; the place in it is {@link #position}. */
    public List<Waiting> order() {
        List<Waiting> order = new ArrayList<>(songs.size());
        Map<String, Integer> running = new HashMap<>(runningOf);
        for (Map<String, List<Waiting>> tenants : queues.values()) {
            List<Turn> turns = new ArrayList<>();
            tenants.forEach((tenant, queue) -> {
                int now = running.getOrDefault(tenant, 0);
                for (int k = 0; k < queue.size(); k++) {
                    turns.add(new Turn(now + k, queue.get(k)));
                }
                running.put(tenant, now + queue.size());
            });
            turns.sort(BY_TURN);
            turns.forEach(turn -> order.add(turn.song()));
        }
        return List.copyOf(order);
    }

    /** How many songs run. */
    public int running() {
        return tenantOf.size();
    }

    /** How many songs wait. */
    public int waiting() {
        return songs.size();
    }

    /** How many songs of a queue, whose first one starts when {@code running} of its tenant run, start before a turn. */
    private static int before(Turn turn, List<Waiting> queue, int running) {
        int sooner = Math.min(queue.size(), Math.max(0, turn.running() - running));
        boolean same = running <= turn.running()
                && sooner < queue.size()
                && BY_ARRIVAL.compare(queue.get(sooner), turn.song()) < 0;
        return sooner + (same ? 1 : 0);
    }

    /** Running songs of a tenant when all its songs of higher priorities have started. */
    private int runningAt(int priority, String tenant) {
        int running = runningOf(tenant);
        for (Map<String, List<Waiting>> higher : queues.headMap(priority, false).values()) {
            running += higher.getOrDefault(tenant, List.of()).size();
        }
        return running;
    }

    private int runningOf(String tenant) {
        return runningOf.getOrDefault(tenant, 0);
    }
}
