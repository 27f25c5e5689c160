package dev.segue.standalone.bench;

import dev.segue.contracts.model.PriorShape;
import dev.segue.worker.jukebox.HyperparameterSets;
import dev.segue.worker.jukebox.Precision;
import dev.segue.worker.jukebox.Prior;
import dev.segue.worker.sampling.SlotEngine;
import dev.segue.worker.weights.SafetensorsFile;
import dev.segue.worker.weights.TensorInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code segue bench real-size}: loads a published prior's size with random weights and samples 64 codes. Resident
 * memory is that of the whole process, so measure one prior and precision per call.
 */
@Command(name = "real-size", description = "Load time, memory and speed of a published prior's size.")
final class RealSizeBenchCommand implements Callable<Integer> {
    @Parameters(index = "0", description = "Hyperparameter set, for example 1b_lyrics or upsampler_level_0.")
    String set;

    @Option(
            names = "--precision",
            defaultValue = "BFLOAT16",
            description = "FLOAT32, FLOAT16_WEIGHTS, BFLOAT16 or FLOAT16. Default: BFLOAT16.")
    Precision precision;

    @Mixin
    BenchOptions options;

    @Override
    public Integer call() throws IOException {
        PriorShape shape = HyperparameterSets.prior(set);
        Path file = options.folder().resolve("real-" + set + "-" + precision + ".safetensors");
        SafetensorsFile weights = BenchPrior.randomWeights(shape, BenchOptions.stored(precision), file);
        long bytes =
                weights.tensors().values().stream().mapToLong(TensorInfo::bytes).sum();
        Report report = options.report();

        long start = System.nanoTime();
        Map<String, Object> figures = new LinkedHashMap<>();
        try (SlotEngine engine = new SlotEngine(Prior.forSampling(shape, weights, options.device(), precision), 1)) {
            double load = seconds(start);
            figures.put("loaded_peak_over_weights", Report.rounded(status("VmHWM") / bytes));
            start = System.nanoTime();
            engine.join(BenchPrior.job(shape, 0, 1));
            double join = seconds(start);
            figures.put("joined_peak_over_weights", Report.rounded(status("VmHWM") / bytes));
            start = System.nanoTime();
            List<SlotEngine.Written> written = engine.advance();
            double step = seconds(start) / written.get(0).codes().length;
            figures.put("set", set);
            figures.put("precision", precision.toString());
            figures.put("weights_gigabytes", Report.rounded(bytes / 1e9));
            figures.put("load_seconds", Report.rounded(load));
            figures.put("join_seconds", Report.rounded(join));
            figures.put("codes", written.get(0).codes().length);
            figures.put("codes_per_second", Report.rounded(1 / step));
            figures.put("checksum", Long.toHexString(BenchPrior.checksum(written)));
            figures.put("resident_over_weights", Report.rounded(status("VmRSS") / bytes));
            figures.put("peak_resident_over_weights", Report.rounded(status("VmHWM") / bytes));
        }
        report.line("real-size", figures);
        return 0;
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    /** A size that the kernel reports of this process, in bytes; not a number where there is no such kernel. */
    private static double status(String field) throws IOException {
        return KernelStatus.bytes(field).orElse(Double.NaN);
    }
}
