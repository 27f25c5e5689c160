package dev.segue.standalone.interruption;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Whether somebody wants the program to end (Ctrl-C, or a signal of the system): the wish is held back until the work is
 * ended in order, and the program then ends with the exit code that the work has. Made and closed by the working thread;
 * the system's own thread sets it, and any thread may ask.
 */
public final class Interruption implements BooleanSupplier, AutoCloseable {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "interruption");
    private final Duration grace;
    private final String loss;
    private volatile boolean happened;
    private volatile OptionalInt exitCode = OptionalInt.empty();

    /**
     * Waits for one from now on.
     *
     * @param grace how long the work may take to end
     * @param loss what is said if it takes longer
     */
    public Interruption(Duration grace, String loss) {
        this.grace = grace;
        this.loss = loss;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void interrupt() {
        happened = true;
        try {
            if (!closed.await(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("segue: " + loss);
            } else if (exitCode.isPresent()) {
                // A program that is told to end would have the signal's exit code, which says nothing of the work.
                Runtime.getRuntime().halt(exitCode.getAsInt());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it happened. */
    @Override
    public boolean getAsBoolean() {
        return happened;
    }

    /** Whether it took too long since now to be waited for. */
    public BooleanSupplier longerAgoThan(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        return () -> System.nanoTime() > end;
    }

    /** With which exit code the program ends if it was interrupted; everything is written by the time this is closed. */
    public int exitWith(int code) {
        exitCode = OptionalInt.of(code);
        return code;
    }

    @Override
    public void close() {
        closed.countDown();
        if (!happened) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
