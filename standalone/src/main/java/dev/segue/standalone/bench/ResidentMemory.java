package dev.segue.standalone.bench;

import java.io.IOException;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What this process holds in memory, in bytes.
 *
 * @param resident all of it; empty where the system does not say
 * @param heap what Java's heap has grown to, which is a part of it as far as it was written to
 */
record ResidentMemory(OptionalDouble resident, double heap) {
    private static final double MEBIBYTE = 1 << 20;

    /** As it is now. */
    static ResidentMemory now() throws IOException {
        return new ResidentMemory(
                KernelStatus.bytes("VmRSS"), Runtime.getRuntime().totalMemory());
    }

    /** Adds itself to a report, in megabytes of 2²⁰ bytes, under names that end like that. */
    void report(String ending, Map<String, Object> figures) {
        figures.put(
                "resident_megabytes" + ending,
                resident.isPresent()
                        ? Report.rounded(resident.getAsDouble() / MEBIBYTE)
                        : "unknown: this system has no /proc/self/status");
        figures.put("heap_megabytes" + ending, Report.rounded(heap / MEBIBYTE));
    }
}
