package dev.segue.standalone.bench;

import ai.djl.Device;
import dev.segue.worker.jukebox.Precision;
import dev.segue.worker.torch.Torch;
import dev.segue.worker.weights.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options that all measurements share. */
final class BenchOptions {
    @Option(
            names = "--threads",
            defaultValue = "1",
            description =
                    "Threads of one operation; more than there are free cores is several times slower. Default: 1.")
    int threads;

    @Option(
            names = "--device",
            defaultValue = "cpu",
            description = "cpu or gpu. A GPU needs a CUDA libtorch, see bench/gpu.sh. Default: cpu.")
    String device;

    @Option(names = "--history", description = "File to which the JSON lines are appended as well.")
    Path history;

    @Option(
            names = "--scratch",
            description = "Folder for random weights, which are kept for the next run. Default: a temporary one.")
    Path scratch;

    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    /** Sets the threads that were asked for, and begins a report on what they do. */
    Report report() {
        Torch.setThreads(threads);
        return new Report(command.commandLine().getOut(), history);
    }

    Device device() {
        return switch (device) {
            case "cpu" -> Device.cpu();
            case "gpu" -> Device.gpu();
            default -> throw new IllegalArgumentException("--device is " + device + " but must be cpu or gpu");
        };
    }

    Path folder() throws IOException {
        return scratch == null ? Files.createTempDirectory("segue-bench") : Files.createDirectories(scratch);
    }

    /** The type that weights of a precision are stored in. */
    static TensorType stored(Precision precision) {
        return switch (precision) {
            case FLOAT32 -> TensorType.F32;
            case BFLOAT16 -> TensorType.BF16;
            case FLOAT16, FLOAT16_WEIGHTS -> TensorType.F16;
        };
    }
}
