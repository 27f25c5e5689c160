package dev.segue.worker.trainlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.worker.trainlog.TrainingLog.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a training's log holds after runs that end well and runs that do not. */
class TrainingLogTest {
    private static final String WHOLE = "{\"step\":1,\"kind\":\"train\",\"seconds\":0.5,\"loss\":2.0}\n";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("run").resolve("log.jsonl");
    }

    private static Entry train(long step) {
        return new Entry(step, "train", step / 2.0, Map.of("loss", 2.0 / step));
    }

    private void append(long keepUpToStep, long from, long to) throws IOException {
        try (TrainingLog log = TrainingLog.open(file, keepUpToStep)) {
            for (long step = from; step <= to; step++) {
                log.append(train(step));
            }
        }
    }

    private void refused(String text, Class<? extends TrainingLogException> kind, String sentence) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThatThrownBy(() -> TrainingLog.read(file)).isInstanceOf(kind).hasMessage(sentence);
        assertThatThrownBy(() -> TrainingLog.open(file, 9)).isInstanceOf(kind).hasMessage(sentence);
        assertThat(file).hasContent(text);
    }

    @Test
    void eachEventIsOneLineInTheOrderOfItsValuesAndThereAtOnce() throws IOException {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("loss", 2.5);
        values.put("learning_rate", 3e-4);
        values.put("gradient_norm", 1.0);
        Entry entry = new Entry(120, "train", 37.25, values);
        try (TrainingLog log = TrainingLog.open(file, 0)) {
            log.append(entry);
            assertThat(Files.readString(file))
                    .isEqualTo(
                            "{\"step\":120,\"kind\":\"train\",\"seconds\":37.25,\"loss\":2.5,\"learning_rate\":3.0E-4,"
                                    + "\"gradient_norm\":1.0}\n");
        }
        assertThat(TrainingLog.read(file)).containsExactly(entry);
        assertThat(TrainingLog.read(file).get(0).values().keySet())
                .containsExactly("loss", "learning_rate", "gradient_norm");
    }

    @Test
    void whatIsNotFiniteIsReadBackAndEveryLineIsJson() throws IOException {
        Entry entry = new Entry(
                7,
                "validation",
                1,
                Map.of("a", Double.NaN, "b", Double.POSITIVE_INFINITY, "c", Double.NEGATIVE_INFINITY, "d", -1e-300));
        try (TrainingLog log = TrainingLog.open(file, 0)) {
            log.append(entry);
        }
        assertThat(TrainingLog.read(file)).containsExactly(entry);
        assertThat(Files.readString(file)).contains("\"NaN\"", "\"Infinity\"", "\"-Infinity\"");
    }

    @Test
    void aRunThatGoesOnFromItsCheckpointLeavesTheLogOfOneThatWasNeverInterrupted() throws IOException {
        append(0, 1, 9);
        String unbroken = Files.readString(file);

        append(0, 1, 7);
        Files.writeString(file, "{\"step\":8,\"kind\":\"tra", StandardOpenOption.APPEND);
        append(4, 5, 9);

        assertThat(file).hasContent(unbroken);
        assertThat(folder.resolve("run")).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aRunFromTheBeginningStartsTheLogAnew() throws IOException {
        append(0, 1, 5);
        append(0, 1, 2);
        assertThat(TrainingLog.read(file)).containsExactly(train(1), train(2));
    }

    @Test
    void aLastLineThatIsBeingWrittenIsNotReadYet() throws IOException {
        append(0, 1, 2);
        Files.writeString(file, "{\"step\":3,\"kind\":\"train\",\"seconds\":", StandardOpenOption.APPEND);
        assertThat(TrainingLog.read(file)).hasSize(2);
    }

    @Test
    void aDamagedLineIsNamedAndTheFileStaysAsItIs() throws IOException {
        String fix = "; delete that line, or move the file away to begin a new log";
        refused(
                WHOLE + "[1]\n" + WHOLE,
                TrainingLogException.NotJson.class,
                "line 2 of " + file
                        + " is no JSON object (it is of the kind ARRAY) but every event must be one object on one line"
                        + fix);
        refused(
                WHOLE + "{\"kind\":\"train\",\"seconds\":1}\n",
                TrainingLogException.MissingField.class,
                "line 2 of " + file + " has no step but step, kind and seconds are required" + fix);
        refused(
                "{\"step\":1.5,\"kind\":\"train\",\"seconds\":1}\n",
                TrainingLogException.InvalidField.class,
                "line 1 of " + file + " has step 1.5 but it must be a whole number of at least 0" + fix);
        refused(
                "{\"step\":1,\"kind\":\"Train it\",\"seconds\":1}\n",
                TrainingLogException.InvalidField.class,
                "line 1 of " + file + " has kind \"Train it\" but it must be a word in small letters" + fix);
        refused(
                "{\"step\":1,\"kind\":\"train\",\"seconds\":1,\"loss\":\"big\"}\n",
                TrainingLogException.InvalidField.class,
                "line 1 of " + file
                        + " has loss \"big\" but it must be a number, \"NaN\", \"Infinity\" or \"-Infinity\"" + fix);
    }

    @Test
    void aLineCutShortInTheMiddleIsDamage() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, WHOLE + "{\"step\":2,\"kind\n" + WHOLE);
        assertThatThrownBy(() -> TrainingLog.read(file))
                .isInstanceOf(TrainingLogException.NotJson.class)
                .hasMessageStartingWith("line 2 of " + file + " is no JSON object (");
    }

    @Test
    void anEventWithANameThatEveryLineHasIsRefused() {
        assertThatThrownBy(() -> new Entry(1, "train", 0, Map.of("step", 1.0)))
                .hasMessage("values have the name step but every event has a field of that name; rename it");
        assertThatThrownBy(() -> new Entry(-1, "train", 0, Map.of()))
                .hasMessage("step is -1 but must be at least 0; count steps from 1");
        assertThatThrownBy(() -> new Entry(1, "a b", 0, Map.of())).hasMessageContaining("kind is \"a b\"");
    }

    @Test
    void valuesAreCopiedAndKept() {
        Map<String, Double> values = new LinkedHashMap<>(Map.of("loss", 1.0));
        Entry entry = new Entry(1, "train", 0, values);
        values.put("loss", 2.0);
        assertThat(entry.values()).isEqualTo(Map.of("loss", 1.0));
        assertThat(List.of(entry)).containsExactly(new Entry(1, "train", 0, Map.of("loss", 1.0)));
    }
}
