package dev.segue.worker.generation;

import dev.segue.contracts.record.CodeSegment;
import dev.segue.worker.tasks.Results;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Codes of a run's windows but the last, on their way. Each is sent until it has arrived, and only then the next one, since
 * codes that arrive before those they follow are dropped. A run without earlier windows ends at once.
 *
 * <p>Owned by the thread that does the work; what follows a send runs where the send ended.
 */
final class EarlierCodes {
    private static final Logger LOG = LoggerFactory.getLogger(EarlierCodes.class);
    private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    private final CompletableFuture<Optional<CodeSegment>> outcome;
    private final Results<CodeSegment> news;
    private CompletableFuture<Void> arrived = CompletableFuture.completedFuture(null);

    /**
     * Sends nothing yet.
     *
     * @param outcome of the whole run; once it is there, nobody waits for codes any more
     * @param news where codes go
     */
    EarlierCodes(CompletableFuture<Optional<CodeSegment>> outcome, Results<CodeSegment> news) {
        this.outcome = outcome;
        this.news = news;
    }

    /** Sends codes once those before them have arrived. */
    void send(CodeSegment codes) {
        arrived = arrived.thenCompose(before -> insist(codes));
    }

    /** Ends the run once all codes have arrived. */
    void end(CodeSegment last) {
        arrived = arrived.thenRun(() -> outcome.complete(Optional.of(last)));
    }

    private CompletableFuture<Void> insist(CodeSegment codes) {
        if (outcome.isDone()) {
            return CompletableFuture.completedFuture(null);
        }
        return news.send(codes)
                .handle((nothing, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.<Void>completedFuture(null);
                    }
                    if (failure instanceof RecordTooLargeException) {
                        outcome.completeExceptionally(failure);
                        return CompletableFuture.<Void>completedFuture(null);
                    }
                    LOG.warn(
                            "event=codes_not_published song={} level={} window={} reason=\"{}\"",
                            codes.getSongId(),
                            codes.getLevel(),
                            codes.getWindow(),
                            failure.toString());
                    return CompletableFuture.runAsync(() -> {}, LATER).thenCompose(pause -> insist(codes));
                })
                .thenCompose(Function.identity());
    }
}
