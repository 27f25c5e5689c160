package dev.segue.orchestrator.plan;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.request.InvalidField;
import dev.segue.contracts.request.Rejection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What is wrong with a request, as far as it can be seen without the model's tables of names. Immutable. */
public final class RequestCheck {
    private final Limits limits;

    /** A check against the limits of an installation. */
    public RequestCheck(Limits limits) {
        this.limits = limits;
    }

    /**
     * Everything that is wrong with a request, in the order of its fields; empty if nothing is. A request that passes can
     * be planned by {@link SongPlan#of}, unless its prompt does not suit its length.
     *
     * @param model the card of {@code request.model}; empty if nobody knows it, so that what hangs on it is not looked at
     * @param knownModels names of all models, for the message
     * @param now what a deadline is compared with
     */
    public List<Rejection> check(
            SongRequest request, Optional<ModelCard> model, Collection<String> knownModels, Instant now) {
        List<Rejection> found = new ArrayList<>();
        TextCheck text = new TextCheck(limits, found);
        text.songId("songId", request.getSongId());
        if (model.isEmpty()) {
            found.add(new InvalidField.UnknownModel(request.getModel(), List.copyOf(knownModels)));
        }
        text.words(request);
        new LengthCheck(limits, model, found).check(request);
        SamplingCheck.check(request.getSampling(), model, found);
        new BeginningCheck(model, text, found).check(request);
        new OptionsCheck(limits, model, found).check(request, now);
        text.tenant(request.getTenant());
        CallbackCheck.check(request, found);
        return List.copyOf(found);
    }
}
