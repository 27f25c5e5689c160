package dev.segue.standalone.bench;

import ai.djl.Device;
import dev.segue.contracts.model.PriorShape;
import dev.segue.worker.jukebox.Precision;
import dev.segue.worker.jukebox.Prior;
import dev.segue.worker.weights.SafetensorsFile;
import dev.segue.worker.weights.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code segue bench export}: writes what {@code gpu.py} measures on a machine where this engine cannot run: for each
 * shape its random weights, the logits of a known stream in float32, and an archive per precision.
 */
@Command(name = "export", description = "Write archives and weights for bench/gpu.py to measure elsewhere.")
final class ExportBenchCommand implements Callable<Integer> {
    /** Positions of the known stream, as {@code gpu.py} makes it too. */
    static final int LENGTH = 256;

    @Option(names = "--shapes", split = ",", defaultValue = "a,b,c", description = "Which of a, b, c. Default: all.")
    List<String> shapes;

    @Option(names = "--out", required = true, description = "Folder to write to.")
    Path out;

    @Mixin
    BenchOptions options;

    @Override
    public Integer call() throws IOException {
        Files.createDirectories(out);
        for (String name : shapes) {
            PriorShape shape = BenchShape.named(name).prior();
            SafetensorsFile weights =
                    BenchPrior.randomWeights(shape, TensorType.F32, out.resolve(name + ".safetensors"));
            for (Precision precision : Precision.values()) {
                Files.write(out.resolve(name + "-" + precision + ".pt"), Prior.archive(shape, precision));
            }
            try (Prior prior = Prior.asPublished(shape, weights, Device.cpu())) {
                float[] logits = BenchPrior.logits(prior, LENGTH);
                ByteBuffer bytes = ByteBuffer.allocate(4 * logits.length).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(logits);
                Files.write(out.resolve(name + "-logits.f32"), bytes.array());
            }
        }
        return 0;
    }
}
