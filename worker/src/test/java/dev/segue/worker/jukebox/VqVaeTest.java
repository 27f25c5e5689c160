package dev.segue.worker.jukebox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.segue.contracts.model.VqVaeShape;
import dev.segue.worker.weights.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VqVaeTest {
    private static final VqVaeShape SHAPE =
            new VqVaeShape(8000, List.of(2, 1), List.of(2, 2), 4, 16, 6, 2, List.of(1, 1), 1.0, 3, null, true);

    @TempDir
    Path folder;

    @Test
    void encodesABatchToAsManyCodesAsHopsAndDecodesThemToAsMuchSound() throws IOException {
        try (VqVae vqVae = RandomVqVae.of(SHAPE, 1, folder);
                NDManager manager = vqVae.newManager()) {
            var codes = vqVae.encode(manager, manager.zeros(new Shape(3, 80)));
            assertThat(codes.getShapes()).containsExactly(new Shape(3, 20), new Shape(3, 10));
            assertThat(vqVae.decode(manager, 1, codes.get(1)).getShape()).isEqualTo(new Shape(3, 80));
        }
    }

    @Test
    void soundThatIsNoMultipleOfTheCoarsestHopIsRefused() throws IOException {
        try (VqVae vqVae = RandomVqVae.of(SHAPE, 1, folder);
                NDManager manager = vqVae.newManager()) {
            assertThatThrownBy(() -> vqVae.encode(manager, manager.zeros(new Shape(1, 84))))
                    .hasMessageContaining("84 samples")
                    .hasMessageContaining("hop, 8");
            assertThatThrownBy(() -> vqVae.encode(manager, manager.zeros(new Shape(1, 80, 1))))
                    .hasMessageContaining("pass [batch, time] float32");
            assertThatThrownBy(() -> vqVae.encode(manager, manager.zeros(new Shape(1, 0))))
                    .hasMessageContaining("0 samples");
        }
    }

    @Test
    void codesThatTheCodebookLacksAreRefused() throws IOException {
        try (VqVae vqVae = RandomVqVae.of(SHAPE, 1, folder);
                NDManager manager = vqVae.newManager()) {
            assertThatThrownBy(() -> vqVae.decode(manager, 0, manager.create(new long[][] {{3, 16}})))
                    .hasMessageContaining("codes of level 0 go from 3 to 16")
                    .hasMessageContaining("0 to 15");
            assertThatThrownBy(() -> vqVae.decode(manager, 0, manager.zeros(new Shape(1, 4), DataType.INT32)))
                    .hasMessageContaining("int64");
            assertThatThrownBy(() -> vqVae.decode(manager, 2, manager.zeros(new Shape(1, 4), DataType.INT64)))
                    .hasMessageContaining("levels 0 to 1");
        }
    }

    @Test
    void weightsThatDoNotFitTheShapeAreRefusedByName() throws IOException {
        Map<String, List<Long>> names = RandomVqVae.names(SHAPE);
        names.put("decoders.0.out.bias", List.of(2L));
        assertRefused(names, "decoders.0.out.bias in shape [2], but the model card asks for [1]");
        names.remove("decoders.0.out.bias");
        assertRefused(names, "lacks the tensor decoders.0.out.bias");
        names = RandomVqVae.names(SHAPE);
        names.put("decoders.2.out.bias", List.of(1L));
        assertRefused(names, "1 tensors that are no part of the model, decoders.2.out.bias among them");
    }

    private void assertRefused(Map<String, List<Long>> names, String reason) throws IOException {
        SafetensorsFile file = SafetensorsFile.open(RandomVqVae.write(names, 1, folder));
        assertThatThrownBy(() -> VqVae.load(Device.cpu(), SHAPE, file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
