package dev.segue.orchestrator.webhook.delivery;

import dev.segue.orchestrator.webhook.message.SongMessage;

/** What becomes of messages that are no longer on their way. */
public interface Ends {
    /** A message needs no more doing: it arrived, a newer one replaced it, or its receiver wants no more. */
    void settled(SongMessage message);

    /** A message is given up; it is kept where people find it before this returns. */
    void givenUp(SongMessage message, String reason);
}
