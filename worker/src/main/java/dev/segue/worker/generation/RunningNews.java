package dev.segue.worker.generation;

import dev.segue.contracts.record.CodeSegment;
import dev.segue.contracts.record.WindowTask;
import dev.segue.worker.tasks.Results;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Says how far a task is, of a run how far its window under way is: when it begins and every couple of seconds from then
 * on, but never while the last word is still on its way, so that nothing piles up where nobody listens. Owned by the thread
 * that samples.
 */
final class RunningNews {
    private static final long BETWEEN = TimeUnit.SECONDS.toNanos(2);

    private final Results<CodeSegment> news;
    private final Segments segments;
    private boolean said;
    private long saidAt;
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    RunningNews(Results<CodeSegment> news, Segments segments) {
        this.news = news;
        this.segments = segments;
    }

    /** Says that so many codes of a task's first window are done, if it is time to. */
    void say(WindowTask task, int codes) {
        if (last.isDone() && (!said || System.nanoTime() - saidAt > BETWEEN)) {
            said = true;
            saidAt = System.nanoTime();
            last = news.send(segments.running(task, codes));
        }
    }
}
