package dev.segue.orchestrator.plan;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.PriorityQueue;

/**
 * How fast windows are made at present, and when songs will thus be finished. Immutable.
 *
 * <p>What counts for when songs will be finished is the time from giving a window out to having its codes, so that waiting
 * for a worker slows a song down as it should; what counts for {@linkplain #runLimit how much} a task should hold is how
 * long workers are at it. Averages are moving ones over about twenty windows of a level.
 *
 * @param speeds of the levels of which a window was accepted
 */
public record Pace(Map<Stage, Speed> speeds) {
    /** What an older window counts for as against the one after it. */
    private static final double MEMORY = 0.95;

    public Pace {
        speeds = Map.copyOf(speeds);
    }

    /**
     * A level of a model.
     *
     * @param modelDigest of the model
     * @param level number of the level
     */
    public record Stage(String modelDigest, int level) {}

    /**
     * Sums over windows, older ones counting less.
     *
     * @param codes that were written
     * @param seconds that this took, window by window
     * @param workSeconds of these, those that workers were at it
     * @param inFlight windows that were on their way at once
     * @param windows that were counted
     */
    public record Speed(double codes, double seconds, double workSeconds, double inFlight, double windows) {
        private static final Speed NONE = new Speed(0, 0, 0, 0, 0);

        private Speed with(int moreCodes, double moreSeconds, double moreWork, int moreInFlight) {
            return new Speed(
                    MEMORY * codes + moreCodes,
                    MEMORY * seconds + moreSeconds,
                    MEMORY * workSeconds + moreWork,
                    MEMORY * inFlight + moreInFlight,
                    MEMORY * windows + 1);
        }

        private double codesPerSecondOfOne() {
            return codes / seconds;
        }

        private double codesPerSecondOfWork() {
            return codes / workSeconds;
        }

        private double codesPerSecondOfAll() {
            return codesPerSecondOfOne() * inFlight / windows;
        }
    }

    /** Nothing is known. */
    public static Pace unknown() {
        return new Pace(Map.of());
    }

    /**
     * With one more accepted window.
     *
     * @param modelDigest of the model
     * @param level number of the level
     * @param newCodes how many codes it wrote
     * @param millis from when it was given out, or from when the window before it in its run was accepted, until it was
     *     accepted: waiting, prefill and decoding
     * @param workMillis of these, from when its worker began it until it had done it, by the worker's clock
     * @param inFlight windows of all songs of the level that were given out then, itself included
     */
    public Pace measured(String modelDigest, int level, int newCodes, long millis, long workMillis, int inFlight) {
        // Clocks of two machines may disagree by more than a window takes.
        double seconds = Math.max(1, millis) / 1000.0;
        double workSeconds = Math.max(1, workMillis) / 1000.0;
        Map<Stage, Speed> changed = new HashMap<>(speeds);
        Stage stage = new Stage(modelDigest, level);
        changed.put(
                stage,
                changed.getOrDefault(stage, Speed.NONE).with(newCodes, seconds, workSeconds, Math.max(1, inFlight)));
        return new Pace(changed);
    }

    /** Codes per second that all workers of a level write together; empty if nothing is known. */
    public OptionalDouble codesPerSecond(String modelDigest, int level) {
        Speed speed = speeds.get(new Stage(modelDigest, level));
        return speed == null ? OptionalDouble.empty() : OptionalDouble.of(speed.codesPerSecondOfAll());
    }

    /** Seconds that a worker is at some codes of a level, window by window; empty if nothing is known. */
    public Optional<Double> secondsOfWork(String modelDigest, int level, long codes) {
        return Optional.ofNullable(speeds.get(new Stage(modelDigest, level)))
                .map(speed -> codes / speed.codesPerSecondOfWork());
    }

    /**
     * Tasks of windows that a worker is at for about so long: what waits before the first of them is not counted, so that
     * busy workers get no shorter ones. One window a task where nothing is known.
     */
    public RunLimit runLimit(String modelDigest, Duration length) {
        double seconds = length.toMillis() / 1000.0;
        return RunLimit.ofCodes(level -> {
            Speed speed = speeds.get(new Stage(modelDigest, level));
            return speed == null ? 0 : (int) Math.min(Integer.MAX_VALUE, seconds * speed.codesPerSecondOfWork());
        });
    }

    /**
     * Seconds until the codes of a running song are finished; empty if nothing is known of a level that has work.
     *
     * <p>A level is finished when its longest segment is; after that, the codes that its last window gave are still to be
     * turned into those of the next finer level, and so on down. The level for which this takes longest decides.
     */
    public OptionalDouble secondsLeft(Progress song) {
        double longest = 0;
        double below = 0;
        double finerSecondsPerCode = 0;
        for (LevelPlan level : song.plan().levels()) {
            int rest = song.longestRest(level.number());
            if (rest > 0) {
                Speed speed = speeds.get(new Stage(song.plan().modelDigest(), level.number()));
                if (speed == null) {
                    return OptionalDouble.empty();
                }
                below += lastCodes(level) * finerSecondsPerCode;
                longest = Math.max(longest, rest / speed.codesPerSecondOfOne() + below);
                // Of a code of the level above, that is: it becomes several of this one.
                finerSecondsPerCode = level.level().conditionFactor() / speed.codesPerSecondOfOne();
            }
        }
        return OptionalDouble.of(longest);
    }

    private static int lastCodes(LevelPlan level) {
        return level.windows().get(level.windows().size() - 1).newCodes();
    }

    /**
     * Seconds until a waiting song starts. O((running + ahead) log running).
     *
     * @param limit how many songs may run at once
     * @param running seconds that each running song will take from now
     * @param ahead seconds that each song that starts before it takes from its start, in the order of
     *     {@link Admission#order}
     * @throws IllegalArgumentException if no song may run
     */
    public static double secondsUntilStart(int limit, List<Double> running, List<Double> ahead) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit on running songs is " + limit
                    + " but must be at least 1, or none would ever start; raise it");
        }
        PriorityQueue<Double> ends = new PriorityQueue<>(running);
        double now = 0;
        for (double seconds : ahead) {
            now = roomAt(limit, now, ends);
            ends.add(now + seconds);
        }
        return roomAt(limit, now, ends);
    }

    /** When fewer songs than the limit run; those that have ended by then are forgotten. */
    private static double roomAt(int limit, double now, PriorityQueue<Double> ends) {
        double room = now;
        while (ends.size() >= limit) {
            room = Math.max(room, ends.remove());
        }
        return room;
    }
}
