package dev.segue.worker.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.contracts.model.PriorShape;
import dev.segue.worker.jukebox.labels.Labeller;
import dev.segue.worker.jukebox.labels.Labels;
import dev.segue.worker.jukebox.labels.LyricVocabulary;
import dev.segue.worker.jukebox.labels.SongDescription;
import dev.segue.worker.weights.SafetensorsFile;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The label rows that every small prior was run with. */
class PriorLabelsParityTest {

    static Stream<String> labelled() {
        return Fixtures.foldersWith("priors", "io.safetensors")
                .filter(name -> ReferenceShapes.prior(name).labels() != null);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("labelled")
    void theLabelRowsOfAPriorComeFromItsSongs(String name) {
        PriorShape prior = ReferenceShapes.prior(name);
        JsonNode infos = Fixtures.json("priors/" + name + "/config.json").get("labels_info");
        SafetensorsFile io = Fixtures.tensors("priors/" + name + "/io.safetensors");
        Labeller labeller = Labeller.of(
                prior,
                ReferenceShapes.vqVae("vqvae_3level").hop(prior.level()),
                ReferenceLabels.set(prior.labels().version()));
        LyricVocabulary vocabulary = LyricVocabulary.of(prior.labels().version());
        for (int item = 0; item < infos.size(); item++) {
            JsonNode info = infos.get(item);
            long[] y = TensorData.row(io, "y", item);
            Labels labels = labeller.label(new SongDescription(
                    info.get("artist").asText(),
                    info.get("genre").asText(),
                    info.get("lyrics").asText(),
                    y[0],
                    y[1]));
            assertThat(labeller.window(labels, 0).y()).isEqualTo(y);
            assertThat(Arrays.stream(labels.lyricTokens()).boxed().toList())
                    .isEqualTo(StateDictParityTest.integers(info.get("full_tokens")))
                    .allMatch(token -> token < vocabulary.size());
            if (prior.lyricTokens() > 0) {
                assertThat(Arrays.copyOfRange(y, y.length - prior.lyricTokens(), y.length))
                        .isEqualTo(TensorData.row(io, "prime", item));
            }
        }
    }
}
