package dev.segue.worker.lyrics;

import java.util.Arrays;

/**
 * The way through the lyrics, forward only, that collects the most attention: for each frame the character that is
 * sung. Going to one of the next few characters costs little, a leap forward costs a fixed price besides, so that
 * a moment's attention to a far place, such as the same words in a later chorus, is not worth it but a left-out verse is.
 * The path may begin and end anywhere.
 *
 * <p>Dynamic programming over frames × the characters that have been heard so far, among which the path may also wait:
 * two bytes for each such pair, and no more than two rows of scores.
 */
final class LyricPath {
    /** Before the first sung character. */
    static final int NONE = -1;

    /** Characters that are gone to without a leap: what is sung within one frame. */
    private static final int STEP = 6;

    /** Price, in frames of full attention, of each character that is passed over. */
    private static final double PRICE_OF_CHARACTER = 0.02;

    private static final double PRICE_OF_LEAP = 3;

    private final AttentionFrames frames;

    LyricPath(AttentionFrames frames) {
        this.frames = frames;
    }

    /** Per frame the character that it sings, or {@link #NONE}. */
    int[] find() {
        int[] path = new int[frames.frames()];
        Arrays.fill(path, NONE);
        int start = 0;
        while (start < path.length && frames.reached(start) == 0) {
            start++;
        }
        if (start == path.length) {
            return path;
        }
        char[][] jumps = new char[path.length][];
        double[] scores = new double[frames.reached(start)];
        for (int character = 0; character < scores.length; character++) {
            scores[character] = frames.at(start, character) - price(character + 1);
        }
        for (int frame = start + 1; frame < path.length; frame++) {
            jumps[frame] = new char[frames.reached(frame)];
            scores = advance(scores, frame, jumps[frame]);
        }
        int character = indexOfMost(scores);
        for (int frame = path.length - 1; frame >= start; frame--) {
            path[frame] = character;
            if (frame > start) {
                character -= jumps[frame][character];
            }
        }
        return path;
    }

    private double[] advance(double[] before, int frame, char[] jumps) {
        double[] scores = new double[jumps.length];
        // The best start of a leap: the largest score plus the price that its distance from 0 would have saved.
        double farScore = Double.NEGATIVE_INFINITY;
        int far = 0;
        for (int character = 0; character < jumps.length; character++) {
            int left = character - STEP - 1;
            if (left >= 0 && left < before.length && before[left] + PRICE_OF_CHARACTER * left > farScore) {
                farScore = before[left] + PRICE_OF_CHARACTER * left;
                far = left;
            }
            double best = farScore - PRICE_OF_CHARACTER * (character - 1) - PRICE_OF_LEAP;
            int jump = character - far;
            for (int near = Math.min(character, before.length - 1); near >= Math.max(0, left + 1); near--) {
                double score = before[near] - price(character - near);
                if (score > best) {
                    best = score;
                    jump = character - near;
                }
            }
            scores[character] = best + frames.at(frame, character);
            jumps[character] = (char) jump;
        }
        return scores;
    }

    private static double price(int distance) {
        double price = PRICE_OF_CHARACTER * Math.max(0, distance - 1);
        return distance > STEP ? price + PRICE_OF_LEAP : price;
    }

    private static int indexOfMost(double[] scores) {
        int most = 0;
        for (int i = 1; i < scores.length; i++) {
            most = scores[i] > scores[most] ? i : most;
        }
        return most;
    }
}
