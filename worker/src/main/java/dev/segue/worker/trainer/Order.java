package dev.segue.worker.trainer;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Which items each step learns from: all of them in a new random order every time round, of which an incomplete last
 * batch is dropped (specification §11.1). What is drawn for a step depends on the seed and the step's number alone.
 */
final class Order {
    private static final long ROUNDS = 0x5EC0DE;

    private final int items;
    private final int batch;
    private final long seed;
    private long round = -1;
    private int[] order = {};

    /**
     * An order of at least one batch.
     *
     * @param what the items are, for errors
     */
    Order(String what, int items, int batch, long seed) {
        if (items < batch) {
            throw new IllegalArgumentException("there are " + items + " " + what + " to learn from but a batch takes "
                    + batch + "; add songs to the train split or lower schedule.batch in the recipe");
        }
        this.items = items;
        this.batch = batch;
        this.seed = seed;
    }

    /** The items of one step. */
    int[] at(long step) {
        int batches = items / batch;
        if (step / batches != round) {
            round = step / batches;
            order = shuffled(new SplittableRandom(mixed(seed ^ ROUNDS, round)));
        }
        int[] chosen = new int[batch];
        System.arraycopy(order, Math.toIntExact(step % batches) * batch, chosen, 0, batch);
        return chosen;
    }

    private int[] shuffled(RandomGenerator random) {
        int[] all = new int[items];
        for (int i = 0; i < items; i++) {
            all[i] = i;
        }
        for (int i = items - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = all[i];
            all[i] = all[other];
            all[other] = kept;
        }
        return all;
    }

    /** What else is drawn for one step. */
    RandomGenerator random(long step) {
        return new SplittableRandom(mixed(seed, step));
    }

    /** Seeds that are hashed, since those a constant apart would give the same numbers one place further on. */
    private static long mixed(long seed, long number) {
        return new SplittableRandom(seed ^ Long.reverse((number + 1) * 0xD1342543DE82EF95L)).nextLong();
    }
}
