package dev.segue.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import org.junit.jupiter.api.Test;

class ChartLintTest {
    @Test
    void helmFindsNothingToWarnOf() {
        LintResult result = new Helm(Chart.FOLDER).lint().strict().call();

        assertThat(result.getMessages()).noneMatch(message -> message.contains("WARNING") || message.contains("ERROR"));
        assertThat(result.isFailed()).isFalse();
    }
}
