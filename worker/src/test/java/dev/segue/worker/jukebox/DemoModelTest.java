package dev.segue.worker.jukebox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.model.LabelVersion;
import dev.segue.contracts.model.ModelFile;
import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.model.TimingShape;
import dev.segue.worker.jukebox.labels.KnownNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model that comes with Segue is what its readers are told. */
class DemoModelTest {
    private static final long MOST_BYTES = 20_000_000;

    @TempDir
    private Path home;

    @Test
    void theDemoIsSmallAndKnowsTheNamesOfTheCorpus() throws IOException {
        ModelFolder demo = DemoModel.unpack(home);

        assertThat(demo.folder()).isEqualTo(home.resolve("models/demo"));
        assertThat(demo.card().name()).isEqualTo(DemoModel.NAME);
        assertThat(demo.card().licence()).isEqualTo("Apache-2.0");
        assertThat(demo.card().files().stream().mapToLong(ModelFile::bytes).sum())
                .isLessThan(MOST_BYTES);
        assertThat(demo.names())
                .isEqualTo(new KnownNames(
                        List.of("brum haddick", "orla venn", "the pair of und", "tilse marrow"),
                        List.of("circuit", "drift", "stomp", "waltz")));
    }

    @Test
    void itsTopLevelHearsWholeLyricsOfSongsUpToAMinute() throws IOException {
        List<PriorShape> priors = DemoModel.unpack(home).card().shape().priors();
        PriorShape top = priors.get(2);

        assertThat(priors).extracting(PriorShape::context).containsExactly(1024, 1024, 1024);
        assertThat(top.labels().version()).isEqualTo(LabelVersion.V3);
        assertThat(top.lyrics().tokens()).isEqualTo(160);
        assertThat(top.timing())
                .extracting(TimingShape::minSeconds, TimingShape::maxSeconds)
                .containsExactly(1.0, 64.0);
    }

    @Test
    void aModelOfAnotherKindTellsItsNamesToo() throws IOException {
        assertThat(UntrainedModel.write(home.resolve("models/untrained"), 1).names())
                .isEqualTo(new KnownNames(List.of("luna march", "the copper owls"), List.of("blues", "jazz")));
    }
}
