package dev.segue.worker.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.model.VqVaeShape;
import dev.segue.worker.jukebox.HyperparameterSets;
import dev.segue.worker.jukebox.StateDict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published hyperparameter sets against the descriptions of the real models. */
class ReleasedParityTest {
    private static final List<String> ADD_ONS = List.of("all_fp16", "cpu_ema", "teeny", "easy");

    static Stream<String> stateDicts() {
        return names("released/state_dict_shapes.json");
    }

    static Stream<String> sizes() {
        return names("released/sizes.json");
    }

    static Stream<String> priorLayouts() {
        return names("released/layout.json").filter(name -> !name.endsWith("vqvae"));
    }

    static Stream<String> vqVaeLayouts() {
        return names("released/layout.json").filter(name -> name.endsWith("vqvae"));
    }

    static Stream<String> overrides() {
        List<String> names = new ArrayList<>();
        Fixtures.json("released/hyperparameters.json")
                .get("overrides")
                .fieldNames()
                .forEachRemaining(names::add);
        names.removeAll(ADD_ONS);
        return names.stream();
    }

    @ParameterizedTest
    @MethodSource("stateDicts")
    void aPublishedSetHasTheTensorsOfTheRealModel(String name) {
        Map<String, String> expected = new LinkedHashMap<>();
        Fixtures.json("released/state_dict_shapes.json")
                .get(name)
                .properties()
                .forEach(e -> expected.put(
                        e.getKey(),
                        (e.getValue().get(0).asText().equals("F16") ? "float16" : "float32")
                                + e.getValue().get(1)));
        assertThat(StateDictParityTest.described(dict(name), halfLinears(name))).containsExactlyEntriesOf(expected);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void aPublishedSetHasTheSizeOfTheRealModel(String name) {
        JsonNode expected = Fixtures.json("released/sizes.json").get(name);
        boolean half = halfLinears(name);
        Map<String, StateDict.Entry> dict = dict(name);
        boolean tied = isVqVae(name) || HyperparameterSets.prior(name).mergedDecoder();
        assertThat(dict).hasSize(expected.get("state_dict_entries").asInt());
        long parameters = 0;
        long bytes = 0;
        for (Map.Entry<String, StateDict.Entry> e : dict.entrySet()) {
            boolean counted = tied || !e.getKey().equals("prior.x_out.weight");
            boolean codebook = e.getKey().startsWith("bottleneck");
            parameters += counted && !codebook ? e.getValue().elements() : 0;
            bytes += counted ? e.getValue().elements() * e.getValue().elementBytes(half) : 0;
        }
        assertThat(parameters).isEqualTo(expected.get("parameters").asLong());
        assertThat(bytes).isEqualTo(expected.get("bytes_in_memory_as_loaded").asLong());
    }

    @ParameterizedTest
    @MethodSource("priorLayouts")
    void aPublishedPriorIsLaidOutLikeTheRealOne(String name) {
        JsonNode expected = Fixtures.json("released/layout.json").get(name);
        PriorShape prior = HyperparameterSets.prior(name);
        assertThat(StateDictParityTest.functions(prior.decoder()))
                .isEqualTo(StateDictParityTest.integers(expected.get("layers")));
        assertThat(prior.streamLength() / prior.decoder().blocks())
                .isEqualTo(expected.get("block_ctx").asInt());
        assertThat(prior.decoder().attentionWidth())
                .isEqualTo(expected.get("n_state").asInt());
        assertThat(prior.decoder().heads()).isEqualTo(expected.get("heads").asInt());
        if (!expected.has("transformer_ctx")) {
            return; // the small models are described up to here
        }
        assertThat(prior.streamLength())
                .isEqualTo(expected.get("transformer_ctx").asInt());
        if (expected.hasNonNull("lyric_encoder_layers")) {
            assertThat(StateDictParityTest.functions(prior.lyrics().encoder()))
                    .isEqualTo(StateDictParityTest.integers(expected.get("lyric_encoder_layers")));
            assertThat(prior.lyrics().tokens() / prior.lyrics().encoder().blocks())
                    .isEqualTo(expected.get("lyric_encoder_block_ctx").asInt());
        }
        if (expected.hasNonNull("alignment_layer")) {
            assertThat(prior.lyrics().alignmentLayer())
                    .isEqualTo(expected.get("alignment_layer").asInt());
            assertThat(prior.lyrics().alignmentHead())
                    .isEqualTo(expected.get("alignment_head").asInt());
        }
        VqVaeShape vqVae = HyperparameterSets.vqVae("vqvae");
        assertThat(vqVae.hop(prior.level()))
                .isEqualTo(expected.get("raw_to_tokens").asInt());
        assertThat(prior.context() * vqVae.hop(prior.level()))
                .isEqualTo(expected.get("sample_length").asInt());
        assertThat(!prior.mergedDecoder())
                .isEqualTo(expected.get("share_x_emb_x_out").asBoolean());
        assertThat(!prior.mergedDecoder())
                .isEqualTo(expected.get("add_cond_after_transformer").asBoolean());
        assertThat(prior.lyricTokens())
                .isEqualTo(expected.get("prime_loss_dims").asInt());
        assertThat(prior.context()).isEqualTo(expected.get("gen_loss_dims").asInt());
        if (expected.hasNonNull("conditioner_dilations")) {
            assertThat(vqVae.blockFactor(prior.level() + 1))
                    .isEqualTo(expected.get("cond_downsample").asInt());
            assertThat(dilations(
                            prior.conditioner().depth(),
                            prior.conditioner().dilationGrowth(),
                            prior.conditioner().dilationCycle(),
                            false))
                    .isEqualTo(StateDictParityTest.integers(expected.get("conditioner_dilations")));
            double scale = prior.conditioner().residualScaling()
                    ? 1 / Math.sqrt(prior.conditioner().depth())
                    : 1;
            assertThat(scale).isEqualTo(expected.get("conditioner_res_scale").asDouble());
        }
    }

    @ParameterizedTest
    @MethodSource("vqVaeLayouts")
    void aPublishedVqVaeIsDilatedLikeTheRealOne(String name) {
        JsonNode expected = Fixtures.json("released/layout.json").get(name);
        VqVaeShape shape = HyperparameterSets.vqVae(name);
        for (int level = 0; level < shape.levels(); level++) {
            for (int block = 0; block <= level; block++) {
                assertThat(StateDictParityTest.integers(
                                expected.get("encoder_dilations").get(level).get(block)))
                        .isEqualTo(dilations(shape.depth(level), shape.dilationGrowth(), shape.dilationCycle(), false));
                assertThat(StateDictParityTest.integers(
                                expected.get("decoder_dilations").get(level).get(block)))
                        .isEqualTo(dilations(
                                shape.depth(level),
                                shape.dilationGrowth(),
                                shape.dilationCycle(),
                                shape.reverseDecoderDilation()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("overrides")
    void aPublishedSetHasTheHyperparametersOfTheOriginal(String name) {
        JsonNode all = Fixtures.json("released/hyperparameters.json");
        ObjectNode hps = all.get("defaults").deepCopy();
        if (isVqVae(name)) {
            hps.setAll((ObjectNode) all.get("overrides").get(name));
            assertThat(HyperparameterSets.vqVae(name)).isEqualTo(ReferenceShapes.vqVae(hps));
            return;
        }
        PriorShape prior = HyperparameterSets.prior(name);
        String vqVaeName =
                prior.codes() == HyperparameterSets.vqVae("small_vqvae").codes() ? "small_vqvae" : "vqvae";
        VqVaeShape vqVae = HyperparameterSets.vqVae(vqVaeName);
        hps.setAll((ObjectNode) all.get("overrides").get(vqVaeName));
        hps.setAll((ObjectNode) all.get("overrides").get(name));
        // What the command line of the recipe sets: the level, and no labels where there are no tables.
        hps.put("level", prior.level());
        hps.put("labels", prior.labels() != null);
        ObjectNode config = hps.objectNode();
        ObjectNode derived = config.putObject("derived");
        derived.put("vocabulary", vqVae.codes());
        derived.putNull("bins_shift");
        if (prior.level() < vqVae.levels() - 1) {
            derived.put("cond_downsample", vqVae.blockFactor(prior.level() + 1));
        }
        config.set("hps", hps);
        assertThat(prior).isEqualTo(ReferenceShapes.prior(config, vqVae));
    }

    private static List<Integer> dilations(int depth, int growth, Integer cycle, boolean reversed) {
        List<Integer> dilations = new ArrayList<>();
        for (int block = 0; block < depth; block++) {
            int place = reversed ? depth - 1 - block : block;
            dilations.add((int) Math.pow(growth, cycle == null ? place : place % cycle));
        }
        return dilations;
    }

    private static Map<String, StateDict.Entry> dict(String name) {
        return isVqVae(name)
                ? StateDict.of(HyperparameterSets.vqVae(name))
                : StateDict.of(HyperparameterSets.prior(name));
    }

    private static boolean halfLinears(String name) {
        return !isVqVae(name) && HyperparameterSets.prior(name).halfLinears();
    }

    private static boolean isVqVae(String name) {
        return name.endsWith("vqvae");
    }

    private static Stream<String> names(String file) {
        List<String> names = new ArrayList<>();
        Fixtures.json(file).fieldNames().forEachRemaining(names::add);
        return names.stream();
    }
}
