package dev.segue.worker.parity;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import dev.segue.worker.jukebox.PackedPriors;
import dev.segue.worker.jukebox.Precision;
import dev.segue.worker.jukebox.Prior;
import dev.segue.worker.sampling.SlotEngine;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole passes of every prior of the fixtures against what the original computed. */
class PriorParityTest {
    /** Root mean square error of the logits relative to their own spread; 0.0143 is the most that was seen. */
    private static final double BFLOAT16_ERROR = 0.05;

    private static final double FLOAT16_WEIGHTS_ERROR = 0.005;

    static Stream<String> priors() {
        return Fixtures.foldersWith("priors", "io.safetensors");
    }

    @ParameterizedTest
    @MethodSource("priors")
    void wholePassesAsPublishedEqualTheOriginal(String name) {
        try (Prior prior = Prior.asPublished(
                ReferenceShapes.prior(name),
                Fixtures.tensors("priors/" + name + "/weights.safetensors"),
                Fixtures.device())) {
            check(name, prior);
        }
    }

    @ParameterizedTest
    @MethodSource("priors")
    void wholePassesPreparedForSamplingEqualTheOriginal(String name) {
        try (Prior prior = Prior.forSampling(
                ReferenceShapes.prior(name),
                Fixtures.tensors("priors/" + name + "/weights.safetensors"),
                Fixtures.device(),
                Precision.FLOAT32)) {
            check(name, prior);
        }
    }

    @ParameterizedTest
    @MethodSource("priors")
    void wholePassesWithPackedWeightsEqualTheOriginal(String name) {
        try (Prior prior = packed(name, Precision.FLOAT32)) {
            check(name, prior);
        }
    }

    @ParameterizedTest
    @MethodSource("priors")
    void stepsWithPackedWeightsDrawTheSameCodes(String name) {
        Prior prior = packed(name, Precision.FLOAT32);
        try (SlotEngine engine = new SlotEngine(prior, 2);
                NDManager manager = prior.newManager()) {
            FixturePrior.read(name, prior, manager).checkGreedy(engine);
        }
    }

    @ParameterizedTest
    @MethodSource("priors")
    void logitsInBfloat16StayWithinAFewHundredthsOfFloat32(String name) {
        try (Prior prior = packed(name, Precision.BFLOAT16);
                NDManager manager = prior.newManager()) {
            assertThat(FixturePrior.read(name, prior, manager).logitsError()).isLessThan(BFLOAT16_ERROR);
        }
    }

    @EnabledIfSystemProperty(named = "os.arch", matches = "amd64")
    @ParameterizedTest
    @MethodSource("priors")
    void logitsOfWeightsInFloat16StayWithinAFewThousandthsOfFloat32(String name) {
        try (Prior prior = packed(name, Precision.FLOAT16_WEIGHTS);
                NDManager manager = prior.newManager()) {
            assertThat(FixturePrior.read(name, prior, manager).logitsError()).isLessThan(FLOAT16_WEIGHTS_ERROR);
        }
    }

    private static Prior packed(String name, Precision precision) {
        return PackedPriors.load(
                ReferenceShapes.prior(name), Fixtures.tensors("priors/" + name + "/weights.safetensors"), precision);
    }

    @ParameterizedTest
    @MethodSource("priors")
    void stepsWithCachesDrawTheSameCodes(String name) {
        Prior prior = Prior.forSampling(
                ReferenceShapes.prior(name),
                Fixtures.tensors("priors/" + name + "/weights.safetensors"),
                Fixtures.device(),
                Precision.FLOAT32);
        try (SlotEngine engine = new SlotEngine(prior, 2);
                NDManager manager = prior.newManager()) {
            FixturePrior.read(name, prior, manager).checkGreedy(engine);
        }
    }

    private static void check(String name, Prior prior) {
        try (NDManager manager = prior.newManager()) {
            FixturePrior fixture = FixturePrior.read(name, prior, manager);
            fixture.checkConditions();
            fixture.checkLogits();
            fixture.checkEndsAndLosses(Fixtures.json("priors/" + name + "/config.json"));
        }
    }
}
