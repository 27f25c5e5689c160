package dev.segue.telemetry.logs;

import dev.segue.contracts.settings.Setting;
import java.util.List;

/** How a process logs. */
public final class LogSettings {
    /** What a line is. */
    public static final Setting<LogFormat> FORMAT = Setting.choice(
                    "SEGUE_LOG_FORMAT",
                    "What a line of the log is: text for people, or a JSON object for programs that collect logs.",
                    LogFormat.class)
            .orElse("text");

    /** All of them. */
    public static final List<Setting<?>> SETTINGS = List.of(FORMAT);

    private LogSettings() {}
}
