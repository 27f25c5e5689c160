package dev.segue.worker.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.FailureReason;
import dev.segue.worker.jukebox.ModelFolder;
import dev.segue.worker.jukebox.UntrainedModel;
import dev.segue.worker.jukebox.VqVae;
import dev.segue.worker.weights.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadedModelsTest {
    @TempDir
    private Path folder;

    @Test
    void aModelIsLoadedOnceAndDoesItsWorkOnOneThread() throws Exception {
        ModelRef model = model("one", 1);
        var threads = ConcurrentHashMap.<String>newKeySet();
        var loaded = ConcurrentHashMap.<VqVae>newKeySet();
        try (LoadedModels models = models(1)) {
            IntStream.range(0, 20).parallel().forEach(i -> {
                try {
                    models.withVqVae(model, vqVae -> {
                        threads.add(Thread.currentThread().getName());
                        return loaded.add(vqVae);
                    });
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
        }
        assertThat(threads).containsExactly("assembly-vqvae");
        assertThat(loaded).hasSize(1);
    }

    @Test
    void theModelThatWasNotUsedForLongestMakesRoom() throws Exception {
        ModelRef one = model("one", 1);
        ModelRef two = model("two", 2);
        ModelRef three = model("three", 3);
        try (LoadedModels models = models(2)) {
            VqVae first = use(models, one);
            VqVae second = use(models, two);
            assertThat(use(models, one)).isSameAs(first);
            use(models, three);
            assertThat(use(models, one)).isSameAs(first);
            assertThat(use(models, two)).isNotSameAs(second);
        }
    }

    @Test
    void weightsThatAreNotThoseOfTheCardAreAFailureForGood() throws Exception {
        ModelRef model = model("damaged", 1);
        Path weights = folder.resolve("models/damaged/vqvae.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1] ^= 1;
        Files.write(weights, bytes);
        try (LoadedModels models = models(1)) {
            assertThatThrownBy(() -> models.withVqVae(model, vqVae -> vqVae))
                    .isInstanceOfSatisfying(TaskFailedException.class, e -> {
                        assertThat(e.failure().getReason()).isEqualTo(FailureReason.MODEL_UNAVAILABLE);
                        assertThat(e.failure().getRetryable()).isFalse();
                        assertThat(e).hasMessageContaining("does not have the").hasMessageContaining("SHA-256");
                    });
        }
    }

    @Test
    void atLeastOneModelIsKept() {
        assertThatThrownBy(() -> models(0)).hasMessage("models is 0 but must be at least 1");
    }

    private static VqVae use(LoadedModels models, ModelRef model) throws Exception {
        return models.withVqVae(model, vqVae -> vqVae);
    }

    private LoadedModels models(int most) {
        return new LoadedModels(Workbench.modelStore(folder), Device.cpu(), most);
    }

    /** The untrained model under another name. */
    private ModelRef model(String name, long seed) throws IOException {
        ModelFolder written = UntrainedModel.write(folder.resolve("models").resolve(name), seed);
        ModelCard card = written.card();
        ModelCard named = new ModelCard(
                card.format(),
                name,
                card.description(),
                card.licence(),
                card.sampleRate(),
                card.codes(),
                card.vqVae(),
                List.copyOf(card.levels()));
        named.write(written.folder().resolve(ModelStore.CARD));
        return new ModelRef(name, named.digest());
    }
}
