package dev.segue.worker.lyrics;

import dev.segue.worker.jukebox.alignment.Alignment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A made-up performance of lyrics: who knows when each character is sung, and what an alignment head would attend to. */
final class Singing {
    static final double SECONDS_PER_CODE = 128 / 44_100.0;

    private final int characters;
    private final List<Integer> sung = new ArrayList<>();
    private final List<int[]> ghosts = new ArrayList<>();
    private double noise;
    private int distractions;
    private final Random random;

    Singing(int characters, long seed) {
        this.characters = characters;
        this.random = new Random(seed);
    }

    /** Sings characters, each during so many codes on average. */
    Singing sing(int from, int to, int codesEach) {
        for (int character = from; character < to; character++) {
            int codes = codesEach / 2 + random.nextInt(codesEach + 1);
            for (int i = 0; i < codes; i++) {
                sung.add(character);
            }
        }
        return this;
    }

    /** Plays without singing. */
    Singing play(int codes) {
        for (int i = 0; i < codes; i++) {
            sung.add(-1);
        }
        return this;
    }

    /** Attention to everything, of which each character gets a random part. */
    Singing noise(double share) {
        noise = share;
        return this;
    }

    /** Moments of full attention to random characters. */
    Singing distractions(int number) {
        distractions = number;
        return this;
    }

    /** Two ranges of the lyrics that are alike, each of which gets attention while the other is sung. */
    Singing alike(int first, int second, int length) {
        ghosts.add(new int[] {first, second, length});
        return this;
    }

    int codes() {
        return sung.size();
    }

    /** The first code of a character, or −1. */
    int first(int character) {
        return sung.indexOf(character);
    }

    int last(int character) {
        return sung.lastIndexOf(character);
    }

    Alignment alignment() {
        float[][] weights = new float[sung.size()][characters + 1];
        for (int code = 0; code < weights.length; code++) {
            float[] row = weights[code];
            double left = 1 - noise;
            int now = sung.get(code);
            if (now < 0) {
                spread(row, 1);
                continue;
            }
            spread(row, noise);
            for (int[] ghost : ghosts) {
                int other = now - ghost[0] >= 0 && now - ghost[0] < ghost[2]
                        ? now - ghost[0] + ghost[1]
                        : now - ghost[1] >= 0 && now - ghost[1] < ghost[2] ? now - ghost[1] + ghost[0] : -1;
                if (other >= 0) {
                    row[other + 1] += (float) (0.45 * left);
                    left *= 0.55;
                }
            }
            // A head looks at neighbours too.
            row[now + 1] += (float) (0.6 * left);
            row[now] += (float) (0.2 * left);
            row[Math.min(characters, now + 2)] += (float) (0.2 * left);
        }
        for (int i = 0; i < distractions; i++) {
            int at = random.nextInt(weights.length - 20);
            int character = random.nextInt(characters);
            for (int code = at; code < at + 20; code++) {
                Arrays.fill(weights[code], 0);
                weights[code][character + 1] = 1;
            }
        }
        return Alignment.of(weights, characters + 1);
    }

    private void spread(float[] row, double share) {
        double sum = 0;
        double[] parts = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            parts[i] = random.nextDouble();
            sum += parts[i];
        }
        for (int i = 0; i < row.length; i++) {
            row[i] += (float) (share * parts[i] / sum);
        }
    }
}
