package dev.segue.orchestrator.topology;

import dev.segue.contracts.record.SongRequest;
import dev.segue.orchestrator.plan.CallbackCheck;

/**
 * Who is told of something that is no song, or a song no longer.
 *
 * @param songId what they called it
 * @param tenant on whose behalf; may be empty
 * @param callbackUrl where they asked to be told; null for nowhere
 * @param traceparent W3C trace context that their record came with; null for none
 */
record Asker(String songId, String tenant, String callbackUrl, String traceparent) {
    /** Whoever sent a record that says no more than which song it is about. */
    static Asker of(Received record, String songId, String tenant) {
        return new Asker(songId, tenant, null, record.traceparent());
    }

    /** Whoever sent a request; an address that cannot be one is left out. */
    static Asker of(Received record, SongRequest request, String tenant) {
        return new Asker(
                request.getSongId(), tenant, CallbackCheck.usable(request).orElse(null), record.traceparent());
    }
}
