package dev.segue.orchestrator.plan;

import static dev.segue.orchestrator.plan.Verdicts.assertRefused;
import static dev.segue.orchestrator.plan.Verdicts.request;
import static dev.segue.orchestrator.plan.Verdicts.sampling;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How codes may be drawn, with the very sentence that the producer reads. */
class SamplingCheckTest {
    @ParameterizedTest
    @CsvSource({"NaN, NaN", "0, 0", "-1, -1", "0.0009, 0.0009", "100.1, 100.1", "Infinity, Infinity"})
    void aTemperatureThatIsNoneIsRefused(double temperature, String shown) {
        assertRefused(
                request().setSampling(List.of(sampling(2, 0.99, 0, 0), sampling(1, temperature, 0, 0))),
                "sampling[1].temperature is " + shown
                        + ", but must be from 0.001 to 100; use 0.99 as usual, or topK 1 for"
                        + " the likeliest code always.");
    }

    @Test
    void limitsOnCodesThatAreNoneAreRefused() {
        assertRefused(
                request().setSampling(List.of(sampling(2, 0.99, -1, 0), sampling(1, 0.99, 2049, 0))),
                "sampling[0].topK is -1, but must be at least 0; use 0 for all codes.",
                "sampling[1].topK is 2049, but the model has 2048 codes; lower it, or use 0 for all codes.");
        assertRefused(
                request().setSampling(List.of(sampling(2, 0.99, 0, Double.NaN), sampling(1, 0.99, 0, 1.5))),
                "sampling[0].topP is NaN, but must be from 0 to 1; use 0 for all codes.",
                "sampling[1].topP is 1.5, but must be from 0 to 1; use 0 for all codes.");
    }

    @Test
    void twoLimitsOnCodesAtOnceAreRefused() {
        assertRefused(
                request().setSampling(List.of(sampling(0, 0.99, 5, 0.9))),
                "sampling[0].topK is 5, but topP is 0.9 and excludes it; set one of them to 0.");
    }

    @Test
    void samplingOfALevelThatTheModelDoesNotHaveIsRefused() {
        assertRefused(
                request().setSampling(List.of(sampling(3, 0.99, 0, 0), sampling(-1, 0.99, 0, 0))),
                "sampling[0].level is 3, but the model has levels 0 to 2; name one of them or remove the entry.",
                "sampling[1].level is -1, but the model has levels 0 to 2; name one of them or remove the entry.");
    }

    @Test
    void samplingOfALevelThatIsListedTwiceIsRefused() {
        assertRefused(
                request()
                        .setSampling(List.of(sampling(1, 0.9, 0, 0), sampling(2, 0.99, 0, 0), sampling(1, 0.99, 0, 0))),
                "sampling[2].level is 1, but sampling[0] is of that level too; list each level once.");
    }
}
