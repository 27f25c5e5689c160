package dev.segue.worker.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import dev.segue.contracts.model.ConditionerShape;
import dev.segue.contracts.model.LabelShape;
import dev.segue.contracts.model.LabelVersion;
import dev.segue.contracts.model.LyricShape;
import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.model.TimingShape;
import dev.segue.contracts.model.TransformerShape;
import dev.segue.contracts.model.VqVaeShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Turns the hyperparameters in a fixture's {@code config.json} into our shapes.
 */
public final class ReferenceShapes {
    /** Defaults of the published configuration (specification §7). */
    private static final Map<String, JsonNode> DEFAULTS = Map.ofEntries(
            number("heads", 1),
            number("attn_order", 0),
            number("m_attn", 0.25),
            number("m_mlp", 1),
            number("init_scale", 1),
            number("prime_heads", 1),
            number("prime_attn_order", 0),
            number("prime_m_attn", 0.25),
            number("prime_m_mlp", 1),
            number("prime_init_scale", 1),
            number("prime_loss_fraction", 0.1),
            number("cond_m_conv", 1),
            number("cond_dilation_growth_rate", 1),
            number("cond_c_res", 0),
            number("cond_res_scale", 0),
            number("fp16_params", 0),
            number("merged_decoder", 0),
            number("single_enc_dec", 0),
            number("labels_v3", 0),
            number("m_conv", 1),
            number("dilation_growth_rate", 1),
            number("sr", 44100));

    private ReferenceShapes() {}

    private static Map.Entry<String, JsonNode> number(String name, double value) {
        return Map.entry(name, DoubleNode.valueOf(value));
    }

    /** The shape of the prior in {@code priors/name}; its VQ-VAE is {@code vqvae_3level}, as for every run. */
    public static PriorShape prior(String name) {
        return prior(Fixtures.json("priors/" + name + "/config.json"), vqVae("vqvae_3level"));
    }

    /** The shape of the VQ-VAE in folder {@code name}. */
    public static VqVaeShape vqVae(String name) {
        return vqVae(Fixtures.json(name + "/config.json").get("hps"));
    }

    public static VqVaeShape vqVae(JsonNode hps) {
        List<Integer> downs = integers(hps.get("downs_t"));
        List<Integer> multipliers = absent(hps, "hvqvae_multipliers")
                ? Collections.nCopies(downs.size(), 1)
                : integers(hps.get("hvqvae_multipliers"));
        return new VqVaeShape(
                value(hps, "sr").asInt(),
                downs,
                integers(hps.get("strides_t")),
                value(hps, "emb_width").asInt(),
                value(hps, "l_bins").asInt(),
                value(hps, "width").asInt(),
                value(hps, "depth").asInt(),
                multipliers,
                value(hps, "m_conv").asDouble(),
                value(hps, "dilation_growth_rate").asInt(),
                integer(hps, "dilation_cycle"),
                value(hps, "vqvae_reverse_decoder_dilation").asBoolean());
    }

    /** The shape of a prior whose {@code config.json} is given; the VQ-VAE is the one whose codes it writes. */
    public static PriorShape prior(JsonNode config, VqVaeShape vqVae) {
        JsonNode hps = config.get("hps");
        JsonNode derived = config.get("derived");
        for (String unused : List.of("res_scale", "pos_init", "copy_input", "prime_res_scale")) {
            if (hps.path(unused).asBoolean(false)) {
                throw new IllegalArgumentException(unused + " is on, which no shape of ours can say");
            }
        }
        JsonNode shift = derived.get("bins_shift");
        int codes = derived.get("vocabulary").asInt()
                - (shift.isArray() ? shift.get(shift.size() - 1).asInt() : 0);
        boolean labelled = value(hps, "labels").asBoolean();
        boolean top = absent(derived, "cond_downsample");
        return new PriorShape(
                value(hps, "level").asInt(),
                value(hps, "n_ctx").asInt(),
                codes,
                transformer(hps, "prior_", ""),
                value(hps, "merged_decoder").asBoolean(),
                labelled ? labels(hps) : null,
                labelled && top ? timing(hps) : null,
                value(hps, "use_tokens").asBoolean() ? lyrics(hps) : null,
                top ? null : conditioner(hps, vqVae),
                value(hps, "fp16_params").asBoolean(),
                value(hps, "sr").asInt());
    }

    private static TransformerShape transformer(JsonNode hps, String size, String rest) {
        return new TransformerShape(
                value(hps, size + "width").asInt(),
                value(hps, size + "depth").asInt(),
                value(hps, rest + "heads").asInt(),
                value(hps, rest + "attn_order").asInt(),
                absent(hps, rest + "blocks") ? 1 : value(hps, rest + "blocks").asInt(),
                value(hps, rest + "m_attn").asDouble(),
                value(hps, rest + "m_mlp").asDouble(),
                value(hps, rest + "init_scale").asDouble());
    }

    private static LabelShape labels(JsonNode hps) {
        return new LabelShape(
                value(hps, "labels_v3").asBoolean() ? LabelVersion.V3 : LabelVersion.V2,
                hps.get("y_bins").get(0).asInt(),
                hps.get("y_bins").get(1).asInt(),
                value(hps, "max_bow_genre_size").asInt());
    }

    private static TimingShape timing(JsonNode hps) {
        return new TimingShape(
                value(hps, "t_bins").asInt(),
                value(hps, "min_duration").asDouble(),
                value(hps, "max_duration").asDouble());
    }

    private static LyricShape lyrics(JsonNode hps) {
        return new LyricShape(
                value(hps, "n_tokens").asInt(),
                value(hps, "n_vocab").asInt(),
                value(hps, "prime_loss_fraction").asDouble(),
                value(hps, "single_enc_dec").asBoolean() ? null : transformer(hps, "prime_", "prime_"),
                integer(hps, "alignment_layer"),
                integer(hps, "alignment_head"));
    }

    private static ConditionerShape conditioner(JsonNode hps, VqVaeShape vqVae) {
        int above = value(hps, "level").asInt() + 1;
        return new ConditionerShape(
                vqVae.downs().get(above),
                vqVae.strides().get(above),
                value(hps, "cond_width").asInt(),
                value(hps, "cond_depth").asInt(),
                value(hps, "cond_m_conv").asDouble(),
                value(hps, "cond_dilation_growth_rate").asInt(),
                integer(hps, "cond_dilation_cycle"),
                value(hps, "cond_res_scale").asBoolean(),
                value(hps, "cond_c_res").asInt() == 1);
    }

    /** A hyperparameter; the configuration may leave out what has its default value. */
    private static JsonNode value(JsonNode hps, String name) {
        JsonNode value = hps.path(name);
        if (value.isMissingNode() && DEFAULTS.containsKey(name)) {
            return DEFAULTS.get(name);
        }
        return value.require();
    }

    private static boolean absent(JsonNode node, String field) {
        return node.path(field).isMissingNode() || node.path(field).isNull();
    }

    private static Integer integer(JsonNode node, String field) {
        return absent(node, field) ? null : Integer.valueOf(node.get(field).asInt());
    }

    private static List<Integer> integers(JsonNode node) {
        List<Integer> values = new ArrayList<>();
        node.forEach(value -> values.add(value.asInt()));
        return values;
    }
}
