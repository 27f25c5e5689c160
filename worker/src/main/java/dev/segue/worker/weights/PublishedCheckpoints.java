package dev.segue.worker.weights;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Where the authors of Jukebox publish its weights and identifier tables.
 *
 * @param checkpoints base address of the torch files
 * @param tables base address of the identifier tables
 */
public record PublishedCheckpoints(URI checkpoints, URI tables) {
    /** What whoever fetches the weights must agree to. */
    public static final String LICENCE_NOTICE =
            "The weights that OpenAI published for Jukebox, and the tables that belong to them, may be used for"
                    + " non-commercial purposes only, under the licence at"
                    + " https://github.com/openai/jukebox/blob/master/LICENSE; they are not part of Segue.";

    /** The identifier tables, which lie in the folder {@code ids} of a model. */
    public static final List<String> TABLES =
            List.of("v2_artist_ids.txt", "v2_genre_ids.txt", "v3_artist_ids.txt", "v3_genre_ids.txt");

    private static final Map<String, String> TOP_PRIORS = Map.of(
            "5b", "5b/prior_level_2.pth.tar",
            "5b_lyrics", "5b_lyrics/prior_level_2.pth.tar",
            "1b_lyrics", "1b_lyrics/prior_level_2.pth.tar");

    public PublishedCheckpoints {
        Objects.requireNonNull(checkpoints, "checkpoints is null");
        Objects.requireNonNull(tables, "tables is null");
    }

    /** The addresses that the original uses. */
    public static PublishedCheckpoints ofTheAuthors() {
        return new PublishedCheckpoints(
                URI.create("https://openaipublic.azureedge.net/jukebox/models/"),
                URI.create("https://raw.githubusercontent.com/openai/jukebox/master/jukebox/data/ids/"));
    }

    /** Names of the published models. */
    public static Set<String> models() {
        return TOP_PRIORS.keySet();
    }

    /**
     * The torch files of a published model by the part they hold: {@code vqvae} and {@code prior_level_0} (the finest)
     * to {@code prior_level_2}.
     *
     * @throws IllegalArgumentException if no such model was published
     */
    public static Map<String, String> files(String model) {
        String top = TOP_PRIORS.get(model);
        if (top == null) {
            throw new IllegalArgumentException("no model " + model + " was published; choose one of " + models());
        }
        // The later models use the first one's codes and upsamplers.
        Map<String, String> files = new LinkedHashMap<>();
        files.put("vqvae", "5b/vqvae.pth.tar");
        files.put("prior_level_0", "5b/prior_level_0.pth.tar");
        files.put("prior_level_1", "5b/prior_level_1.pth.tar");
        files.put("prior_level_2", top);
        return files;
    }
}
