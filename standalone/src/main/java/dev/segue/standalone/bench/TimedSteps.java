package dev.segue.standalone.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.segue.worker.training.LearningRateSchedule;
import dev.segue.worker.training.Optimiser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Whole training steps, one after the other, and how long they took: gradients, clipping, Adam, moving average. The
 * learning rate stays at its height. Owned by one thread.
 */
final class TimedSteps implements AutoCloseable {
    /** After so many steps memory is looked at for the first time: all that is made once has been made. */
    static final int SETTLED = 100;

    private final BenchTraining training;
    private final Optimiser.Settings settings;
    private final Optimiser optimiser;
    private final List<Double> seconds = new ArrayList<>();
    private ResidentMemory settled; // null until so many steps were taken
    private long steps;

    /** Begins with the training as it is, which stays the caller's. */
    TimedSteps(BenchTraining training, Device device) {
        this.training = training;
        Optimiser.Settings recipe = training.schedule().optimiser();
        this.settings = new Optimiser.Settings(
                recipe.adam(),
                training.schedule().rounds().get(0).learningRate(),
                new LearningRateSchedule(1, 0, new LearningRateSchedule.Stepwise(1, 1)),
                recipe.clip(),
                0,
                recipe.averaging());
        this.optimiser =
                new Optimiser(device, settings, new NDList(training.parameters().values()));
    }

    /** How the parameters are moved. */
    Optimiser.Settings settings() {
        return settings;
    }

    /** Takes some steps for what they come to, not for their time. */
    TrainingTrace trace(int count) throws IOException {
        List<Double> losses = new ArrayList<>();
        List<Double> norms = new ArrayList<>();
        for (int step = 0; step < count; step++) {
            try (NDManager scratch = training.newManager()) {
                BenchTraining.Result result = training.gradients(scratch, steps);
                losses.add(result.loss());
                norms.add(step(result));
            }
        }
        return new TrainingTrace(losses, norms, moved());
    }

    /** Takes some steps for their time. */
    void take(int count) throws IOException {
        for (int step = 0; step < count; step++) {
            long start = System.nanoTime();
            try (NDManager scratch = training.newManager()) {
                step(training.gradients(scratch, steps));
            }
            seconds.add((System.nanoTime() - start) / 1e9);
        }
    }

    private double step(BenchTraining.Result result) throws IOException {
        double norm = optimiser.step(result.gradients()).norm();
        steps++;
        if (steps == SETTLED) {
            settled = ResidentMemory.now();
        }
        return norm;
    }

    private double moved() {
        double squares = 0;
        Iterator<NDArray> averages = optimiser.average().averages().iterator();
        for (NDArray parameter : training.parameters().values()) {
            float[] values = parameter.toFloatArray();
            float[] average = averages.next().toFloatArray();
            for (int i = 0; i < values.length; i++) {
                double difference = (double) values[i] - average[i];
                squares += difference * difference;
            }
        }
        return Math.sqrt(squares);
    }

    /** Of each step that was taken for its time. */
    List<Double> seconds() {
        return List.copyOf(seconds);
    }

    /** How many steps were taken, those for the trace too. */
    long steps() {
        return steps;
    }

    /** What memory was held after {@value #SETTLED} steps; empty before. */
    Optional<ResidentMemory> settled() {
        return Optional.ofNullable(settled);
    }

    @Override
    public void close() {
        optimiser.close();
    }
}
