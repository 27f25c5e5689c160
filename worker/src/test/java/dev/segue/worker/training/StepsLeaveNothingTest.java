package dev.segue.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.model.TransformerShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whole steps, again and again: what the engine holds after some of them is what it holds after many. */
class StepsLeaveNothingTest {
    private static final int WARM = 5;
    private static final int STEPS = 30;
    private static final Optimiser.Settings SETTINGS = new Optimiser.Settings(
            Adam.Settings.DEFAULT,
            0.001,
            new LearningRateSchedule(1, 0, new LearningRateSchedule.Stepwise(1, 1)),
            1,
            0,
            0.9);

    /** So long a table that the gradients of one step are 8 MB. */
    private static final PriorShape PRIOR = new PriorShape(
            0,
            8,
            1 << 15,
            new TransformerShape(64, 2, 1, 2, 2, 0.25, 1, 1),
            false,
            null,
            null,
            null,
            null,
            false,
            44100);

    @Test
    void aPriorsStepsLeaveNoArraysAndNoMemory() throws IOException {
        try (PriorTraining training = PriorTraining.fresh(PRIOR, Device.cpu(), 0, new Random(1));
                Optimiser optimiser = optimiser(training.parameters().values())) {
            int[] codes = new int[PRIOR.context()];
            PriorBatch batch =
                    new PriorBatch(List.of(codes), Collections.singletonList(null), Collections.singletonList(null));
            Runnable step = () -> {
                try (NDManager scratch = training.newManager()) {
                    optimiser.step(training.gradients(scratch, batch).gradients());
                }
            };
            Set<NDManager> managers = managers(
                    List.of(training.newManager()),
                    optimiser,
                    training.parameters().keySet());
            repeat(WARM, step);
            List<Integer> before = arrays(managers);
            long memory = residentMegabytes();
            repeat(STEPS, step);
            assertThat(arrays(managers)).isEqualTo(before);
            // A step that left its gradients behind would leave 240 MB.
            assertThat(residentMegabytes() - memory).isLessThan(80);
        }
    }

    @Test
    void aVqVaesStepsLeaveNoArrays() {
        try (VqVaeTraining training = VqVaeTraining.fresh(
                        Device.cpu(),
                        VqVaeTrainingTest.SHAPE,
                        VqVaeTrainingTest.LOSS,
                        CodebookLearning.RELEASED,
                        new Random(1));
                Optimiser optimiser = optimiser(training.parameters().values())) {
            Random random = new Random(2);
            float[] noise = new float[2 * 1040];
            for (int i = 0; i < noise.length; i++) {
                noise[i] = random.nextFloat() - 0.5f;
            }
            Runnable step = () -> {
                try (NDManager scratch = training.newManager()) {
                    NDArray sound = scratch.create(noise, new Shape(2, 1040));
                    optimiser.step(training.gradients(scratch, sound, training.restarts(random, sound))
                            .gradients());
                }
            };
            Set<NDManager> managers = managers(
                    List.of(training.level(0).newManager(), training.level(1).newManager()),
                    optimiser,
                    training.parameters().keySet());
            repeat(WARM, step);
            List<Integer> before = arrays(managers);
            repeat(STEPS, step);
            assertThat(arrays(managers)).isEqualTo(before);
        }
    }

    private static Optimiser optimiser(Collection<NDArray> parameters) {
        return new Optimiser(Device.cpu(), SETTINGS, new NDList(parameters));
    }

    private static void repeat(int times, Runnable step) {
        for (int i = 0; i < times; i++) {
            step.run();
        }
    }

    /** Those that outlive a step: of every module, and of what the optimiser keeps. */
    private static Set<NDManager> managers(List<NDManager> scratch, Optimiser optimiser, Collection<String> names) {
        Set<NDManager> managers = new LinkedHashSet<>();
        for (NDManager one : scratch) {
            managers.add(one.getParentManager());
            one.close();
        }
        for (NDArray kept : optimiser.state(List.copyOf(names)).values()) {
            managers.add(kept.getManager());
            managers.add(kept.getManager().getParentManager());
        }
        return managers;
    }

    private static List<Integer> arrays(Set<NDManager> managers) {
        return managers.stream()
                .map(manager -> manager.getManagedArrays().size())
                .toList();
    }

    /** 0 where the system does not say. */
    private static long residentMegabytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        return 0;
    }
}
