package dev.segue.standalone.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.worker.training.Optimiser;
import dev.segue.worker.weights.SafetensorsWriter;
import dev.segue.worker.weights.TensorSpec;
import dev.segue.worker.weights.TensorType;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * Another trainer, run as a process that begins with the same weights and does the same steps on the same batch. It is
 * given {@code --job FILE}, a JSON object:
 *
 * <ul>
 *   <li>{@code part}, {@code vqvae} or {@code prior}, with {@code shape} and what else determines the loss,
 *   <li>{@code optimiser}, whose learning rate is constant,
 *   <li>{@code tensors}, a safetensors file of parameters and codebooks by published name and of the batch, whose names
 *       begin with {@code batch.},
 *   <li>{@code compared} and {@code steps}: it does so many steps for what they come to, then so many for their time,
 *   <li>{@code threads} and {@code device}, cpu or gpu.
 * </ul>
 *
 * <p>It prints {@code losses} and {@code gradient_norms} of the compared steps, {@code moved} after them (see
 * {@link TrainingTrace}), and {@code seconds_per_step} of each of the others. What it says besides, its version or the
 * rate of its matrix products, is reported as it is.
 *
 * @param peer what to run
 * @param job the file it is given
 * @param threads of one operation
 */
record TrainingPeer(Peer peer, Path job, int threads) {
    private static final String LOSSES = "losses";
    private static final String GRADIENT_NORMS = "gradient_norms";
    private static final String MOVED = "moved";
    private static final String SECONDS = "seconds_per_step";

    /** Writes what the peer begins with; nothing may have been learnt yet. */
    static TrainingPeer of(
            Peer peer,
            BenchTraining training,
            Optimiser.Settings optimiser,
            Path file,
            Map<String, Object> turn,
            int threads)
            throws IOException {
        Path tensors = file.resolveSibling(file.getFileName() + ".safetensors");
        try (NDManager scratch = training.newManager()) {
            Map<String, NDArray> all = new LinkedHashMap<>(training.parameters());
            all.putAll(training.given(scratch));
            write(tensors, all);
        }
        Map<String, Object> job = new LinkedHashMap<>(training.job());
        job.put(
                "optimiser",
                Map.of(
                        "adam", optimiser.adam(),
                        "learningRate", optimiser.learningRate(),
                        "clip", optimiser.clip(),
                        "averaging", optimiser.averaging()));
        job.put("tensors", tensors.toAbsolutePath().toString());
        job.put("threads", threads);
        job.putAll(turn);
        new ObjectMapper().writeValue(file.toFile(), job);
        return new TrainingPeer(peer, file, threads);
    }

    private static void write(Path file, Map<String, NDArray> tensors) throws IOException {
        List<TensorSpec> specs = new ArrayList<>();
        tensors.forEach((name, value) -> specs.add(new TensorSpec(
                name,
                value.getDataType() == DataType.INT64 ? TensorType.I64 : TensorType.F32,
                Arrays.stream(value.getShape().getShape()).boxed().toList())));
        try (SafetensorsWriter writer = SafetensorsWriter.create(file, specs)) {
            for (Map.Entry<String, NDArray> tensor : tensors.entrySet()) {
                writer.write(tensor.getKey(), tensor.getValue().toByteBuffer().order(ByteOrder.LITTLE_ENDIAN));
            }
            writer.commit();
        }
    }

    /**
     * What one run of it said.
     *
     * @param trace of the compared steps
     * @param seconds of each of the others
     * @param remarks numbers and texts that it says besides
     */
    record Turn(TrainingTrace trace, List<Double> seconds, Map<String, Object> remarks) {}

    /** Runs it once, from the beginning. */
    Turn run() throws IOException {
        JsonNode answer = peer.answer(
                List.of("--job", job.toAbsolutePath().toString()),
                threads,
                List.of(LOSSES, GRADIENT_NORMS, MOVED, SECONDS));
        Map<String, Object> remarks = new LinkedHashMap<>();
        answer.properties().forEach(figure -> {
            JsonNode value = figure.getValue();
            if (value.isValueNode() && !figure.getKey().equals(MOVED)) {
                remarks.put(figure.getKey(), value.isNumber() ? Report.rounded(value.asDouble()) : value.asText());
            }
        });
        return new Turn(
                new TrainingTrace(
                        numbers(answer.get(LOSSES)),
                        numbers(answer.get(GRADIENT_NORMS)),
                        answer.get(MOVED).asDouble(Double.NaN)),
                numbers(answer.get(SECONDS)),
                remarks);
    }

    private static List<Double> numbers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(number -> number.asDouble(Double.NaN))
                .toList();
    }
}
