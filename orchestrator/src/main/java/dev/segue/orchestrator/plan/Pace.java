package dev.segue.orchestrator.plan;

import java.util.List;
import java.util.OptionalDouble;

/** How fast windows are made at present, and when songs will thus be finished. Immutable. */
public final class Pace {
    /** Nothing is known. */
    public static Pace unknown() {
        throw new UnsupportedOperationException();
    }

    /**
     * With one more accepted window.
     *
     * @param modelDigest of the model
     * @param level number of the level
     * @param newCodes how many codes it wrote
     * @param millis from when it was given out until it was accepted: waiting, prefill and decoding
     * @param inFlight windows of all songs of the level that were given out then, itself included
     */
    public Pace measured(String modelDigest, int level, int newCodes, long millis, int inFlight) {
        throw new UnsupportedOperationException();
    }

    /** Codes per second that all workers of a level write together; empty if nothing is known. */
    public OptionalDouble codesPerSecond(String modelDigest, int level) {
        throw new UnsupportedOperationException();
    }

    /** Seconds until the codes of a running song are finished; empty if nothing is known of a level that has work. */
    public OptionalDouble secondsLeft(Progress song) {
        throw new UnsupportedOperationException();
    }

    /**
     * Seconds until a waiting song starts.
     *
     * @param room how many songs can start at once
     * @param running seconds that each running song will take from now
     * @param ahead seconds that each song that starts before it takes from its start, in the order in which they start
     */
    public static double secondsUntilStart(int room, List<Double> running, List<Double> ahead) {
        throw new UnsupportedOperationException();
    }
}
