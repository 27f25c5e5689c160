package dev.segue.standalone.train;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Lets a training that is told to end (Ctrl-C, or a signal of the system) write its checkpoint first. Any thread may ask.
 */
final class GentleStop implements BooleanSupplier, AutoCloseable {
    private static final long LONGEST_SECONDS = 120;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::onEnd, "gentle-stop");
    private volatile boolean wanted;

    GentleStop() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void onEnd() {
        wanted = true;
        try {
            boolean inTime = ended.await(LONGEST_SECONDS, TimeUnit.SECONDS);
            if (!inTime) {
                System.err.println("segue: gave up waiting for the checkpoint; what was learnt since the last is lost");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean getAsBoolean() {
        return wanted;
    }

    @Override
    public void close() {
        ended.countDown();
        if (!wanted) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
