package dev.segue.contracts.client;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.ModelRegistration;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The models that songs can be asked of. */
public final class PublishedModels {
    private static final int MOST_NAMES = 1000;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private PublishedModels() {}

    /**
     * All of them, by name.
     *
     * @throws ClusterException if the cluster does not answer, or Segue is not set up there
     */
    public static Map<String, ModelCard> of(Cluster cluster) throws ClusterException {
        Map<String, ModelCard> cards = new TreeMap<>();
        try (TopicReader<ModelRegistration> reader =
                new TopicReader<>(cluster, cluster.topics().models(), name -> true)) {
            long end = reader.end();
            while (reader.position() < end) {
                reader.entries(BETWEEN_LOOKS).forEach(entry -> take(entry, cards));
            }
        }
        return cards;
    }

    /** In their order, so that the last card of a name stays. */
    private static void take(TopicReader.Entry<ModelRegistration> entry, Map<String, ModelCard> cards) {
        if (entry.isWithdrawn()) {
            cards.remove(entry.key());
        } else {
            cards.put(entry.key(), ModelCard.parse(entry.value().getCard()));
        }
    }

    /**
     * The card of one model.
     *
     * @throws IllegalArgumentException if nobody published it; the message names those that are
     * @throws ClusterException if the cluster does not answer, or Segue is not set up there
     */
    public static ModelCard named(Cluster cluster, String name) throws ClusterException {
        Map<String, ModelCard> cards = of(cluster);
        ModelCard card = cards.get(name);
        if (card == null) {
            throw new IllegalArgumentException("--model is " + name + ", but must be one of "
                    + (cards.isEmpty() ? "none yet" : String.join(", ", cards.keySet()))
                    + "; segue publish adds one");
        }
        return card;
    }

    /**
     * Lets songs be asked of a model, whose files must be where workers look for them.
     *
     * @param artists names that it knows, of which the first 1000 are told to whoever asks
     * @param genres likewise
     * @throws ClusterException if the cluster or the registry does not answer
     */
    public static void announce(Cluster cluster, ModelCard card, List<String> artists, List<String> genres)
            throws IOException, InterruptedException {
        try (ClusterWriter writer = new ClusterWriter(cluster)) {
            writer.write(
                    cluster.topics().models(),
                    card.name(),
                    new ModelRegistration(
                            card.name(), card.digest(), card.toJson(), suggestions(artists), suggestions(genres)));
        }
    }

    private static List<String> suggestions(List<String> names) {
        return List.copyOf(names.subList(0, Math.min(MOST_NAMES, names.size())));
    }
}
