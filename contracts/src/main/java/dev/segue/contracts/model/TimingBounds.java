package dev.segue.contracts.model;

import dev.segue.contracts.request.Rejection;
import java.util.Optional;

/**
 * Which places in which songs a top-level prior can be told of (specification §5.1). All arithmetic is in single
 * precision, as in the original: sample counts beyond 2²⁴ lose their low bits.
 *
 * @param shape the timing tables
 * @param sampleRate the prior's own rate, whatever the sound's may be, in Hz
 */
public record TimingBounds(TimingShape shape, int sampleRate) {

    /**
     * Why windows from {@code offset} to the one that starts at {@code lastOffset}, all in samples of a song of
     * {@code totalLength}, cannot be told of; empty if they can.
     */
    public Optional<Rejection> check(long totalLength, long offset, long lastOffset, long windowSamples) {
        float least = (float) (shape.minSeconds() * sampleRate);
        float most = (float) (shape.maxSeconds() * sampleRate);
        if ((float) totalLength < least || (float) totalLength >= most) {
            return Optional.of(new Rejection.TotalLengthOutOfRange(
                    totalLength, sampleRate, shape.minSeconds(), shape.maxSeconds()));
        }
        if (offset < 0 || offset >= totalLength) {
            return Optional.of(new Rejection.OffsetOutsideSong(offset, totalLength));
        }
        if ((float) lastOffset / (float) totalLength >= 1.0f) {
            return Optional.of(new Rejection.WindowBehindSong(lastOffset, totalLength));
        }
        long end = lastOffset + windowSamples;
        if ((float) end > most) {
            return Optional.of(new Rejection.WindowTooLate(end, sampleRate, shape.maxSeconds()));
        }
        return Optional.empty();
    }
}
