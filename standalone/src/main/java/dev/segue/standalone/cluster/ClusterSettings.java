package dev.segue.standalone.cluster;

import dev.segue.contracts.client.Cluster;
import dev.segue.contracts.settings.InvalidSettingException;
import dev.segue.contracts.settings.Setting;
import dev.segue.contracts.settings.Settings;
import dev.segue.contracts.store.S3Access;
import dev.segue.worker.tasks.Installation;
import java.util.List;
import java.util.stream.Stream;

/** How a client is told where an installation of Segue is: the settings that workers have, too. */
public final class ClusterSettings {
    private ClusterSettings() {}

    /** All of them. */
    public static List<Setting<?>> all() {
        return Stream.<Setting<?>>concat(Installation.SETTINGS.stream(), S3Access.SETTINGS.stream())
                .toList();
    }

    /**
     * The installation that settings name.
     *
     * @throws InvalidSettingException if one is missing or cannot be
     */
    public static Cluster cluster(Settings settings) {
        Installation installation = Installation.from(settings);
        return new Cluster(
                installation.cluster().bootstrapServers(),
                installation.cluster().settings(),
                installation.registry(),
                installation.topics(),
                S3Access.from(settings),
                settings.get(S3Access.BUCKET));
    }
}
