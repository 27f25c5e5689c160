package dev.segue.worker.jukebox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.contracts.model.ModelFile;
import dev.segue.worker.weights.ImportRequest;
import dev.segue.worker.weights.PublishedCheckpoints;
import dev.segue.worker.weights.TypePolicy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedModelTest {
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @ValueSource(strings = {"5b", "5b_lyrics", "1b_lyrics"})
    void aPublishedModelIsAskedForWithAllItsTensorsAndItsCardNamesItsFiles(String name) {
        PublishedModel model = PublishedModel.named(name);
        ImportRequest request = model.request(TypePolicy.asStored(), true, false);
        assertThat(request.parts())
                .extracting(ImportRequest.Part::target)
                .containsExactly(
                        "vqvae.safetensors",
                        "prior_level_0.safetensors",
                        "prior_level_1.safetensors",
                        "prior_level_2.safetensors");
        assertThat(request.parts().get(3).checkpoint()).isEqualTo(name + "/prior_level_2.pth.tar");
        assertThat(request.parts().get(3).conversion().expected().keySet())
                .isEqualTo(StateDict.of(model.shape().priors().get(2)).keySet());
        List<ModelFile> files = new ArrayList<>();
        request.parts().forEach(part -> files.add(new ModelFile(part.target(), DIGEST, 1)));
        PublishedCheckpoints.TABLES.forEach(table -> files.add(new ModelFile("ids/" + table, DIGEST, 1)));
        assertThat(files).containsAll(model.card(files).files());
        assertThat(model.card(files).levels().get(0).labels().artists().path()).isEqualTo("ids/v2_artist_ids.txt");
        assertThat(model.card(files).levels().get(2).labels().genres().path())
                .isEqualTo(name.equals("1b_lyrics") ? "ids/v3_genre_ids.txt" : "ids/v2_genre_ids.txt");
    }

    @Test
    void aModelThatNobodyPublishedIsRefusedWithTheNamesOfThoseThatWere() {
        assertThatThrownBy(() -> PublishedModel.named("6b")).hasMessageContaining("1b_lyrics, 5b, 5b_lyrics");
    }
}
