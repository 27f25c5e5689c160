package dev.segue.standalone.bench;

import ai.djl.Device;
import dev.segue.contracts.model.PriorShape;
import dev.segue.worker.jukebox.Precision;
import dev.segue.worker.jukebox.Prior;
import dev.segue.worker.sampling.SlotEngine;
import dev.segue.worker.weights.SafetensorsFile;
import dev.segue.worker.weights.TensorType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code segue bench sampler}: codes per second of the sampler, beside what the machine could do at best and beside
 * another sampler with the same weights and threads.
 *
 * <p>Ours and the peer take turns, so that a machine whose speed drifts treats them alike; medians are reported.
 */
@Command(name = "sampler", description = "Codes per second, beside the machine's limits and another sampler.")
final class SamplerBenchCommand implements Callable<Integer> {
    private static final int PARITY_LENGTH = 256;

    @Option(names = "--shapes", split = ",", defaultValue = "a,b,c", description = "Which of a, b, c. Default: all.")
    List<String> shapes;

    @Option(names = "--batches", split = ",", defaultValue = "1,8,32", description = "Slots. Default: 1,8,32.")
    List<Integer> batches;

    @Option(
            names = "--precisions",
            split = ",",
            defaultValue = "FLOAT32,FLOAT16_WEIGHTS,BFLOAT16",
            description = "Which of FLOAT32, FLOAT16_WEIGHTS, BFLOAT16, FLOAT16. Default: those of a CPU.")
    List<Precision> precisions;

    @Option(names = "--rounds", defaultValue = "5", description = "Turns that ours and the peer take. Default: 5.")
    int rounds;

    @Option(names = "--bursts", defaultValue = "4", description = "Bursts of 64 codes in a turn. Default: 4.")
    int bursts;

    @Option(names = "--peer", split = " ", description = "Command of another sampler; see the class Peer.")
    List<String> peer;

    @Option(names = "--peer-codes", defaultValue = "128", description = "Codes per row the peer samples. Default: 128.")
    int peerCodes;

    @Mixin
    BenchOptions options;

    @Override
    public Integer call() throws IOException {
        Report report = options.report();
        Path folder = options.folder();
        for (String name : shapes) {
            BenchShape shape = BenchShape.named(name);
            Path file = folder.resolve("bench-" + name + ".safetensors");
            SafetensorsFile weights = BenchPrior.randomWeights(shape.prior(), TensorType.F32, file);
            for (int batch : batches) {
                measure(shape, weights, batch, report);
            }
        }
        return 0;
    }

    private void measure(BenchShape shape, SafetensorsFile weights, int batch, Report report) throws IOException {
        List<Turns> all = new ArrayList<>();
        List<Double> peers = new ArrayList<>();
        MachineLimits limits;
        try {
            for (Precision precision : precisions) {
                all.add(new Turns(shape.prior(), weights, options.device(), precision, batch));
            }
            limits = MachineLimits.measure(options.device());
            for (int round = 0; round < rounds; round++) {
                for (Turns turns : all) {
                    turns.take(bursts);
                }
                if (peer != null) {
                    peers.add(new Peer(peer).codesPerSecond(shape, weights.path(), batch, peerCodes, options.threads));
                }
            }
        } finally {
            // Before figures are drawn up, which load priors of their own.
            all.forEach(Turns::close);
        }
        for (Turns turns : all) {
            report.line("sampler", figures(shape, weights, batch, turns, limits, peers));
        }
    }

    private Map<String, Object> figures(
            BenchShape shape,
            SafetensorsFile weights,
            int batch,
            Turns turns,
            MachineLimits limits,
            List<Double> peers) {
        boolean half = turns.precision == Precision.BFLOAT16 || turns.precision == Precision.FLOAT16;
        double step = Statistics.median(turns.secondsPerStep);
        double memory = shape.bytesPerStep(turns.precision, batch) / limits.bandwidth();
        double matrix = shape.operationsPerStep(batch) / limits.matrixRate(half);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("shape", shape.name());
        figures.put("width", shape.width());
        figures.put("depth", shape.depth());
        figures.put("context", shape.context());
        figures.put("batch", batch);
        figures.put("device", options.device);
        figures.put("precision", turns.precision.toString());
        figures.put("codes_per_second", Report.rounded(batch / step));
        figures.put("step_microseconds", Report.rounded(step * 1e6));
        figures.put("step_microseconds_least", Report.rounded(Statistics.least(turns.secondsPerStep) * 1e6));
        figures.put("memory_gigabytes_per_second", Report.rounded(limits.bandwidth() / 1e9));
        figures.put("matrix_gigaflops", Report.rounded(limits.matrixRate(half) / 1e9));
        figures.put("fraction_of_memory_limit", Report.rounded(memory / step));
        figures.put("fraction_of_matrix_limit", Report.rounded(matrix / step));
        figures.put(
                "parity_error",
                Report.rounded(BenchPrior.parityError(
                        shape.prior(), weights, options.device(), turns.precision, PARITY_LENGTH)));
        figures.put("checksum", Long.toHexString(turns.checksum));
        if (!peers.isEmpty()) {
            double other = Statistics.median(peers);
            figures.put("peer_codes_per_second", Report.rounded(other));
            figures.put("ratio", Report.rounded(batch / step / other));
        }
        return figures;
    }

    /** An engine that samples a few bursts whenever it is its turn. */
    private static final class Turns implements AutoCloseable {
        final Precision precision;
        final List<Double> secondsPerStep = new ArrayList<>();
        final SlotEngine engine;
        long checksum;

        Turns(PriorShape shape, SafetensorsFile weights, Device device, Precision precision, int slots) {
            this.precision = precision;
            this.engine = new SlotEngine(Prior.forSampling(shape, weights, device, precision), slots);
            BenchPrior.fill(engine, 0);
            checksum = BenchPrior.checksum(engine.advance());
        }

        void take(int bursts) {
            for (int burst = 0; burst < bursts; burst++) {
                BenchPrior.fill(engine, 0);
                BenchPrior.burst(engine, secondsPerStep);
            }
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}
