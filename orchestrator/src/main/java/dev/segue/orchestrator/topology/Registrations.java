package dev.segue.orchestrator.topology;

import dev.segue.contracts.model.InvalidModelException;
import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.ModelRegistration;
import dev.segue.orchestrator.state.Catalogue;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a model that was published.
 *
 * <p>Owned by the thread of the orchestrator's task.
 */
final class Registrations {
    private static final Logger LOG = LoggerFactory.getLogger(Registrations.class);

    private final Turn turn;
    private final Catalogue models;

    Registrations(Turn turn, Catalogue models) {
        this.turn = Objects.requireNonNull(turn, "turn is null");
        this.models = Objects.requireNonNull(models, "models is null");
    }

    /** Takes a model into the catalogue, or puts it among the dead letters if it contradicts itself. */
    void handle(Received record, ModelRegistration registration) {
        ModelCard card;
        try {
            card = ModelCard.parse(registration.getCard());
        } catch (InvalidModelException e) {
            turn.deadLetter(record, e.getMessage());
            return;
        }
        if (!card.name().equals(registration.getName()) || !card.name().equals(record.name())) {
            turn.deadLetter(
                    record,
                    "the card names " + card.name() + ", the registration " + registration.getName() + ", the key "
                            + record.name() + ", but all must be the same; publish it again");
        } else if (!card.digest().equals(registration.getDigest())) {
            turn.deadLetter(
                    record,
                    "digest is " + registration.getDigest() + ", but must be the card's, which is " + card.digest()
                            + "; publish it again");
        } else {
            models.publish(card, registration.getDigest());
            LOG.info("event=model_published model={} digest={}", card.name(), registration.getDigest());
        }
    }

    /** Takes a model out of the catalogue. */
    void withdrawn(Received record) {
        models.withdraw(record.name());
        LOG.info("event=model_withdrawn model={}", record.name());
    }
}
