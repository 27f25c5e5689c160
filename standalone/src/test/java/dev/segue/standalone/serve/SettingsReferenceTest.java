package dev.segue.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.settings.Setting;
import dev.segue.contracts.settings.Settings;
import dev.segue.contracts.settings.SettingsTable;
import dev.segue.contracts.store.S3Access;
import dev.segue.orchestrator.OrchestratorConfig;
import dev.segue.orchestrator.status.StatusConfig;
import dev.segue.standalone.song.SongPlace;
import dev.segue.telemetry.logs.LogSettings;
import dev.segue.telemetry.trace.TraceSettings;
import dev.segue.worker.WorkerMain;
import dev.segue.worker.assembly.AssemblyConfig;
import dev.segue.worker.generation.GenerationConfig;
import dev.segue.worker.tasks.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference of settings is made from the settings; {@code -Dsegue.docs.write=true} makes it anew. */
class SettingsReferenceTest {
    private static final Path REFERENCE = Path.of("..", "docs", "settings.md");

    @Test
    void theReferenceListsEverySettingOnce() throws IOException {
        String reference = reference();
        if (Boolean.getBoolean("segue.docs.write")) {
            Files.writeString(REFERENCE, reference);
        }

        assertThat(Files.readString(REFERENCE)).isEqualTo(reference);
    }

    private static String reference() {
        Set<String> seen = new HashSet<>();
        return """
                # Settings

                Generated from the settings themselves. Each is looked for among a command's options, in the environment, in the file that `SEGUE_SETTINGS_FILE` names or, for the command line, `segue.properties` in `SEGUE_HOME` (default `~/.segue`), and then is what it is here. What cannot be is refused with the key, its value and the limit.

                ## Where things are

                Everything needs these; `segue serve` and `segue song` fill them in for themselves, and commands find a running `segue serve` on this machine. Further settings of Kafka's clients begin with `SEGUE_KAFKA_CLIENT_`, of the registry's with `SEGUE_REGISTRY_CLIENT_`, with underscores for dots: `SEGUE_KAFKA_CLIENT_SECURITY_PROTOCOL`.

                """
                + table(seen, Stream.of(List.of(Settings.FILE), Installation.SETTINGS, S3Access.SETTINGS))
                + "\n## Orchestrator and workers\n\n"
                + table(seen, Stream.of(TraceSettings.SETTINGS, LogSettings.SETTINGS))
                + "\n## Orchestrator\n\n"
                + table(seen, Stream.of(OrchestratorConfig.SETTINGS, StatusConfig.SETTINGS))
                + "\n## Workers\n\n"
                + table(seen, Stream.of(List.of(WorkerMain.ROLES), GenerationConfig.SETTINGS, AssemblyConfig.SETTINGS))
                + "\n## segue serve\n\n"
                + table(seen, Stream.of(LocalSettings.SETTINGS))
                + "\n## segue song\n\n"
                + table(seen, Stream.of(List.of(SongPlace.SETTING)));
    }

    private static String table(Set<String> seen, Stream<List<? extends Setting<?>>> settings) {
        List<Setting<?>> unseen = settings.flatMap(List::stream)
                .filter(setting -> seen.add(setting.key()))
                .<Setting<?>>map(setting -> setting)
                .toList();
        return SettingsTable.markdown(unseen);
    }
}
