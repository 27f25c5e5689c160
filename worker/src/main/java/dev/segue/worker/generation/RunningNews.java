package dev.segue.worker.generation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Says how far a task is: when it begins and every couple of seconds from then on, but never while the last word is still
 * on its way, so that nothing piles up where nobody listens. Owned by the thread that samples.
 */
final class RunningNews {
    private static final long BETWEEN = TimeUnit.SECONDS.toNanos(2);

    private final GenerationWork work;
    private final Segments segments;
    private boolean said;
    private long saidAt;
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    RunningNews(GenerationWork work, Segments segments) {
        this.work = work;
        this.segments = segments;
    }

    /** Says that so many codes are done, if it is time to. */
    void say(int codes) {
        if (last.isDone() && (!said || System.nanoTime() - saidAt > BETWEEN)) {
            said = true;
            saidAt = System.nanoTime();
            last = work.news().send(segments.running(work.task(), codes));
        }
    }
}
