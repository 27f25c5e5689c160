package dev.segue.worker.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.model.TransformerShape;
import dev.segue.worker.jukebox.AttentionPattern;
import dev.segue.worker.jukebox.StateDict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names, shapes, types and layer patterns of every small model of the fixtures. */
class StateDictParityTest {

    static Stream<String> priors() {
        return Fixtures.folders("priors");
    }

    static Stream<String> vqVaes() {
        return Fixtures.folders("").filter(name -> name.startsWith("vqvae_"));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("priors")
    void aPriorHasTheTensorsOfTheOriginal(String name) {
        PriorShape shape = ReferenceShapes.prior(name);
        Map<String, String> expected = new LinkedHashMap<>();
        Fixtures.json("priors/" + name + "/config.json")
                .get("state_dict")
                .properties()
                .forEach(e -> expected.put(
                        e.getKey(), e.getValue().get(0).asText() + e.getValue().get(1)));
        assertThat(described(StateDict.of(shape), shape.halfLinears())).containsExactlyEntriesOf(expected);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("priors")
    void everyLayerHasThePatternOfTheOriginal(String name) {
        PriorShape shape = ReferenceShapes.prior(name);
        JsonNode config = Fixtures.json("priors/" + name + "/config.json");
        assertThat(functions(shape.decoder())).isEqualTo(integers(config.get("attn_funcs")));
        if (!config.get("prime_attn_funcs").isNull()) {
            assertThat(functions(shape.lyrics().encoder())).isEqualTo(integers(config.get("prime_attn_funcs")));
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("priors")
    void sizesDerivedFromAShapeAreThoseOfTheOriginal(String name) {
        PriorShape shape = ReferenceShapes.prior(name);
        JsonNode derived = Fixtures.json("priors/" + name + "/config.json").get("derived");
        assertThat(shape.streamLength())
                .isEqualTo(derived.get("transformer_ctx").asInt());
        assertThat(shape.streamLength() / shape.decoder().blocks())
                .isEqualTo(derived.get("block_ctx").asInt());
        assertThat(shape.decoder().attentionWidth())
                .isEqualTo(derived.get("n_state").asInt());
        assertThat(shape.streamVocabulary()).isEqualTo(derived.get("vocabulary").asInt());
        assertThat(shape.lyricTokens()).isEqualTo(derived.get("prime_loss_dims").asInt());
        assertThat(ReferenceShapes.vqVae("vqvae_3level").hop(shape.level()))
                .isEqualTo(derived.get("raw_to_tokens").asInt());
        assertThat(!shape.mergedDecoder())
                .isEqualTo(derived.get("share_x_emb_x_out").asBoolean());
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("vqVaes")
    void aVqVaeHasTheTensorsOfTheOriginal(String name) {
        Map<String, String> expected = new LinkedHashMap<>();
        JsonNode config = Fixtures.json(name + "/config.json");
        config.get("state_dict")
                .properties()
                .forEach(e -> expected.put(e.getKey(), "float32" + e.getValue().toString()));
        assertThat(described(StateDict.of(ReferenceShapes.vqVae(name)), false)).containsExactlyEntriesOf(expected);
        List<Integer> hops = new ArrayList<>();
        for (int level = 0; level < ReferenceShapes.vqVae(name).levels(); level++) {
            hops.add(ReferenceShapes.vqVae(name).hop(level));
        }
        assertThat(hops).isEqualTo(integers(config.get("hop_lengths")));
    }

    static Map<String, String> described(Map<String, StateDict.Entry> dict, boolean halfLinears) {
        Map<String, String> described = new LinkedHashMap<>();
        dict.forEach((name, entry) -> described.put(
                name,
                (entry.elementBytes(halfLinears) == 2 ? "float16" : "float32")
                        + entry.shape().toString().replace(" ", "")));
        return described;
    }

    static List<Integer> functions(TransformerShape stack) {
        return AttentionPattern.ofOrder(stack.attentionOrder(), stack.depth()).stream()
                .map(AttentionPattern::function)
                .toList();
    }

    static List<Integer> integers(JsonNode node) {
        List<Integer> values = new ArrayList<>();
        node.forEach(value -> values.add(value.asInt()));
        return values;
    }
}
