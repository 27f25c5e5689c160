package dev.segue.worker.jukebox;

import dev.segue.contracts.model.ConditionerShape;
import dev.segue.contracts.model.LyricShape;
import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.model.TransformerShape;
import java.util.List;
import java.util.Map;

/** The state dict of a prior: conditioner, labels, lyric encoder, decoder (specification §12.3). */
final class PriorStateDict {
    private final PriorShape shape;
    private final int width;
    private final StateDictEntries entries = new StateDictEntries();

    private PriorStateDict(PriorShape shape) {
        this.shape = shape;
        this.width = shape.decoder().width();
    }

    static Map<String, StateDict.Entry> of(PriorShape shape) {
        PriorStateDict dict = new PriorStateDict(shape);
        if (shape.conditioner() != null) {
            dict.conditioner(shape.conditioner());
        }
        if (shape.labels() != null) {
            dict.labels();
        }
        if (shape.lyrics() != null && !shape.lyrics().singleStream()) {
            dict.lyricEncoder(shape.lyrics());
        }
        dict.decoder();
        return dict.entries.toMap();
    }

    private void conditioner(ConditionerShape conditioner) {
        String name = "conditioner_blocks.0.";
        entries.tensor(name + "x_emb.weight", shape.codes(), width);
        entries.convolution(name + "cond.model.0", width, conditioner.width(), 3);
        String blocks = conditioner.checkpointed() ? ".0.blocks" : ".0.model";
        for (int i = 1; i <= conditioner.downs(); i++) {
            entries.residualStack(
                    name + "cond.model." + i + blocks,
                    conditioner.depth(),
                    conditioner.width(),
                    conditioner.convolutionRatio());
            entries.up(
                    name + "cond.model." + i + ".1",
                    conditioner.width(),
                    i == conditioner.downs() ? width : conditioner.width(),
                    conditioner.stride());
        }
        entries.norm(name + "ln", width);
    }

    private void labels() {
        entries.tensor("y_emb.bow_genre_emb.emb.weight", shape.labels().genres(), width);
        entries.tensor("y_emb.artist_emb.emb.weight", shape.labels().artists(), width);
        if (shape.timing() != null) {
            for (String table : List.of("total_length", "absolute_pos", "relative_pos")) {
                entries.tensor(
                        "y_emb." + table + "_emb.emb.weight", shape.timing().bins(), width);
            }
        }
    }

    private void lyricEncoder(LyricShape lyrics) {
        int lyricWidth = lyrics.encoder().width();
        entries.tensor("prime_prior.start_token", 1, lyricWidth);
        entries.tensor("prime_prior.x_emb.weight", lyrics.vocabulary(), lyricWidth);
        entries.tensor("prime_prior.pos_emb.pos_emb", lyrics.tokens(), lyricWidth);
        transformer("prime_prior", lyrics.encoder());
        entries.linear("prime_state_proj", lyricWidth, width);
        entries.norm("prime_state_ln", width);
        entries.tensor("prime_x_out.weight", lyrics.vocabulary(), width);
    }

    private void decoder() {
        if (shape.labels() == null) {
            entries.tensor("prior.start_token", 1, width);
        }
        entries.tensor("prior.x_emb.weight", shape.streamVocabulary(), width);
        entries.tensor("prior.pos_emb.pos_emb", shape.streamLength(), width);
        transformer("prior", shape.decoder());
        entries.tensor("prior.x_out.weight", shape.streamVocabulary(), width);
    }

    private void transformer(String owner, TransformerShape stack) {
        List<AttentionPattern> patterns = AttentionPattern.ofOrder(stack.attentionOrder(), stack.depth());
        for (int layer = 0; layer < stack.depth(); layer++) {
            String name = owner + ".transformer._attn_mods." + layer;
            int inner = stack.attentionWidth();
            if (patterns.get(layer).readsLyricEncoder()) {
                entries.linear(name + ".attn.c_attn", stack.width(), inner);
                entries.linear(name + ".attn.c_enc_kv", stack.width(), 2L * inner);
            } else {
                entries.linear(name + ".attn.c_attn", stack.width(), 3L * inner);
            }
            entries.linear(name + ".attn.c_proj", inner, stack.width());
            entries.norm(name + ".ln_0", stack.width());
            entries.linear(name + ".mlp.c_fc", stack.width(), stack.mlpWidth());
            entries.linear(name + ".mlp.c_proj", stack.mlpWidth(), stack.width());
            entries.norm(name + ".ln_1", stack.width());
        }
    }
}
