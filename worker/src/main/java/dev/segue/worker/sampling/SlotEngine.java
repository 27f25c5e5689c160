package dev.segue.worker.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.segue.contracts.model.PriorShape;
import dev.segue.worker.jukebox.Conditions;
import dev.segue.worker.jukebox.Prior;
import dev.segue.worker.torch.LargeBlocks;
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
     * @param prior becomes the engine's own and is closed with it
     * @param slots windows side by side; each takes memory for its caches
     */
    public SlotEngine(Prior prior, int slots) {
        if (slots < 1) {
            throw new IllegalArgumentException("slots is " + slots + " but must be at least 1");
        }
        this.prior = prior;
        this.shape = prior.shape();
        this.conditions = new Conditions(prior);
        this.slots = new Slot[slots];
        prior.allocate(slots);
    }

    /** A window in a slot, and what it has written. */
    private static final class Slot {
        final WindowJob job;
        final int[] codes;
        int written;

        Slot(WindowJob job) {
            this.job = job;
            this.codes = new int[job.window().added().length()];
        }

        int remaining() {
            return codes.length - written;
        }
    }

    /**
     * What a burst wrote into a slot.
     *
     * @param slot where
     * @param job the slot's window
     * @param codes the new codes
     * @param finished whether they were its last; the slot is free again
     * @param failed whether logits were no numbers, so that the window cannot go on; the slot is free again
     */
    public record Written(int slot, WindowJob job, int[] codes, boolean finished, boolean failed) {}

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
     */
    public int join(WindowJob job) {
        requireFitting(job);
        int free = Arrays.asList(slots).indexOf(null);
        if (free < 0) {
            throw new IllegalStateException("all " + slots.length + " slots are taken");
        }
        try (NDManager scratch = prior.newManager()) {
            LargeBlocks.mapped(() -> conditions.join(scratch, free, symbols(scratch, job), job.y(), job.above()));
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
        System.arraycopy(codes, 0, slot.codes, slot.written, codes.length);
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
                positions[i] = shape.prefixTokens() + (long) job.known().length + slots[i].written;
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

    /** The stream as far as it is known: lyric tokens where they share it, then codes behind them. */
    private NDArray symbols(NDManager owner, WindowJob job) {
        int prefix = shape.prefixTokens();
        long[] symbols = new long[prefix + job.known().length];
        for (int i = 0; i < prefix; i++) {
            symbols[i] = job.y()[job.y().length - prefix + i];
        }
        for (int i = 0; i < job.known().length; i++) {
            symbols[prefix + i] = job.known()[i] + (long) shape.codeShift();
        }
        return symbols.length == 0
                ? owner.zeros(new Shape(1, 0), DataType.INT64)
                : owner.create(symbols, new Shape(1, symbols.length));
    }

    private void requireFitting(WindowJob job) {
        if (job.window().span().length() != shape.context()) {
            throw new IllegalArgumentException("the window spans "
                    + job.window().span().length() + " codes but the prior's context is " + shape.context());
        }
        for (int code : job.known()) {
            if (code < 0 || code >= shape.codes()) {
                throw new IllegalArgumentException(
                        "known code is " + code + " but must be from 0 to " + (shape.codes() - 1));
            }
        }
    }

    @Override
    public void close() {
        prior.close();
    }
}
