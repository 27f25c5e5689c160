package dev.segue.worker.trainer;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.model.ModelShape;
import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.model.VqVaeShape;
import dev.segue.worker.audio.Resolution;
import dev.segue.worker.training.Bandwidths;
import dev.segue.worker.training.CodebookLearning;
import dev.segue.worker.training.VqVaeLoss;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All that determines a training run beside the songs, as a JSON file: the shapes of every part of a model and how each is
 * trained. Rows of label tables are counted in the songs, so that {@code labels.artists} and {@code labels.genres} of a
 * recipe stand for nothing.
 *
 * @param format version of this layout, {@value #FORMAT}
 * @param name what requests will call the model
 * @param description one line for people
 * @param licence what the weights may be used for
 * @param vqVae how the VQ-VAE is made
 * @param levels how the prior of each level is made, the finest first
 */
public record Recipe(
        int format, String name, String description, String licence, VqVaePart vqVae, List<LevelPart> levels) {
    /** The layout that this class reads and writes. */
    public static final int FORMAT = 1;

    /** Of the model that comes with Segue. */
    public static final String DEMO = "demo";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /** Checks that the parts fit each other. */
    public Recipe {
        if (format != FORMAT) {
            throw new RecipeException("format", format, Integer.toString(FORMAT));
        }
        levels = List.copyOf(levels);
        if (levels.size() != vqVae.shape().levels()) {
            throw new RecipeException(
                    "levels",
                    levels.size() + " entries",
                    "one for each of the " + vqVae.shape().levels() + " levels");
        }
    }

    /**
     * How the VQ-VAE is made.
     *
     * @param shape what it computes
     * @param sampleLength samples of a training item, a multiple of the coarsest hop
     * @param shift whether items are moved by up to half their length, aug_shift
     * @param blend whether stereo is mixed anew for each item, aug_blend
     * @param loss what is made small
     * @param codebook how codebooks follow the latents
     * @param schedule how long it takes
     */
    public record VqVaePart(
            VqVaeShape shape,
            int sampleLength,
            boolean shift,
            boolean blend,
            LossWeights loss,
            CodebookLearning codebook,
            Schedule schedule) {
        /** Checks the length of an item. */
        public VqVaePart {
            int hop = shape.hop(shape.levels() - 1);
            if (sampleLength < 1 || sampleLength % hop != 0) {
                throw new RecipeException(
                        "vqVae.sampleLength", sampleLength, "a positive multiple of the coarsest hop, " + hop);
            }
        }
    }

    /**
     * Weights of the parts of a VQ-VAE's loss, see {@link VqVaeLoss}.
     *
     * @param linfK how many residuals the third counts
     */
    public record LossWeights(
            double l1, double l2, double linf, int linfK, double spectral, double multispectral, double commit) {
        /** The loss on sound of these statistics. */
        public VqVaeLoss loss(Bandwidths bandwidths) {
            return new VqVaeLoss(
                    new VqVaeLoss.Reconstruction(l1, l2, linf, linfK),
                    spectral,
                    false,
                    multispectral,
                    Resolution.MULTISPECTRAL,
                    commit,
                    bandwidths);
        }
    }

    /**
     * How the prior of one level is made.
     *
     * @param hopFraction share of a window from its start to the next one's, when it samples
     * @param temperature that it samples with unless a request says otherwise
     * @param prior what it computes
     * @param shift whether windows are moved by up to half their length
     * @param alignment weight of the loss that teaches the alignment head, for songs whose manifest says when each
     *     character is sung; 0 for none, as in the original
     * @param anyLengthFrom step from which a window is told any length of its song that it could lie in, and not the
     *     song's own; 0 for always, null for never, as in the original. Without it a prior that is told lengths may take
     *     them for what lengths have in common with genres or artists
     * @param corruption how codes are made wrong before they are read; null for not at all, as in the original
     * @param schedule how long it takes
     */
    public record LevelPart(
            double hopFraction,
            double temperature,
            PriorShape prior,
            boolean shift,
            double alignment,
            Integer anyLengthFrom,
            Corruption corruption,
            Schedule schedule) {
        /** Checks temperature and step. */
        public LevelPart {
            if (!(temperature >= ModelCard.SMALLEST_TEMPERATURE && temperature <= ModelCard.LARGEST_TEMPERATURE)) {
                throw new RecipeException(
                        "levels.temperature",
                        temperature,
                        "from " + ModelCard.SMALLEST_TEMPERATURE + " to " + ModelCard.LARGEST_TEMPERATURE);
            }
            if (anyLengthFrom != null && anyLengthFrom < 0) {
                throw new RecipeException("levels.anyLengthFrom", anyLengthFrom, "at least 0, or null for never");
            }
        }

        /** Whether windows are told any length at a step. */
        boolean tellsAnyLength(long step) {
            return prior.timing() != null && anyLengthFrom != null && step >= anyLengthFrom;
        }
    }

    /** The recipe of a file, or one that comes with Segue: {@code demo}. */
    public static Recipe named(String nameOrFile) throws IOException {
        Path file = Path.of(nameOrFile);
        if (Files.isRegularFile(file)) {
            return parse(nameOrFile, Files.readString(file));
        }
        try (InputStream in = Recipe.class.getResourceAsStream(nameOrFile + ".json")) {
            if (!nameOrFile.matches("[a-z]+") || in == null) {
                throw new IllegalArgumentException("--recipe is " + nameOrFile
                        + " but there is no such file; name a file, or demo for the one that comes with Segue");
            }
            return parse(nameOrFile, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static Recipe parse(String name, String json) {
        try {
            return JSON.readValue(json, Recipe.class);
        } catch (JsonMappingException e) {
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof RecipeException known) {
                    throw known;
                }
            }
            String field = e.getPath().stream()
                    .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                    .collect(Collectors.joining("."));
            throw new RecipeException(
                    "the recipe " + name + " cannot be used at \"" + field + "\": " + e.getOriginalMessage()
                            + "; segue train recipe prints one that can",
                    e);
        } catch (JacksonException e) {
            throw new RecipeException(
                    "the recipe " + name + " is no JSON at line "
                            + e.getLocation().getLineNr() + ": " + e.getOriginalMessage() + "; correct it",
                    e);
        }
    }

    /** The recipe as JSON text. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(this) + "\n";
        } catch (JacksonException e) {
            throw new IllegalStateException("a recipe of records cannot fail to be written", e);
        }
    }

    /** The shapes of all parts, with label tables of so many rows. */
    public ModelShape shape(LabelTables tables) {
        return new ModelShape(
                        vqVae.shape(),
                        levels.stream()
                                .map(level -> tables.counted(level.prior()))
                                .toList())
                .requireConsistent();
    }
}
