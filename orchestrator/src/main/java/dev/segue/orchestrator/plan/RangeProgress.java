package dev.segue.orchestrator.plan;

import java.nio.ByteBuffer;

/** How far a song's sound is: which ranges are given out, and which lie in the store. Immutable. */
public final class RangeProgress {
    /** A song without sound. */
    public static RangeProgress start(RangePlan plan) {
        throw new UnsupportedOperationException();
    }

    /**
     * What {@link #state} wrote.
     *
     * @throws IllegalArgumentException if it is not of this plan
     */
    public static RangeProgress restore(RangePlan plan, ByteBuffer state) {
        throw new UnsupportedOperationException();
    }

    /** Everything there is to know, two bits for each range. */
    public ByteBuffer state() {
        throw new UnsupportedOperationException();
    }

    /** Whether a range was never given out or was taken back. */
    public boolean isWaiting(int number) {
        throw new UnsupportedOperationException();
    }

    /** Whether a range's sound lies in the store. */
    public boolean isStored(int number) {
        throw new UnsupportedOperationException();
    }

    /** With a range given out. */
    public RangeProgress givenOut(int number) {
        throw new UnsupportedOperationException();
    }

    /** With a range taken back, because it is to be given out again. */
    public RangeProgress takenBack(int number) {
        throw new UnsupportedOperationException();
    }

    /** With a range's sound in the store. */
    public RangeProgress stored(int number) {
        throw new UnsupportedOperationException();
    }

    /** Whether all sound lies in the store. */
    public boolean isDone() {
        throw new UnsupportedOperationException();
    }
}
