package dev.segue.worker.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.segue.worker.jukebox.StateDict;
import dev.segue.worker.torch.Torch;
import dev.segue.worker.weights.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelPartsTest {
    @TempDir
    Path folder;

    @Test
    void weightsThatHalfPrecisionCannotHoldAreNotWrittenAndTheLastOnesStay() throws IOException {
        LabelTables tables = LabelTables.of(SmallSongs.write(folder));
        ModelParts parts = new ModelParts(folder.resolve("model"), SmallSongs.recipe(), tables);
        try (NDManager manager = Torch.manager(Device.cpu())) {
            Map<String, NDArray> weights = new LinkedHashMap<>();
            StateDict.of(parts.shape().vqVae())
                    .forEach((name, entry) -> weights.put(name, manager.ones(new Shape(entry.shape()))));
            parts.writeVqVae(weights);
            String before = Sha256.of(parts.vqVae());
            String last = weights.keySet().stream().reduce((one, next) -> next).orElseThrow();
            weights.put(last, weights.get(last).mul(70_000f));
            assertThatIllegalStateException()
                    .isThrownBy(() -> parts.writeVqVae(weights))
                    .withMessageContaining(last + " has a value of 70000.0, which half precision cannot hold")
                    .withMessageContaining("lower learningRate");
            assertThat(Sha256.of(parts.vqVae())).isEqualTo(before);
        }
    }
}
