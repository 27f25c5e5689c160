package dev.segue.worker.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.segue.contracts.model.PriorShape;
import dev.segue.worker.jukebox.Conditions;
import dev.segue.worker.jukebox.Prior;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Samples windows side by side, each in a slot and at a position of its own; a window joins when a slot is free and
 * leaves when it is done, whatever the others do.
 *
 * <p>What a slot writes depends on its window alone, to the bit: not on how many slots there are, nor on what they hold
 * or when they joined. Owned by one thread.
 */
public final class SlotEngine implements AutoCloseable {
    /** Codes that are sampled between two looks at what was written, and so the most that a cancel can be late by. */
    public static final int BURST = 64;

    private final Prior prior;
    private final PriorShape shape;
    private final Conditions conditions;
    private final Slot[] slots;

    /**
     * Makes room for windows.
     *
     * @param prior loaded {@linkplain Prior#forSampling for sampling}; becomes the engine's own and is closed with it,
     *     or at once if the engine cannot be made
     * @param slots windows side by side; each takes memory for its caches
     * @throws IllegalArgumentException if there is not one slot
     */
    public SlotEngine(Prior prior, int slots) {
        this.prior = prior;
        this.shape = prior.shape();
        this.conditions = new Conditions(prior);
        try {
            if (slots < 1) {
                throw new IllegalArgumentException("slots is " + slots + " but must be at least 1");
            }
            this.slots = new Slot[slots];
            prior.allocate(slots);
        } catch (RuntimeException e) {
            prior.close();
            throw e;
        }
    }

    /** A window in a slot, and how many codes it has written. */
    private static final class Slot {
        final WindowJob job;
        int written;

        Slot(WindowJob job) {
            this.job = job;
        }

        int remaining() {
            return job.window().added().length() - written;
        }
    }

    /** What a burst wrote into a slot. Immutable. */
    public static final class Written {
        private final int slot;
        private final WindowJob job;
        private final int[] codes;
        private final boolean finished;
        private final boolean failed;

        private Written(int slot, WindowJob job, int[] codes, boolean finished, boolean failed) {
            this.slot = slot;
            this.job = job;
            this.codes = codes;
            this.finished = finished;
            this.failed = failed;
        }

        /** Where: what {@link SlotEngine#join} returned. */
        public int slot() {
            return slot;
        }

        /** The slot's window. */
        public WindowJob job() {
            return job;
        }

        /** A copy of the new codes; none if it failed. */
        public int[] codes() {
            return codes.clone();
        }

        /** Whether these were the window's last; the slot is free again. */
        public boolean finished() {
            return finished;
        }

        /** Whether logits were no numbers, so that the window cannot go on; the slot is free again. */
        public boolean failed() {
            return failed;
        }
    }

    /** The prior that samples. */
    public Prior prior() {
        return prior;
    }

    /** How many windows could join now. */
    public int freeSlots() {
        return (int) Arrays.stream(slots).filter(slot -> slot == null).count();
    }

    /**
     * Puts a window into a free slot and computes its known codes in one pass.
     *
     * @return the slot
     * @throws IllegalArgumentException if the window does not suit the prior
     * @throws IllegalStateException if no slot is free
     */
    public int join(WindowJob job) {
        requireFitting(job);
        int free = Arrays.asList(slots).indexOf(null);
        if (free < 0) {
            throw new IllegalStateException("all " + slots.length + " slots are taken");
        }
        try (NDManager scratch = prior.newManager()) {
            conditions.join(scratch, free, symbols(scratch, job), job.y(), job.above());
        }
        slots[free] = new Slot(job);
        return free;
    }

    /** Takes a window out of its slot, as it stands. */
    public void leave(int slot) {
        slots[slot] = null;
    }

    /** Samples up to {@link #BURST} codes for every window, as many as the one that needs the fewest. */
    public List<Written> advance() {
        int steps = BURST;
        boolean any = false;
        for (Slot slot : slots) {
            if (slot != null) {
                any = true;
                steps = Math.min(steps, slot.remaining());
            }
        }
        if (!any) {
            return List.of();
        }
        long[][] symbols = steps == 0 ? new long[0][] : sample(steps);
        List<Written> written = new ArrayList<>();
        for (int slot = 0; slot < slots.length; slot++) {
            if (slots[slot] != null) {
                written.add(accept(slot, symbols));
            }
        }
        return written;
    }

    private Written accept(int index, long[][] symbols) {
        Slot slot = slots[index];
        int[] codes = new int[symbols.length];
        boolean failed = false;
        for (int step = 0; step < codes.length; step++) {
            failed |= symbols[step][index] >= shape.streamVocabulary();
            // Nothing keeps a single stream from a lyric symbol among its codes; it counts as code 0 (§6).
            codes[step] = (int) Math.max(0, symbols[step][index] - shape.codeShift());
        }
        if (failed) {
            prior.wipe(index);
            slots[index] = null;
            return new Written(index, slot.job, new int[0], false, true);
        }
        slot.written += codes.length;
        boolean finished = slot.remaining() == 0;
        if (finished) {
            slots[index] = null;
        }
        return new Written(index, slot.job, codes, finished, false);
    }

    private long[][] sample(int steps) {
        int n = slots.length;
        long[] positions = new long[n];
        float[] uniform = new float[steps * n];
        float[] temperature = new float[n];
        long[] topK = new long[n];
        float[] topP = new float[n];
        boolean limited = false;
        for (int i = 0; i < n; i++) {
            Sampling sampling = slots[i] == null ? Sampling.DEFAULT : slots[i].job.sampling();
            temperature[i] = (float) sampling.temperature();
            topK[i] = sampling.topK() == 0 ? shape.streamVocabulary() : sampling.topK();
            topP[i] = sampling.topP() == 0 ? 2 : (float) sampling.topP();
            limited |= sampling.limited();
            if (slots[i] != null) {
                WindowJob job = slots[i].job;
                positions[i] =
                        shape.prefixTokens() + (long) job.window().context().length() + slots[i].written;
                long first = job.window().added().start() + (long) slots[i].written;
                for (int step = 0; step < steps; step++) {
                    uniform[step * n + i] =
                            CounterRandom.uniform(job.seed(), job.window().level(), first + step);
                }
            }
        }
        try (NDManager scratch = prior.newManager()) {
            Shape perSlot = new Shape(n, 1, 1);
            return prior.sample(
                    scratch.create(positions),
                    scratch.create(uniform, new Shape(steps, n)),
                    scratch.create(temperature, perSlot),
                    limited,
                    scratch.create(topK, perSlot),
                    scratch.create(topP, perSlot));
        }
    }

    /** The stream as far as it is known, [1, p]. */
    private NDArray symbols(NDManager owner, WindowJob job) {
        long[] symbols = shape.stream(job.y(), job.known());
        return symbols.length == 0
                ? owner.zeros(new Shape(1, 0), DataType.INT64)
                : owner.create(symbols, new Shape(1, symbols.length));
    }

    private void requireFitting(WindowJob job) {
        if (job.window().span().length() != shape.context()) {
            throw new IllegalArgumentException("the window spans "
                    + job.window().span().length() + " codes but the prior's context is " + shape.context());
        }
        requireCodes("known code", job.known());
        requireCodes("code of the level above", job.above() == null ? new int[0] : job.above());
    }

    /** A look-up of another code would read what is no embedding, and on a GPU end the process's use of it. */
    private void requireCodes(String what, int[] codes) {
        for (int code : codes) {
            if (code < 0 || code >= shape.codes()) {
                throw new IllegalArgumentException(
                        what + " is " + code + " but must be from 0 to " + (shape.codes() - 1));
            }
        }
    }

    @Override
    public void close() {
        prior.close();
    }
}
