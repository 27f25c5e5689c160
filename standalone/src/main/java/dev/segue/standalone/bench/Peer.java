package dev.segue.standalone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Another sampler, run as a process with the same weights. It is given
 *
 * <pre>--weights FILE --width W --depth D --context N --blocks B --batch S --codes K --threads T</pre>
 *
 * and prints as its last line a JSON object with {@code codes_per_second}: those of all rows together, loading not
 * counted.
 *
 * @param command what to run, its fixed arguments behind it
 */
record Peer(List<String> command) {

    /** Runs it once. */
    double codesPerSecond(BenchShape shape, Path weights, int batch, int codes, int threads) throws IOException {
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of("--weights", weights.toString()));
        line.addAll(List.of("--width", "" + shape.width(), "--depth", "" + shape.depth()));
        line.addAll(List.of("--context", "" + shape.context(), "--blocks", "" + shape.blocks()));
        line.addAll(List.of("--batch", "" + batch, "--codes", "" + codes, "--threads", "" + threads));
        ProcessBuilder builder = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("OMP_NUM_THREADS", "" + threads);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = await(process);
        String last = output.strip().substring(output.strip().lastIndexOf('\n') + 1);
        JsonNode answer = status == 0 && !last.isEmpty() ? new ObjectMapper().readTree(last) : null;
        if (answer == null || !answer.path("codes_per_second").isNumber()) {
            throw new IOException("--peer ended with status " + status
                    + " and no codes_per_second in its last line; run it by hand to see why: "
                    + String.join(" ", line));
        }
        return answer.get("codes_per_second").asDouble();
    }

    private static int await(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the peer", e);
        }
    }
}
