package dev.segue.orchestrator.plan;

import java.nio.ByteBuffer;
import java.util.BitSet;

/** How far a song's sound is: which ranges are given out, and which lie in the store. Immutable. */
public final class RangeProgress {
    private final int ranges;
    /** Two bits for each range: it is given out (and may be stored by now); it is stored. */
    private final BitSet bits;

    private RangeProgress(int ranges, BitSet bits) {
        this.ranges = ranges;
        this.bits = bits;
    }

    /** A song without sound. */
    public static RangeProgress start(RangePlan plan) {
        return new RangeProgress(plan.ranges().size(), new BitSet());
    }

    /**
     * What {@link #state} wrote.
     *
     * @throws IllegalArgumentException if it is not of this plan
     */
    public static RangeProgress restore(RangePlan plan, ByteBuffer state) {
        BitSet bits = BitSet.valueOf(state.duplicate());
        int ranges = plan.ranges().size();
        if (bits.length() > 2 * ranges) {
            throw new IllegalArgumentException("state speaks of range " + (bits.length() - 1) / 2
                    + ", but the plan has " + ranges + " ranges; it was written for another plan");
        }
        return new RangeProgress(ranges, bits);
    }

    /** Everything there is to know, two bits for each range. */
    public ByteBuffer state() {
        return ByteBuffer.wrap(bits.toByteArray());
    }

    /** Whether a range was never given out or was taken back. */
    public boolean isWaiting(int number) {
        return !bits.get(given(number)) && !isStored(number);
    }

    /** Whether a range is given out and its sound is not in the store yet. */
    public boolean isRunning(int number) {
        return bits.get(given(number)) && !isStored(number);
    }

    /** Whether a range's sound lies in the store. */
    public boolean isStored(int number) {
        return bits.get(given(number) + 1);
    }

    /** With a range given out. */
    public RangeProgress givenOut(int number) {
        return with(given(number), true);
    }

    /** With a range taken back, because it is to be given out again; one that is stored stays so. */
    public RangeProgress takenBack(int number) {
        return with(given(number), false);
    }

    /** With a range's sound in the store. */
    public RangeProgress stored(int number) {
        return with(given(number) + 1, true);
    }

    /** How many ranges' sound lies in the store. */
    public int storedCount() {
        return (int) bits.stream().filter(bit -> bit % 2 == 1).count();
    }

    /** Whether all sound lies in the store. */
    public boolean isDone() {
        return storedCount() == ranges;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RangeProgress progress && ranges == progress.ranges && bits.equals(progress.bits);
    }

    @Override
    public int hashCode() {
        return bits.hashCode();
    }

    private int given(int number) {
        if (number < 0 || number >= ranges) {
            throw new IllegalArgumentException(
                    "range " + number + " is asked for, but the song has " + ranges + "; ask for one of them");
        }
        return 2 * number;
    }

    private RangeProgress with(int bit, boolean value) {
        BitSet changed = (BitSet) bits.clone();
        changed.set(bit, value);
        return new RangeProgress(ranges, changed);
    }
}
