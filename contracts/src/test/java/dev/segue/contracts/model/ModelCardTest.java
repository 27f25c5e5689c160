package dev.segue.contracts.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.contracts.window.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCardTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    /** Two levels with hops 4 and 16: an upsampler with version 2 labels and a top prior with version 3 and lyrics. */
    static ModelCard card() {
        VqVaeShape vqVae =
                new VqVaeShape(44_100, List.of(2, 1), List.of(2, 4), 8, 32, 8, 2, List.of(1, 1), 1, 3, null, true);
        PriorShape upsampler = new PriorShape(
                0,
                64,
                32,
                new TransformerShape(16, 3, 1, 2, 8, 0.25, 1, 1),
                false,
                new LabelShape(LabelVersion.V2, 9, 11, 5),
                null,
                null,
                new ConditionerShape(1, 4, 8, 2, 1, 3, 8, false, true),
                false,
                44_100);
        PriorShape top = new PriorShape(
                1,
                96,
                32,
                new TransformerShape(32, 48, 2, 12, 8, 0.25, 1, 1),
                false,
                new LabelShape(LabelVersion.V3, 7, 9, 1),
                new TimingShape(16, 0.25, 4),
                new LyricShape(24, 79, 0.4, null, 31, 1),
                null,
                false,
                44_100);
        ModelCard.LabelFiles labels = new ModelCard.LabelFiles(file("labels/artists.txt"), file("labels/genres.txt"));
        return new ModelCard(
                1,
                "small-demo",
                "A model for tests.",
                "none",
                44_100,
                32,
                new ModelCard.VqVae(vqVae, file("vqvae.safetensors")),
                List.of(
                        new ModelCard.LevelCard(4, 64, 0.5, 0.99, upsampler, file("level_0.safetensors"), labels),
                        new ModelCard.LevelCard(16, 96, 0.125, 0.99, top, file("level_1.safetensors"), labels)));
    }

    private static ModelFile file(String path) {
        return new ModelFile(path, DIGEST, 12);
    }

    @Test
    void everyFileIsListedOnceAlsoWhereLevelsShareIt() {
        assertThat(card().files())
                .containsExactly(
                        file("vqvae.safetensors"),
                        file("level_0.safetensors"),
                        file("labels/artists.txt"),
                        file("labels/genres.txt"),
                        file("level_1.safetensors"));
    }

    @Test
    void aCardSurvivesJson() {
        assertThat(ModelCard.parse(card().toJson())).isEqualTo(card());
    }

    @Test
    void aCardSurvivesAFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("model.json");
        card().write(file);
        assertThat(ModelCard.read(file)).isEqualTo(card());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void theDigestChangesWithAnyFileOfTheModel() {
        ModelCard other = ModelCard.parse(card().toJson().replaceFirst(DIGEST, DIGEST.replace('0', '1')));
        assertThat(card().digest()).matches("[0-9a-f]{64}").isNotEqualTo(other.digest());
        assertThat(card().digest()).isEqualTo(card().digest());
    }

    @Test
    void theScheduleSeesHopsWindowsAndConditions() {
        assertThat(card().schedule()).containsExactly(new Level(0, 4, 64, 32, 4), new Level(1, 16, 96, 12, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/format | 2 | format is 2, but this version reads format 1 only",
                "/name | \"Has Spaces\" | name is Has Spaces, but must be",
                "/sampleRate | 22050 | sampleRate is 22050, but must be 44100 as vqVae.shape.sampleRate",
                "/codes | 64 | codes is 64, but must be 32 as vqVae.shape.codes",
                "/description | null | description is null, but every card must have it",
                "/licence | null | licence is null, but every card must have it",
                "/vqVae | null | vqVae is null, but every card must have it",
                "/vqVae/shape/strides | [2, 3] | vqVae.strides[1] is 3, but must be even",
                "/vqVae/shape/strides | [2] | vqVae.strides is 1 entries, but must be one per level",
                "/vqVae/shape/multipliers | [2, 0] | vqVae.multipliers[1] is 0, but must be at least 1",
                "/vqVae/shape/convolutionRatio | 0.01 | vqVae.convolutionRatio is 0.01, but must leave",
                "/vqVae/shape/dilationCycle | 0 | vqVae.dilationCycle is 0, but must be at least 1",
                "/vqVae/shape/codes | 70000 | codes is 32, but must be 70000 as vqVae.shape.codes",
                "/vqVae/weights/path | \"../etc/passwd\" | vqVae.weights.path is ../etc/passwd, but must be relative",
                "/vqVae/weights/path | \"/etc/passwd\" | vqVae.weights.path is /etc/passwd, but must be relative",
                "/vqVae/weights/sha256 | \"ABC\" | vqVae.weights.sha256 is ABC, but must be 64",
                "/vqVae/weights/bytes | 0 | vqVae.weights.bytes is 0, but must be at least 1",
                "/levels/0/hop | 8 | levels[0].hop is 8, but must be 4 as the downs and strides",
                "/levels/0/context | 32 | levels[0].context is 32, but must be 64 as prior.context",
                "/levels/0/temperature | 0.0 | levels[0].temperature is 0.0, but must be from 0.001 to 100.0",
                "/levels/0/hopFraction | 1.5 | levels[0].hopFraction is 1.5, but must be at most 1",
                "/levels/0/hopFraction | 0.001 | levels[0].hopFraction is 0.001, but must be at most 1 and at least one",
                "/levels/0/hopFraction | 0.3 | levels[0].hopFraction is 0.3, but must make windows begin at multiples of",
                "/levels/0/labels | null | levels[0].labels present is false, but must be true as prior.labels is",
                "/levels/0/prior/level | 1 | levels[0].prior.level is 1, but must be 0 as its place",
                "/levels/0/prior/codes | 31 | levels[0].prior.codes is 31, but must be 32 as vqVae.codes",
                "/levels/0/prior/conditioner | null | levels[0].prior.conditioner is null, but an upsampler must hear",
                "/levels/0/prior/conditioner/downs | 2 | levels[0].prior.conditioner.downs is 2, but must be 1 as vqVae",
                "/levels/0/prior/conditioner/stride | 2 | levels[0].prior.conditioner.stride is 2, but must be 4 as vqVae",
                "/levels/0/prior/decoder/blocks | 7 | levels[0].prior.decoder.blocks is 7, but must divide the 64",
                "/levels/0/prior/decoder/heads | 3 | levels[0].prior.decoder.heads is 3, but must divide the attention",
                "/levels/0/prior/decoder/mlpRatio | 0 | levels[0].prior.decoder.mlpRatio is 0.0, but must leave",
                "/levels/0/prior/decoder/attentionOrder | 13 | levels[0].prior.decoder.attentionOrder is 13, but must be",
                "/levels/0/prior/decoder/attentionOrder | 4 | attentionOrder is 4, but must be from 0 to 12 but not 4",
                "/levels/0/prior/decoder/attentionOrder | 8 | attentionOrder is 8, but an order with cross-attention needs",
                "/levels/0/prior/decoder/attentionOrder | 12 | attentionOrder is 12, but lyric-prefix attention needs",
                "/levels/0/prior/labels/maxGenreWords | 0 | levels[0].prior.labels.maxGenreWords is 0, but must be at",
                "/levels/1/prior/lyrics/tokens | 23 | levels[1].prior.lyrics.tokens is 23, but must be even",
                "/levels/1/prior/lyrics/vocabulary | 78 | levels[1].prior.lyrics.vocabulary is 78, but must be at least",
                "/levels/1/prior/lyrics/alignmentLayer | 48 | levels[1].prior.lyrics.alignmentLayer is 48, but must be",
                "/levels/1/prior/lyrics/alignmentHead | null | levels[1].prior.lyrics.alignmentHead is null, but must be",
                "/levels/1/prior/labels | null | levels[1].prior.labels is null, but a prior that hears lyrics",
                "/levels/1/prior/timing/minSeconds | 5 | levels[1].prior.timing.minSeconds is 5.0, but must be at least",
                "/levels/1/prior/timing/maxSeconds | 0.001 | levels[1].prior.timing.minSeconds is 0.25, but must be",
                "/levels/1/weights | null | levels[1].weights is null, but every card must have it",
            })
    void aCardThatContradictsItselfIsRefusedInOneSentence(String pointer, String value, String sentence) {
        assertThatThrownBy(() -> ModelCard.parse(changed(pointer, value)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining(sentence)
                .hasMessageMatching("(?s)[^;]+; .+\\.");
    }

    @Test
    void aContextThatIsNoMultipleOfTheConditionIsRefused() throws JsonProcessingException {
        ObjectNode card = (ObjectNode) JSON.readTree(card().toJson());
        ObjectNode level = (ObjectNode) card.at("/levels/0");
        level.put("context", 66);
        ((ObjectNode) level.get("prior")).put("context", 66);
        ((ObjectNode) level.at("/prior/decoder")).put("blocks", 6);
        assertThatThrownBy(() -> ModelCard.parse(card.toString()))
                .hasMessage("levels[0].prior.context is 66, but must be a multiple of the 4 codes per code of the level"
                        + " above; use the context the prior was trained with.");
    }

    @Test
    void levelsThatTheVqVaeDoesNotHaveAreRefused() throws JsonProcessingException {
        ObjectNode card = (ObjectNode) JSON.readTree(card().toJson());
        ((ArrayNode) card.get("levels")).remove(1);
        assertThatThrownBy(() -> ModelCard.parse(card.toString()))
                .hasMessageStartingWith("levels is 1 priors, but must be one for each of the 2 levels of the VQ-VAE");
    }

    @Test
    void aTopLevelPriorWithAConditionerIsRefused() throws JsonProcessingException {
        ObjectNode card = (ObjectNode) JSON.readTree(card().toJson());
        ((ObjectNode) card.at("/levels/1/prior")).set("conditioner", card.at("/levels/0/prior/conditioner"));
        assertThatThrownBy(() -> ModelCard.parse(card.toString()))
                .hasMessageStartingWith(
                        "levels[1].prior.conditioner is present, but a top-level prior has no level above");
    }

    @Test
    void anUnknownFieldIsNamed() {
        assertThatThrownBy(() -> ModelCard.parse(card().toJson().replaceFirst("\\{", "{\"license\": \"none\",")))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageStartingWith(
                        "license is not a field of a model card, but only these are known here: codes,");
    }

    @Test
    void aMissingFieldIsNamed() throws JsonProcessingException {
        ObjectNode card = (ObjectNode) JSON.readTree(card().toJson());
        ((ObjectNode) card.at("/levels/1/prior/decoder")).remove("heads");
        assertThatThrownBy(() -> ModelCard.parse(card.toString()))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageStartingWith(
                        "levels[1].prior.decoder.heads is missing or of the wrong type, but every field");
    }

    @Test
    void aFieldOfTheWrongTypeIsNamed() {
        assertThatThrownBy(() -> ModelCard.parse(changed("/levels/1/prior/decoder/heads", "\"two\"")))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageStartingWith("levels[1].prior.decoder.heads is missing or of the wrong type");
        assertThatThrownBy(() -> ModelCard.parse(changed("/levels/1/prior/decoder/heads", "2.5")))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageStartingWith("levels[1].prior.decoder.heads is");
        assertThatThrownBy(() -> ModelCard.parse(changed("/levels/1/prior/labels/version", "\"V4\"")))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageStartingWith("levels[1].prior.labels.version is V4, but must be a LabelVersion");
    }

    @Test
    void whatIsNoJsonIsRefused() {
        assertThatThrownBy(() -> ModelCard.parse("{"))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageStartingWith("model card is not JSON at line 1");
        assertThatThrownBy(() -> ModelCard.parse("null")).isInstanceOf(InvalidModelException.class);
        assertThatThrownBy(() -> ModelCard.parse("[]")).isInstanceOf(InvalidModelException.class);
        assertThatThrownBy(() -> ModelCard.parse("{\"name\": \"a\", \"name\": \"b\"}"))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("Duplicate");
    }

    private static String changed(String pointer, String value) throws JsonProcessingException {
        ObjectNode card = (ObjectNode) JSON.readTree(card().toJson());
        int last = pointer.lastIndexOf('/');
        ((ObjectNode) card.at(pointer.substring(0, last))).set(pointer.substring(last + 1), JSON.readTree(value));
        return card.toString();
    }
}
