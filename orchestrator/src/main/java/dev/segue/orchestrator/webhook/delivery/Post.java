package dev.segue.orchestrator.webhook.delivery;

import dev.segue.orchestrator.webhook.message.SongMessage;
import java.util.concurrent.CompletableFuture;

/** Sends messages. */
@FunctionalInterface
public interface Post {
    /**
     * Sends a message once, without waiting for what comes of it.
     *
     * @return what came of it, after a limited time, on any thread; never completed exceptionally
     */
    CompletableFuture<Outcome> send(SongMessage message);
}
