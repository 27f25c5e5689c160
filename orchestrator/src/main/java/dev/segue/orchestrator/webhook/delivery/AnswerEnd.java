package dev.segue.orchestrator.webhook.delivery;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.core5.concurrent.FutureCallback;

/** Says that an exchange is over, whichever way it ended. */
record AnswerEnd(CompletableFuture<Outcome> outcome) implements FutureCallback<Outcome> {
    @Override
    public void completed(Outcome result) {
        outcome.complete(result);
    }

    @Override
    public void failed(Exception failure) {
        outcome.completeExceptionally(failure);
    }

    @Override
    public void cancelled() {
        outcome.completeExceptionally(new CancellationException("it was cut off"));
    }
}
