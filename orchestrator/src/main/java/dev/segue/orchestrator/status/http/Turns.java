package dev.segue.orchestrator.status.http;

import io.javalin.http.HttpStatus;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets so many at once do what may hold up a thread of the server, far fewer than it has: whatever they wait for, everybody
 * else is answered. Who comes when all turns are taken is told to come again.
 *
 * <p>Safe for any number of threads.
 */
final class Turns {
    private final String what;
    private final int most;
    private final Semaphore free;

    /**
     * All are free.
     *
     * @param what is counted, for who is turned away
     * @param most at once
     */
    Turns(String what, int most) {
        this.what = what;
        this.most = most;
        this.free = new Semaphore(most);
    }

    /** One of them, which whoever takes it closes; if there is none, the answer that says so. */
    Turn take() {
        if (!free.tryAcquire()) {
            throw HttpProblem.of(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    what,
                    Integer.toString(most),
                    "must be at most that at once",
                    "ask again later");
        }
        return new Turn();
    }

    /** Taken until it is closed, by any thread; closing it again does nothing. */
    final class Turn implements AutoCloseable {
        private final AtomicBoolean taken = new AtomicBoolean(true);

        @Override
        public void close() {
            if (taken.getAndSet(false)) {
                free.release();
            }
        }
    }
}
