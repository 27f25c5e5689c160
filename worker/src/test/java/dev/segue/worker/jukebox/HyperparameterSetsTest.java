package dev.segue.worker.jukebox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.model.ModelFile;
import dev.segue.contracts.model.ModelShape;
import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.model.VqVaeShape;
import java.util.List;
import org.assertj.core.data.Index;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HyperparameterSetsTest {

    static List<String> models() {
        return HyperparameterSets.models();
    }

    @ParameterizedTest
    @MethodSource("models")
    void aPublishedModelHasItsPartsInOrder(String name) {
        ModelShape model = HyperparameterSets.model(name);
        assertThat(model.priors()).extracting(PriorShape::level).containsExactly(0, 1, 2);
        assertThat(model.top()).isEqualTo(HyperparameterSets.prior(name));
        assertThat(model.levels(HyperparameterSets.hopFractions()))
                .extracting(level -> level.windowSamples() / model.vqVae().hop(level.number()))
                .containsExactly(8192, 8192, model.top().context());
    }

    @ParameterizedTest
    @MethodSource("models")
    void aCardOfAPublishedModelIsConsistentAndSurvivesJson(String name) {
        ModelFile file = new ModelFile("file", "0123456789abcdef".repeat(4), 1);
        ModelCard.LabelFiles labels = new ModelCard.LabelFiles(file, file);
        ModelCard card = ModelCard.of(
                name,
                "A published model.",
                "non-commercial",
                HyperparameterSets.model(name),
                HyperparameterSets.hopFractions(),
                file,
                List.of(file, file, file),
                List.of(labels, labels, labels));
        assertThat(ModelCard.parse(card.toJson())).isEqualTo(card);
        assertThat(card.shape()).isEqualTo(HyperparameterSets.model(name));
    }

    @Test
    void aPriorCanStandOnAnotherVqVae() {
        VqVaeShape released = HyperparameterSets.vqVae("vqvae");
        PriorShape prior = HyperparameterSets.prior("small_prior", released, 2);
        assertThat(prior.codes()).isEqualTo(2048);
        assertThat(prior.level()).isEqualTo(2);
        assertThat(prior.sampleRate()).isEqualTo(44_100);
        assertThat(HyperparameterSets.prior("small_upsampler", released, 1)
                        .conditioner()
                        .downs())
                .isEqualTo(2);
    }

    @Test
    void anUpsamplerCannotWriteTheTopLevel() {
        VqVaeShape released = HyperparameterSets.vqVae("vqvae");
        assertThatThrownBy(() -> HyperparameterSets.prior("small_upsampler", released, 2))
                .hasMessage(
                        "level is 2 but an upsampler of a VQ-VAE with 3 levels writes level 1 or lower; choose one of"
                                + " those or a top-level prior");
    }

    @Test
    void upsamplersOfAnotherVqVaeDoNotFit() {
        ModelShape mixed = new ModelShape(
                HyperparameterSets.vqVae("vqvae"),
                List.of(
                        HyperparameterSets.prior("small_upsampler"),
                        HyperparameterSets.prior("upsampler_level_1"),
                        HyperparameterSets.prior("5b")));
        assertThatThrownBy(mixed::requireConsistent)
                .hasMessage("levels[0].prior.codes is 1024, but must be 2048 as vqVae.codes; combine parts that were"
                        + " trained together.");
        assertThat(HyperparameterSets.model("5b").requireConsistent().topLevel())
                .isEqualTo(2);
    }

    @Test
    void anUnknownNameListsTheKnownOnes() {
        assertThatThrownBy(() -> HyperparameterSets.model("6b"))
                .hasMessage("model is \"6b\", but only these are known: 1b_lyrics, 5b, 5b_lyrics; name one of them or"
                        + " give a model card");
        assertThatThrownBy(() -> HyperparameterSets.vqVae("vqvea"))
                .hasMessageContaining("only these are known: small_vqvae, vqvae;");
        assertThatThrownBy(() -> HyperparameterSets.prior("small"))
                .hasMessageContaining("small_prior")
                .hasMessageContaining("upsampler_level_0");
    }

    @Test
    void aPatternOrOrderThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> AttentionPattern.ofOrder(13, 3)).hasMessageContaining("attn_order is 13");
        assertThatThrownBy(() -> AttentionPattern.ofFunction(8)).hasMessage("attn_func is 8 but must be from 0 to 7");
        assertThat(AttentionPattern.ofFunction(6).readsLyricEncoder()).isTrue();
    }

    @Test
    void theOrdersThatNoModelUsesFollowTheirRules() {
        assertThat(AttentionPattern.ofOrder(0, 2)).containsExactly(AttentionPattern.DENSE, AttentionPattern.DENSE);
        assertThat(AttentionPattern.ofOrder(1, 3))
                .extracting(AttentionPattern::function)
                .containsExactly(1, 2, 1);
        assertThat(AttentionPattern.ofOrder(3, 3))
                .extracting(AttentionPattern::function)
                .containsExactly(1, 4, 1);
        assertThat(AttentionPattern.ofOrder(4, 2))
                .extracting(AttentionPattern::function)
                .containsExactly(1, 5);
        assertThat(AttentionPattern.ofOrder(5, 5))
                .extracting(AttentionPattern::function)
                .containsExactly(1, 4, 1, 1, 1);
        assertThat(AttentionPattern.ofOrder(6, 5))
                .extracting(AttentionPattern::function)
                .containsExactly(1, 2, 3, 6, 1);
        assertThat(AttentionPattern.ofOrder(7, 17))
                .extracting(AttentionPattern::function)
                .containsExactly(1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 6, 1);
        assertThat(AttentionPattern.ofOrder(9, 5))
                .extracting(AttentionPattern::function)
                .containsExactly(1, 2, 3, 0, 1);
        assertThat(AttentionPattern.ofOrder(11, 48))
                .extracting(AttentionPattern::function)
                .contains(6, Index.atIndex(15))
                .contains(6, Index.atIndex(31))
                .contains(0, Index.atIndex(47));
    }
}
