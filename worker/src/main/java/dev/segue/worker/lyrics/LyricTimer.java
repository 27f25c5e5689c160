package dev.segue.worker.lyrics;

import dev.segue.worker.jukebox.alignment.Alignment;
import java.util.Arrays;

/**
 * Tells from an alignment when each character is sung. Codes are pooled to frames of about {@link #FRAME_SECONDS}; the
 * path through frames and characters that collects the most attention gives each frame its character; a character is sung
 * during those of its frames that really attend to it, the weightiest stretch of them if there are several.
 */
public final class LyricTimer {
    /** What the method is called where its results are shown. */
    public static final String METHOD = "monotone path of greatest attention";

    /** Shorter than a syllable, longer than most codes. */
    static final double FRAME_SECONDS = 0.04;

    /** Attention, relative to full, that counts as singing a character. */
    private static final double ATTENDED = 0.25;

    /** A pause within one character that does not end it. */
    private static final double PAUSE_SECONDS = 0.3;

    /** Pairs of frame and character that a path may take memory for, two bytes each; beyond, frames get longer. */
    private static final long MOST_PAIRS = 1 << 25;

    /** Back-references of a path have sixteen bits. */
    private static final int MOST_CHARACTERS = 1 << 16;

    private final double secondsPerCode;

    /** For alignments whose codes last so long. */
    public LyricTimer(double secondsPerCode) {
        this.secondsPerCode = secondsPerCode;
    }

    /**
     * When each character is sung; the last one never, since nothing attends to it.
     *
     * @throws IllegalArgumentException if there are more than 65 536 characters
     */
    public LyricTiming time(Alignment alignment) {
        if (alignment.characters() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("the lyrics have " + alignment.characters() + " characters, but at most "
                    + MOST_CHARACTERS + " can be timed; shorten them");
        }
        int codesPerFrame = (int) Math.max(1, Math.round(FRAME_SECONDS / secondsPerCode));
        while ((long) alignment.characters() * (alignment.codes() / codesPerFrame) > MOST_PAIRS) {
            codesPerFrame *= 2;
        }
        int pause = (int) Math.max(1, Math.round(PAUSE_SECONDS / (codesPerFrame * secondsPerCode)));
        AttentionFrames frames = AttentionFrames.of(alignment, codesPerFrame);
        int[] path = new LyricPath(frames).find();
        int[] first = new int[alignment.characters()];
        int[] last = new int[alignment.characters()];
        Arrays.fill(first, LyricTiming.UNSUNG);
        Arrays.fill(last, LyricTiming.UNSUNG);
        for (int begin = 0; begin < path.length; ) {
            int end = begin;
            while (end < path.length && path[end] == path[begin]) {
                end++;
            }
            if (path[begin] != LyricPath.NONE) {
                sing(frames, path[begin], begin, end, pause, first, last);
            }
            begin = end;
        }
        for (int i = 0; i < first.length; i++) {
            if (first[i] != LyricTiming.UNSUNG) {
                first[i] *= codesPerFrame;
                last[i] = Math.min(alignment.codes(), (last[i] + 1) * codesPerFrame) - 1;
            }
        }
        return LyricTiming.of(alignment.codes(), first, last);
    }

    /** Sets a character's first and last frame among those that the path gives it. */
    private static void sing(
            AttentionFrames frames, int character, int begin, int end, int pause, int[] first, int[] last) {
        double most = 0;
        double sum = 0;
        int start = LyricTiming.UNSUNG;
        int latest = LyricTiming.UNSUNG;
        for (int frame = begin; frame < end; frame++) {
            float weight = frames.at(frame, character);
            if (weight < ATTENDED) {
                continue;
            }
            if (start == LyricTiming.UNSUNG || frame - latest > pause) {
                start = frame;
                sum = 0;
            }
            latest = frame;
            sum += weight;
            if (sum > most) {
                most = sum;
                first[character] = start;
                last[character] = latest;
            }
        }
    }
}
