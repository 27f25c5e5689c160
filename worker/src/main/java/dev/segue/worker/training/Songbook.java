package dev.segue.worker.training;

import java.util.List;

/**
 * Songs laid end to end and cut into items of one length, each of which is then moved to lie within one song
 * (specification §11.1). All lengths are in samples.
 */
public final class Songbook {
    private final List<Long> ends;
    private final int sampleLength;

    /**
     * Lays songs end to end.
     *
     * @param durations of the songs, each at least {@code sampleLength}
     * @param sampleLength of an item
     */
    public Songbook(List<Long> durations, int sampleLength) {
        if (sampleLength < 1) {
            throw new IllegalArgumentException("sampleLength is " + sampleLength + " samples but must be at least 1");
        }
        Long[] cumulative = new Long[durations.size()];
        long end = 0;
        for (int song = 0; song < cumulative.length; song++) {
            long duration = durations.get(song);
            if (duration < sampleLength) {
                throw new IllegalArgumentException("song " + song + " has " + duration
                        + " samples but must have at least the " + sampleLength
                        + " of an item; filter the songs by duration first");
            }
            end = Math.addExact(end, duration);
            cumulative[song] = end;
        }
        this.ends = List.of(cumulative);
        this.sampleLength = sampleLength;
    }

    /** Number of items. */
    public int items() {
        return Math.toIntExact(length() / sampleLength);
    }

    /** Where item {@code item} lies. */
    public Excerpt excerpt(int item) {
        return excerpt(item, 0);
    }

    /**
     * Where item {@code item} lies when it is moved by {@code shift} samples first, from −sampleLength/2 inclusive to
     * sampleLength/2 exclusive, as aug_shift draws it.
     */
    public Excerpt excerpt(int item, int shift) {
        if (item < 0 || item >= items()) {
            throw new IndexOutOfBoundsException("item is " + item + " but must be from 0 to " + (items() - 1));
        }
        long start = (long) item * sampleLength + shift;
        long middle = start + sampleLength / 2;
        int song = 0;
        while (ends.get(song) < middle) {
            song++;
        }
        long begin = song == 0 ? 0 : ends.get(song - 1);
        long end = ends.get(song);
        if (start > end - sampleLength) {
            start = Math.max(begin, start - sampleLength / 2);
        } else if (start < begin) {
            start = Math.min(end - sampleLength, start + sampleLength / 2);
        }
        return new Excerpt(song, start - begin);
    }

    private long length() {
        return ends.isEmpty() ? 0 : ends.get(ends.size() - 1);
    }

    /**
     * A place in a song.
     *
     * @param song which one, from 0
     * @param offset first sample in it
     */
    public record Excerpt(int song, long offset) {}
}
