package dev.segue.contracts.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    private enum Colour {
        RED,
        DARK_BLUE
    }

    private static final Setting<String> ADDRESS = Setting.text("SEGUE_ADDRESS", "Where it is.");
    private static final Setting<String> PREFIX = Setting.text(
                    "SEGUE_PREFIX", "What names begin with.", "letters and dots", Pattern.compile("[a-z.]*"))
            .orElse("segue.");
    private static final Setting<Integer> SLOTS =
            Setting.wholeNumber("SEGUE_SLOTS", "How many.", 1, 64).orElse("8");
    private static final Setting<Duration> GRACE = Setting.duration(
                    "SEGUE_GRACE", "How long.", Duration.ZERO, Duration.ofMinutes(10))
            .orElse("30s");
    private static final Setting<Colour> COLOUR =
            Setting.choice("SEGUE_COLOUR", "Which.", Colour.class).orElse("red");
    private static final Setting<Optional<String>> SECRET =
            Setting.optionalText("SEGUE_SECRET", "What nobody shall see.").secret();
    private static final List<Setting<?>> ALL = List.of(ADDRESS, PREFIX, SLOTS, GRACE, COLOUR, SECRET);

    @Test
    void whatIsNotGivenIsItsDefault() {
        Settings settings = Settings.of(Map.of("SEGUE_SLOTS", "  "));
        assertThat(settings.get(PREFIX)).isEqualTo("segue.");
        assertThat(settings.get(SLOTS)).isEqualTo(8);
        assertThat(settings.get(GRACE)).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.get(COLOUR)).isEqualTo(Colour.RED);
        assertThat(settings.get(SECRET)).isEmpty();
    }

    @Test
    void whatIsGivenCounts() {
        Settings settings = Settings.of(Map.of(
                "SEGUE_ADDRESS", "broker:9092",
                "SEGUE_PREFIX", "a.b",
                "SEGUE_SLOTS", " 64 ",
                "SEGUE_GRACE", "1500ms",
                "SEGUE_COLOUR", "dark-blue",
                "SEGUE_SECRET", "x"));
        assertThat(settings.get(ADDRESS)).isEqualTo("broker:9092");
        assertThat(settings.get(PREFIX)).isEqualTo("a.b");
        assertThat(settings.get(SLOTS)).isEqualTo(64);
        assertThat(settings.get(GRACE)).isEqualTo(Duration.ofMillis(1500));
        assertThat(settings.get(COLOUR)).isEqualTo(Colour.DARK_BLUE);
        assertThat(settings.get(SECRET)).contains("x");
    }

    @Test
    void timesHaveUnits() {
        assertThat(Settings.of(Map.of("SEGUE_GRACE", "2m")).get(GRACE)).isEqualTo(Duration.ofMinutes(2));
        assertThat(Settings.of(Map.of("SEGUE_GRACE", "0s")).get(GRACE)).isEqualTo(Duration.ZERO);
        assertRefused(GRACE, "SEGUE_GRACE", "1h", "from 0s to 10m");
        assertRefused(GRACE, "SEGUE_GRACE", "30", "a time such as 500ms, 30s, 5m or 2h");
    }

    @Test
    void everyRefusalNamesKeyValueAndLimit() {
        assertRefused(SLOTS, "SEGUE_SLOTS", "0", "a whole number from 1 to 64");
        assertRefused(SLOTS, "SEGUE_SLOTS", "65", "a whole number from 1 to 64");
        assertRefused(SLOTS, "SEGUE_SLOTS", "many", "a whole number from 1 to 64");
        assertRefused(PREFIX, "SEGUE_PREFIX", "A", "letters and dots");
        assertRefused(COLOUR, "SEGUE_COLOUR", "green", "one of red, dark-blue");
        assertThatThrownBy(() -> Settings.of(Map.of()).get(ADDRESS))
                .isInstanceOfSatisfying(
                        InvalidSettingException.class, e -> assertThat(e.key()).isEqualTo("SEGUE_ADDRESS"))
                .hasMessage("SEGUE_ADDRESS is not set, but must be any text: Where it is.");
    }

    @Test
    void settingsOfALibraryKeepTheirNames() {
        assertThat(Settings.of(Map.of("SEGUE_KAFKA_CLIENT_SECURITY_PROTOCOL", "SSL", "SEGUE_KAFKA_CLIENT_", "x"))
                        .below("SEGUE_KAFKA_CLIENT_"))
                .containsExactly(Map.entry("security.protocol", "SSL"));
    }

    @Test
    void aFileIsReadAfterTheEnvironment(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("segue.properties"), "SEGUE_SLOTS=3\nSEGUE_COLOUR=dark-blue\n");
        Settings settings = Settings.load(Map.of("SEGUE_SETTINGS_FILE", file.toString(), "SEGUE_SLOTS", "4"));
        assertThat(settings.get(SLOTS)).isEqualTo(4);
        assertThat(settings.get(COLOUR)).isEqualTo(Colour.DARK_BLUE);
        assertThat(Settings.load(Map.of()).get(SLOTS)).isEqualTo(8);
        assertThatThrownBy(() -> Settings.load(Map.of("SEGUE_SETTINGS_FILE", file + "x")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void whatIsShownHasNoSecrets() {
        assertThat(Settings.of(Map.of("SEGUE_SECRET", "hidden", "SEGUE_SLOTS", "2"))
                        .lines(ALL))
                .containsExactly(
                        "SEGUE_ADDRESS=",
                        "SEGUE_PREFIX=segue.",
                        "SEGUE_SLOTS=2",
                        "SEGUE_GRACE=30s",
                        "SEGUE_COLOUR=red",
                        "SEGUE_SECRET=***");
    }

    @Test
    void theTableTellsEverything() {
        assertThat(SettingsTable.markdown(ALL).lines())
                .contains(
                        "| `SEGUE_ADDRESS` | *required* | any text | Where it is. |",
                        "| `SEGUE_SLOTS` | `8` | a whole number from 1 to 64 | How many. |",
                        "| `SEGUE_SECRET` | – | any text | What nobody shall see. |");
    }

    private static void assertRefused(Setting<?> setting, String key, String value, String limit) {
        assertThatThrownBy(() -> Settings.of(Map.of(key, value)).get(setting))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(key + " is \"" + value + "\", but must be ")
                .hasMessageContaining(limit);
    }
}
