package dev.segue.worker.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.worker.jukebox.Precision;
import dev.segue.worker.torch.Torch;
import dev.segue.worker.weights.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Codes depend on a window, its seed and the weights, and on nothing else. Isolated, since the number of threads is the
 * whole process's.
 */
@Isolated
class SlotInvarianceTest {
    private static final int WINDOWS = 6;
    private static final int ORDERS = 2;
    private static final int[] SLOTS = {1, 3, 8};

    @TempDir
    static Path folder;

    private static SafetensorsFile weights;
    private final int threadsBefore = Torch.threads();

    @BeforeAll
    static void writeWeights() throws IOException {
        weights = TinyPriors.weights(folder);
    }

    @AfterEach
    void restoreThreads() {
        Torch.setThreads(threadsBefore);
    }

    @Test
    void codesDoNotDependOnSlotsGroupsOrderOrThreadsWhenMultipliedRowByRow() {
        assertInvariant(slots -> TinyPriors.engine(weights, slots));
    }

    @Test
    void codesDoNotDependOnSlotsGroupsOrderOrThreadsWithPackedWeights() {
        assertInvariant(slots -> TinyPriors.packed(weights, Precision.FLOAT32, slots));
    }

    @Test
    void codesDoNotDependOnSlotsGroupsOrderOrThreadsInBfloat16() {
        assertInvariant(slots -> TinyPriors.packed(weights, Precision.BFLOAT16, slots));
    }

    @EnabledIfSystemProperty(named = "os.arch", matches = "amd64")
    @Test
    void codesDoNotDependOnSlotsGroupsOrderOrThreadsWithWeightsInFloat16() {
        assertInvariant(slots -> TinyPriors.packed(weights, Precision.FLOAT16_WEIGHTS, slots));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 19, 20, 21, 100})
    void codesDoNotDependOnWhichOfThemWereKnown(int known) {
        try (SlotEngine engine = TinyPriors.engine(weights, 1)) {
            WindowJob whole = TinyPriors.job(0, TinyPriors.CONTEXT, Sampling.DEFAULT, 3);
            int[] codes = sample(engine, List.of(whole), new Random(0)).get(0);
            WindowJob rest = new WindowJob(
                    TinyPriors.job(known, TinyPriors.CONTEXT - known, Sampling.DEFAULT, 3)
                            .window(),
                    null,
                    Arrays.copyOf(codes, known),
                    null,
                    Sampling.DEFAULT,
                    3);
            assertThat(sample(engine, List.of(rest), new Random(0)).get(0))
                    .isEqualTo(Arrays.copyOfRange(codes, known, codes.length));
        }
    }

    private static void assertInvariant(IntFunction<SlotEngine> engines) {
        List<WindowJob> jobs = jobs();
        Torch.setThreads(1);
        List<int[]> alone = new ArrayList<>();
        try (SlotEngine engine = engines.apply(1)) {
            jobs.forEach(
                    job -> alone.add(sample(engine, List.of(job), new Random(0)).get(0)));
        }
        assertThat(alone.stream().map(Arrays::hashCode).distinct()).hasSize(WINDOWS);
        for (int slots : SLOTS) {
            try (SlotEngine engine = engines.apply(slots)) {
                for (int order = 0; order < ORDERS; order++) {
                    assertSame(sample(engine, jobs, new Random(order)), alone, slots, order);
                }
            }
        }
        Torch.setThreads(2);
        try (SlotEngine engine = engines.apply(SLOTS[1])) {
            List<WindowJob> some = jobs.subList(0, SLOTS[1]);
            assertSame(sample(engine, some, new Random(ORDERS)), alone, SLOTS[1], ORDERS);
        }
    }

    private static void assertSame(List<int[]> together, List<int[]> alone, int slots, int order) {
        for (int job = 0; job < together.size(); job++) {
            assertThat(together.get(job))
                    .as("window %d in %d slots, %d threads, order %d", job, slots, Torch.threads(), order)
                    .isEqualTo(alone.get(job));
        }
    }

    /** Windows of all lengths, with filters of all kinds beside each other. */
    private static List<WindowJob> jobs() {
        Random random = new Random(5);
        List<WindowJob> jobs = new ArrayList<>();
        for (int i = 0; i < WINDOWS; i++) {
            Sampling sampling =
                    switch (i % 3) {
                        case 0 -> Sampling.DEFAULT;
                        case 1 -> new Sampling(0.9, 5, 0);
                        default -> new Sampling(1.2, 0, 0.8);
                    };
            int known = random.nextInt(TinyPriors.CONTEXT - 20);
            jobs.add(TinyPriors.job(known, 20 + random.nextInt(TinyPriors.CONTEXT - known - 19), sampling, i));
        }
        return jobs;
    }

    /** Samples all windows, which join in random order and at random times. */
    private static List<int[]> sample(SlotEngine engine, List<WindowJob> jobs, Random random) {
        List<WindowJob> shuffled = new ArrayList<>(jobs);
        Collections.shuffle(shuffled, random);
        Deque<WindowJob> waiting = new ArrayDeque<>(shuffled);
        Map<WindowJob, int[]> codes = new HashMap<>();
        while (codes.values().stream().mapToInt(c -> c.length).sum()
                < jobs.stream().mapToInt(job -> job.window().added().length()).sum()) {
            int joining = random.nextInt(engine.freeSlots() + 1);
            for (int i = 0; i < joining && !waiting.isEmpty(); i++) {
                engine.join(waiting.remove());
            }
            for (SlotEngine.Written written : engine.advance()) {
                assertThat(written.failed()).isFalse();
                codes.merge(written.job(), written.codes(), SlotInvarianceTest::joined);
            }
        }
        return jobs.stream().map(codes::get).toList();
    }

    private static int[] joined(int[] first, int[] more) {
        int[] both = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, both, first.length, more.length);
        return both;
    }
}
