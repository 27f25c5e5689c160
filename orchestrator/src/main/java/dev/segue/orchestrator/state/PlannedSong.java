package dev.segue.orchestrator.state;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.SongRequest;
import dev.segue.orchestrator.plan.RangePlan;
import dev.segue.orchestrator.plan.SongPlan;
import java.util.List;

/**
 * Everything about a song that follows from its request, its model and its prompt, and is thus computed again instead of
 * stored.
 *
 * @param request what was asked for
 * @param card the model
 * @param plan its windows
 * @param ranges its sound
 */
public record PlannedSong(SongRequest request, ModelCard card, SongPlan plan, RangePlan ranges) {
    /**
     * Plans a song.
     *
     * @param promptCodes codes that exist by level of the model, the finest first
     * @throws dev.segue.contracts.request.RejectedException if the prompt does not suit the song's length
     */
    public static PlannedSong of(SongRequest request, ModelCard card, String modelDigest, List<Integer> promptCodes) {
        SongPlan plan = SongPlan.of(request, card, modelDigest, promptCodes);
        return new PlannedSong(
                request, card, plan, RangePlan.of(plan, card.vqVae().shape()));
    }
}
