package dev.segue.worker.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.model.VqVaeShape;
import dev.segue.contracts.window.WindowSchedule;
import dev.segue.worker.jukebox.alignment.Alignment;
import dev.segue.worker.jukebox.alignment.AlignmentMerge;
import dev.segue.worker.jukebox.alignment.AlignmentPage;
import dev.segue.worker.jukebox.alignment.WindowAttention;
import dev.segue.worker.jukebox.labels.Labeller;
import dev.segue.worker.jukebox.labels.Labels;
import dev.segue.worker.jukebox.labels.LyricVocabulary;
import dev.segue.worker.jukebox.labels.WindowLabels;
import dev.segue.worker.weights.SafetensorsFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Merging attention into an alignment, and the page made of it. */
class AlignmentParityTest {
    /** Blurred bytes may differ by this much, as the fixtures allow. */
    private static final int BYTE_TOLERANCE = 2;

    static Stream<String> cases() {
        return Fixtures.files("alignment")
                .filter(file -> file.endsWith(".json"))
                .map(file -> "alignment/" + file.substring(0, file.length() - ".json".length()));
    }

    /** Every item of every run whose page was stored. */
    static Stream<String> pages() {
        return Fixtures.folders("runs").flatMap(run -> Fixtures.files("runs/" + run)
                .filter(file -> file.matches("item\\d+_align\\.json"))
                .map(file -> "runs/" + run + "/" + file.substring(0, file.indexOf('_'))));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("cases")
    void windowsAreMergedAsTheOriginalMergesThem(String name) {
        JsonNode given = Fixtures.json(name + ".json");
        SafetensorsFile tensors = Fixtures.tensors(name + ".safetensors");
        PriorShape prior = ReferenceShapes.prior(given.get("prior").asText());
        VqVaeShape vqVae = ReferenceShapes.vqVae("vqvae_3level");
        LyricVocabulary vocabulary = LyricVocabulary.of(prior.labels().version());
        Labeller labeller = Labeller.of(
                prior,
                vqVae.hop(prior.level()),
                ReferenceLabels.set(prior.labels().version()));
        int total = given.get("total_length").asInt();
        int padded = total + given.get("padding").asInt();
        List<Integer> starts = WindowSchedule.starts(
                padded, prior.context(), given.get("hop_length").asInt());
        assertThat(starts).isEqualTo(StateDictParityTest.integers(given.get("starts")));
        for (JsonNode page : given.get("page")) {
            int item = page.get("item").asInt();
            Labels labels =
                    labeller.label(ReferenceLabels.song(given.get("metas").get(item)));
            assertThat(labels.y()).isEqualTo(TensorData.row(tensors, "labels_y", item));
            int characters = labels.lyricTokens().length;
            assertThat(characters).isEqualTo(page.get("n_full_tokens").asInt());
            AlignmentMerge merge = new AlignmentMerge(total, characters);
            for (int hop = 0; hop < starts.size(); hop++) {
                String prefix = "hop" + hop + ".item" + item + ".";
                WindowLabels window = labeller.window(labels, starts.get(hop));
                assertThat(window.y()).isEqualTo(TensorData.row(tensors, prefix + "y", 0));
                assertThat(Arrays.stream(window.lyricIndices()).asLongStream().toArray())
                        .isEqualTo(TensorData.longs(tensors, prefix + "indices"));
                merge.add(new WindowAttention(
                        starts.get(hop), TensorData.matrix(tensors, prefix + "w"), window.lyricIndices()));
            }
            Alignment alignment = merge.alignment();
            float[][] expected = TensorData.matrix(tensors, "item" + item + ".alignment");
            assertThat(alignment.codes()).isEqualTo(expected.length);
            for (int code = 0; code < expected.length; code++) {
                for (int character = 0; character < characters; character++) {
                    assertThat(alignment.weight(code, character)).isEqualTo(expected[code][character]);
                }
            }
            AlignmentPage made = AlignmentPage.of(alignment, labels.lyricTokens(), vocabulary);
            assertThat(alignment.heardCharacters())
                    .isEqualTo(page.get("kept_lyric_characters").asInt());
            assertThat(made.characters()).isEqualTo(texts(page.get("shown_characters")));
            assertRows(made.rows(), page.get("align_json"));
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("pages")
    void thePageOfARunIsTheOriginals(String item) {
        String folder = item.substring(0, item.lastIndexOf('/'));
        int number = Integer.parseInt(item.substring(item.lastIndexOf("item") + "item".length()));
        JsonNode run = Fixtures.json(folder + "/run.json");
        JsonNode names = run.get("priors");
        PriorShape top = ReferenceShapes.prior(names.get(names.size() - 1).asText());
        LyricVocabulary vocabulary = LyricVocabulary.of(top.labels().version());
        int[] tokens = vocabulary.tokens(
                vocabulary.clean(run.get("metas").get(number).get("lyrics").asText()));
        float[][] weights =
                TensorData.matrix(Fixtures.tensors(folder + "/trace.safetensors"), "alignment.item" + number);
        AlignmentPage page = AlignmentPage.of(Alignment.of(weights, tokens.length), tokens, vocabulary);
        assertThat(page.characters()).isEqualTo(texts(Fixtures.json(item + "_lyrics.json")));
        assertRows(page.rows(), Fixtures.json(item + "_align.json"));
    }

    private static void assertRows(int[][] rows, JsonNode expected) {
        assertThat(rows).hasDimensions(expected.size(), expected.get(0).size());
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < rows[row].length; column++) {
                assertThat(Math.abs(rows[row][column]
                                - expected.get(row).get(column).asInt()))
                        .isLessThanOrEqualTo(BYTE_TOLERANCE);
            }
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
