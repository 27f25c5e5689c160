package dev.segue.standalone.bench;

import dev.segue.worker.jukebox.Precision;
import dev.segue.worker.jukebox.Prior;
import dev.segue.worker.sampling.SlotEngine;
import dev.segue.worker.weights.SafetensorsFile;
import dev.segue.worker.weights.TensorType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code segue bench flatness}: whether a code at the end of a window of 8192 costs what one at the beginning does. A
 * window at its beginning and one at its end take turns.
 */
@Command(name = "flatness", description = "The cost of the last 1000 codes of a window beside that of the first 1000.")
final class FlatnessBenchCommand implements Callable<Integer> {
    private static final int CODES = 1000;

    @Option(
            names = "--precision",
            defaultValue = "BFLOAT16",
            description = "FLOAT32, FLOAT16_WEIGHTS, BFLOAT16 or FLOAT16. Default: BFLOAT16.")
    Precision precision;

    @Mixin
    BenchOptions options;

    @Override
    public Integer call() throws IOException {
        Report report = options.report();
        BenchShape shape = BenchShape.named("c");
        SafetensorsFile weights = BenchPrior.randomWeights(
                shape.prior(), TensorType.F32, options.folder().resolve("bench-c.safetensors"));
        List<Double> first = new ArrayList<>();
        List<Double> last = new ArrayList<>();
        try (SlotEngine beginning = engine(shape, weights);
                SlotEngine end = engine(shape, weights)) {
            beginning.join(BenchPrior.job(shape.prior(), 0, 1));
            end.join(BenchPrior.job(shape.prior(), shape.context() - CODES, 1));
            for (int codes = 0; codes < CODES; ) {
                int steps = BenchPrior.burst(beginning, first);
                BenchPrior.burst(end, last);
                codes += steps;
            }
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("width", shape.width());
        figures.put("depth", shape.depth());
        figures.put("context", shape.context());
        figures.put("precision", precision.toString());
        figures.put("first_microseconds", Report.rounded(Statistics.median(first) * 1e6));
        figures.put("last_microseconds", Report.rounded(Statistics.median(last) * 1e6));
        figures.put("ratio", Report.rounded(Statistics.median(last) / Statistics.median(first)));
        report.line("flatness", figures);
        return 0;
    }

    private SlotEngine engine(BenchShape shape, SafetensorsFile weights) {
        return new SlotEngine(Prior.forSampling(shape.prior(), weights, options.device(), precision), 1);
    }
}
