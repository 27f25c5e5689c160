package dev.segue.standalone.bench;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Another program that does the same, run as a process with the same weights. Its last line is a JSON object with
 * figures. A sampler is given
 *
 * <pre>--weights FILE --width W --depth D --context N --blocks B --batch S --codes K --threads T</pre>
 *
 * and says {@code codes_per_second}: those of all rows together, loading not counted. What a trainer is given and says
 * stands in {@link TrainingPeer}.
 *
 * @param command what to run, its fixed arguments behind it
 */
record Peer(List<String> command) {
    /** Python writes NaN where a loss has none; that is an answer, and a wrong one. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    /** Runs a sampler once. */
    double codesPerSecond(BenchShape shape, Path weights, int batch, int codes, int threads) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--weights", weights.toString()));
        arguments.addAll(List.of("--width", "" + shape.width(), "--depth", "" + shape.depth()));
        arguments.addAll(List.of("--context", "" + shape.context(), "--blocks", "" + shape.blocks()));
        arguments.addAll(List.of("--batch", "" + batch, "--codes", "" + codes, "--threads", "" + threads));
        return answer(arguments, threads, List.of("codes_per_second"))
                .get("codes_per_second")
                .asDouble();
    }

    /**
     * Runs it once.
     *
     * @param arguments behind the command
     * @param figures that the answer must have, each a number or a list
     * @return the answer
     */
    JsonNode answer(List<String> arguments, int threads, List<String> figures) throws IOException {
        List<String> line = new ArrayList<>(command);
        line.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("OMP_NUM_THREADS", "" + threads);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = await(process);
        JsonNode answer =
                status == 0 ? parsed(output.strip().substring(output.strip().lastIndexOf('\n') + 1)) : null;
        for (String figure : figures) {
            if (answer == null
                    || !(answer.path(figure).isNumber() || answer.path(figure).isArray())) {
                throw new IOException("--peer ended with status " + status + " and no " + figure
                        + " in its last line; run it by hand to see why: " + String.join(" ", line));
            }
        }
        return answer;
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (JacksonException e) {
            return null;
        }
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
