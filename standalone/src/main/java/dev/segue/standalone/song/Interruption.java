package dev.segue.standalone.song;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Whether somebody wants the program to end: the system's wish is held back until the work is ended in order. Made and
 * closed by the working thread; the system's own thread sets it.
 */
final class Interruption implements AutoCloseable {
    private static final long GRACE_SECONDS = 30;
    private static final long CANCEL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "interruption");
    private volatile boolean happened;

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void interrupt() {
        happened = true;
        try {
            if (!closed.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("segue: what was started does not stop; it is left to the system");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean happened() {
        return happened;
    }

    /** Whether it took too long since now to be waited for. */
    BooleanSupplier longEnoughAgo() {
        long end = System.nanoTime() + CANCEL_NANOS;
        return () -> System.nanoTime() > end;
    }

    @Override
    public void close() {
        closed.countDown();
        if (!happened) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
