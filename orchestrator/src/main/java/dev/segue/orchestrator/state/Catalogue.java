package dev.segue.orchestrator.state;

import dev.segue.contracts.model.ModelCard;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;

/**
 * The models that were published: which card a name stands for at present, and every card that songs may still need, by
 * digest.
 *
 * <p>Owned by the thread of the orchestrator's task.
 */
public final class Catalogue {
    private static final String NAME = "name\0";
    private static final String CARD = "card\0";

    private final BufferedTable table;
    private final Map<String, ModelCard> parsed = new HashMap<>();

    /** Reads cards when they are asked for. */
    public Catalogue(BufferedTable table) {
        this.table = Objects.requireNonNull(table, "table is null");
    }

    /** Lets a name stand for a card from now on. */
    public void publish(ModelCard card, String digest) {
        table.put(key(NAME, card.name()), bytes(digest));
        table.put(key(CARD, digest), bytes(card.toJson()));
    }

    /** Lets a name stand for nothing; songs on their way keep their card. */
    public void withdraw(String name) {
        table.delete(key(NAME, name));
    }

    /** The digest of the card that a name stands for. */
    public Optional<String> digest(String name) {
        return Optional.ofNullable(table.get(key(NAME, name))).map(Catalogue::text);
    }

    /**
     * A card that was published.
     *
     * @throws IllegalStateException if none with this digest was
     */
    public ModelCard card(String digest) {
        ModelCard known = parsed.get(digest);
        if (known == null) {
            byte[] json = table.get(key(CARD, digest));
            if (json == null) {
                throw new IllegalStateException("no model card with digest " + digest + " was published");
            }
            known = ModelCard.parse(text(json));
            parsed.put(digest, known);
        }
        return known;
    }

    /** The names that stand for a card, in order. */
    public List<String> names() {
        return table.startingWith(Bytes.wrap(bytes(NAME))).stream()
                .map(entry -> text(entry.key.get()).substring(NAME.length()))
                .toList();
    }

    private static Bytes key(String kind, String name) {
        return Bytes.wrap(bytes(kind + name));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
