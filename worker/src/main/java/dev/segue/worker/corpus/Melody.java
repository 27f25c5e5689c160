package dev.segue.worker.corpus;

import java.util.Random;

/**
 * A walk on the scale: two motifs of steps, drawn once, take turns from line to line; every other tone is pulled to the
 * nearest tone of its chord, and the first and the last always. Owned by one thread.
 */
final class Melody {
    private static final int MOTIF = 8;

    private final Scale scale;
    private final int tonic;
    private final int[][] motifs = new int[2][MOTIF];
    private int degree;
    private int line;

    Melody(Scale scale, int tonic, Random draws) {
        this.scale = scale;
        this.tonic = tonic;
        for (int[] motif : motifs) {
            int drift = draws.nextBoolean() ? 1 : -1;
            for (int i = 0; i < MOTIF; i++) {
                motif[i] = i < MOTIF / 2 ? drift * draws.nextInt(3) : -drift * draws.nextInt(3);
            }
        }
    }

    /**
     * The next tone.
     *
     * @param chord degree of its root
     * @param place of the tone among those of its line
     * @param count of tones in the line
     */
    int next(int chord, int place, int count, int lowest, int highest) {
        if (place == 0) {
            line++;
            degree = middle(lowest, highest);
        }
        int step = motifs[line % motifs.length][place % MOTIF];
        degree += step;
        if (place % 2 == 0 || place == count - 1) {
            degree = nearest(chord, degree);
        }
        while (pitch() > highest) {
            degree -= 7;
        }
        while (pitch() < lowest) {
            degree += 7;
        }
        return pitch();
    }

    private int pitch() {
        return tonic + scale.semitones(degree);
    }

    private int middle(int lowest, int highest) {
        int found = 0;
        while (tonic + scale.semitones(found) < (lowest + highest) / 2) {
            found++;
        }
        return found;
    }

    private static int nearest(int chord, int degree) {
        for (int distance = 0; distance < 3; distance++) {
            if (inChord(chord, degree - distance)) {
                return degree - distance;
            }
            if (inChord(chord, degree + distance)) {
                return degree + distance;
            }
        }
        return degree;
    }

    private static boolean inChord(int chord, int degree) {
        int above = Math.floorMod(degree - chord, 7);
        return above == 0 || above == 2 || above == 4;
    }
}
