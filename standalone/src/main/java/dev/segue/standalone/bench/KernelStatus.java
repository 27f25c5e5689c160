package dev.segue.standalone.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What the kernel reports of this process. */
final class KernelStatus {
    private static final Path FILE = Path.of("/proc/self/status");
    private static final double KIBIBYTE = 1024;

    private KernelStatus() {}

    /** A size in bytes, VmRSS for instance; empty where there is no such kernel, which is anywhere but on Linux. */
    static OptionalDouble bytes(String field) throws IOException {
        return bytes(FILE, field);
    }

    /** The same by a file of that form. */
    static OptionalDouble bytes(Path file, String field) throws IOException {
        if (!Files.exists(file)) {
            return OptionalDouble.empty();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(field + ":"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * KIBIBYTE)
                    .findFirst();
        }
    }
}
