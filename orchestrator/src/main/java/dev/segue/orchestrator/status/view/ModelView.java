package dev.segue.orchestrator.status.view;

import dev.segue.contracts.client.TopicReader;
import dev.segue.contracts.model.InvalidModelException;
import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.ModelRegistration;
import dev.segue.orchestrator.status.document.ModelDocument;
import dev.segue.orchestrator.status.document.ModelList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models that songs can be asked of.
 *
 * <p>Fed by one thread, read by any number.
 */
public final class ModelView {
    private static final Logger LOG = LoggerFactory.getLogger(ModelView.class);

    private final TreeMap<String, KnownModel> models = new TreeMap<>();

    private record KnownModel(ModelCard card, ModelRegistration registration) {}

    /** Takes in what was published and withdrawn, in its order. */
    public synchronized void take(List<TopicReader.Entry<ModelRegistration>> entries) {
        for (TopicReader.Entry<ModelRegistration> entry : entries) {
            if (entry.isWithdrawn()) {
                models.remove(entry.key());
                continue;
            }
            try {
                models.put(
                        entry.key(),
                        new KnownModel(ModelCard.parse(entry.value().getCard()), entry.value()));
            } catch (InvalidModelException e) {
                // The orchestrator has put it among the dead letters.
                LOG.warn("event=model_not_usable model={} reason=\"{}\"", entry.key(), e.getMessage());
            }
        }
    }

    /** The card that a name stands for. */
    public synchronized Optional<ModelCard> card(String name) {
        return Optional.ofNullable(models.get(name)).map(KnownModel::card);
    }

    /** What requests can name. */
    public synchronized Collection<String> names() {
        return List.copyOf(models.keySet());
    }

    /** All of them, by name. */
    public synchronized ModelList list() {
        List<ModelDocument> documents = new ArrayList<>();
        models.forEach((name, model) -> documents.add(new ModelDocument(
                name,
                model.registration().getDigest(),
                model.card().description(),
                model.card().licence(),
                model.card().sampleRate(),
                model.card().levels().stream().map(ModelCard.LevelCard::hop).toList(),
                model.registration().getArtists(),
                model.registration().getGenres())));
        return new ModelList(documents);
    }
}
