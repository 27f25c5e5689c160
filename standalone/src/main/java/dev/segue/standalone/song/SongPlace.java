package dev.segue.standalone.song;

import dev.segue.contracts.settings.Setting;
import dev.segue.contracts.settings.Settings;
import dev.segue.standalone.cluster.ClusterOptions;
import dev.segue.standalone.cluster.HomeSettings;
import java.io.IOException;

/** Who makes the song of {@code segue song}. */
public enum SongPlace {
    /** Everything that it needs, started on this machine for it. */
    HERE,
    /** An installation that runs. */
    CLUSTER;

    /** Which of them, unless the command line names an installation. */
    public static final Setting<SongPlace> SETTING = Setting.choice(
                    "SEGUE_SONG_AT",
                    "Who makes the song of `segue song`: what it starts here for it, or the cluster that these settings"
                            + " name.",
                    SongPlace.class)
            .orElse("here");

    static SongPlace of(ClusterOptions options) throws IOException {
        if (options.isNamed()) {
            return CLUSTER;
        }
        return Settings.of(HomeSettings.of(options.home().folder(), System.getenv()))
                .get(SETTING);
    }
}
