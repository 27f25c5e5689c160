package dev.segue.standalone.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.model.TransformerShape;
import dev.segue.worker.jukebox.AttentionPattern;
import dev.segue.worker.jukebox.LabelRows;
import dev.segue.worker.trainer.Schedule;
import dev.segue.worker.training.PriorBatch;
import dev.segue.worker.training.PriorTraining;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A prior in training on random codes, labels and lyrics, without an alignment loss. Owned by one thread. */
final class BenchPriorTraining implements BenchTraining {
    private final PriorShape shape;
    private final Schedule schedule;
    private final PriorTraining training;
    private final PriorBatch batch;

    /**
     * Begins with random weights.
     *
     * @param shape what it computes, its labels counted
     * @param hop samples per code
     */
    BenchPriorTraining(PriorShape shape, int hop, Schedule schedule, Device device) {
        this.shape = shape;
        this.schedule = schedule;
        Random random = new Random(SEED);
        List<int[]> codes = new ArrayList<>();
        List<long[]> labels = new ArrayList<>();
        List<int[]> above = new ArrayList<>();
        for (int item = 0; item < schedule.batch(); item++) {
            codes.add(random.ints(shape.context(), 0, shape.codes()).toArray());
            labels.add(labels(shape, hop, random));
            above.add(
                    shape.conditioner() == null
                            ? null
                            : random.ints(shape.codesAbove(), 0, shape.codes()).toArray());
        }
        this.batch = new PriorBatch(codes, labels, above);
        this.training = PriorTraining.fresh(shape, device, 0, random);
    }

    /** The beginning of a song of middling length. */
    private static long[] labels(PriorShape shape, int hop, Random random) {
        if (shape.labels() == null) {
            return null;
        }
        int words = shape.labels().maxGenreWords();
        long[] row = new long[4 + words + shape.lyricTokens()];
        if (shape.timing() != null) {
            row[0] = Math.round((shape.timing().minSeconds() + shape.timing().maxSeconds()) / 2 * shape.sampleRate());
        }
        row[2] = (long) shape.context() * hop;
        row[3] = random.nextInt(shape.labels().artists());
        for (int i = 4; i < 4 + words; i++) {
            row[i] = random.nextInt(shape.labels().genres());
        }
        for (int i = 4 + words; i < row.length; i++) {
            row[i] = random.nextInt(shape.lyrics().vocabulary());
        }
        return row;
    }

    @Override
    public Schedule schedule() {
        return schedule;
    }

    @Override
    public Map<String, Object> job() {
        Map<String, Object> patterns = new LinkedHashMap<>();
        patterns.put("decoder", patterns(shape.decoder()));
        if (shape.lyrics() != null && !shape.lyrics().singleStream()) {
            patterns.put("encoder", patterns(shape.lyrics().encoder()));
        }
        Map<String, Object> job = new LinkedHashMap<>();
        job.put("part", "prior");
        job.put("shape", shape);
        job.put("patterns", patterns);
        return job;
    }

    private static List<Integer> patterns(TransformerShape stack) {
        return AttentionPattern.ofOrder(stack.attentionOrder(), stack.depth()).stream()
                .map(AttentionPattern::function)
                .toList();
    }

    @Override
    public Map<String, NDArray> parameters() {
        return training.parameters();
    }

    @Override
    public Map<String, NDArray> given(NDManager owner) {
        LabelRows labels = LabelRows.of(owner, shape, batch.labels());
        Map<String, NDArray> given = new LinkedHashMap<>();
        given.put("batch.codes", matrix(owner, batch.codes()));
        given.put("batch.artists", labels.artists());
        given.put("batch.genres", labels.genres());
        given.put("batch.total", labels.total());
        given.put("batch.absolute", labels.absolute());
        given.put("batch.relative", labels.relative());
        given.put("batch.lyrics", labels.lyrics());
        if (shape.conditioner() != null) {
            given.put("batch.above", matrix(owner, batch.above()));
        }
        given.values().removeIf(NDArray::isEmpty);
        return given;
    }

    private static NDArray matrix(NDManager owner, List<int[]> rows) {
        long[] all = rows.stream().flatMapToInt(Arrays::stream).asLongStream().toArray();
        return owner.create(all, new Shape(rows.size(), rows.get(0).length));
    }

    @Override
    public NDManager newManager() {
        return training.newManager();
    }

    @Override
    public Result gradients(NDManager owner, long step) {
        PriorTraining.Gradients results = training.gradients(owner, batch);
        return new Result(results.losses().prior().loss(), results.gradients());
    }

    @Override
    public void close() {
        training.close();
    }
}
