package dev.segue.worker.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScriptModuleTest {

    @Test
    void aScriptComputesWithItsAttributesAndArguments() {
        try (ScriptModule script = load("Scaled", Map.of("factor", 3));
                NDManager manager = script.newManager()) {
            assertThat(script.integer("times", 14)).isEqualTo(42);
            assertThat(script.tensor(manager, "scale", manager.create(new float[] {1, 2}))
                            .toFloatArray())
                    .containsExactly(3, 6);
        }
    }

    @Test
    void aScriptThatDoesNotCompileIsRefusedByNameAndReason() {
        assertThatThrownBy(() -> load("Undefined", Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("script Undefined.py cannot be loaded: ")
                .hasMessageContaining("nothing_of_this_name");
    }

    @Test
    void aScriptThatIsNoResourceIsRefusedByName() {
        assertThatThrownBy(() -> load("Absent", Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no script Absent.py beside " + ScriptModuleTest.class);
    }

    @Test
    void anAttributeThatNoScriptCanHoldIsRefusedByNameAndValue() {
        assertThatThrownBy(() -> load("Scaled", Map.of("factor", "three")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("attribute factor is three, which no script can hold");
        assertThatThrownBy(() -> load("Scaled", Map.of("factor", List.of(3))))
                .hasMessage("attribute factor is [3], which no script can hold");
    }

    @Test
    void anArgumentThatNoScriptTakesIsRefusedAndTheScriptStaysUsable() {
        try (ScriptModule script = load("Scaled", Map.of("factor", 3))) {
            assertThatThrownBy(() -> script.integer("times", 'n'))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a script takes no " + Character.class);
            assertThat(script.integer("times", 2L)).isEqualTo(6);
        }
    }

    private static ScriptModule load(String script, Map<String, Object> attributes) {
        return ScriptModule.load(Device.cpu(), ScriptModuleTest.class, List.of(script), attributes);
    }
}
