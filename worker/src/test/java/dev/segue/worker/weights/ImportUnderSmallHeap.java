package dev.segue.worker.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A process of its own that imports one checkpoint and prints what it took. */
public final class ImportUnderSmallHeap {
    private ImportUnderSmallHeap() {}

    /** Converts the checkpoint {@code args[0]} to {@code args[1]}, writing linear weights as {@code args[2]}. */
    public static void main(String[] args) throws IOException {
        Path checkpoint = Path.of(args[0]);
        Map<String, List<Long>> expected = new LinkedHashMap<>();
        try (TorchCheckpoint opened = TorchCheckpoint.open(checkpoint)) {
            opened.model().forEach((name, tensor) -> expected.put(name, tensor.shape()));
        }
        long start = System.nanoTime();
        new CheckpointConversion(expected, TypePolicy.linear(TensorType.valueOf(args[2])))
                .convert(checkpoint, Path.of(args[1]), (tensor, done, total) -> {});
        System.out.println("seconds " + (System.nanoTime() - start) / 1_000_000_000.0);
        Path status = Path.of("/proc/self/status");
        if (Files.exists(status)) {
            try (Stream<String> lines = Files.lines(status)) {
                lines.filter(line -> line.startsWith("VmHWM") || line.startsWith("RssAnon"))
                        .forEach(System.out::println);
            }
        }
    }
}
