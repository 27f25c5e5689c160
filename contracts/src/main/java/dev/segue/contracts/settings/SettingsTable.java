package dev.segue.contracts.settings;

import java.util.List;

/** Settings as a table for people. */
public final class SettingsTable {
    private SettingsTable() {}

    /** A Markdown table: the variable, what it is unless told otherwise, what it must be, what it is for. */
    public static String markdown(List<Setting<?>> settings) {
        StringBuilder table =
                new StringBuilder("| variable | default | must be | what it is for |\n|---|---|---|---|\n");
        for (Setting<?> setting : settings) {
            table.append("| `")
                    .append(setting.key())
                    .append("` | ")
                    .append(setting.fallback()
                            .map(text -> text.isEmpty() ? "–" : "`" + text + "`")
                            .orElse("*required*"))
                    .append(" | ")
                    .append(setting.limit())
                    .append(" | ")
                    .append(setting.description())
                    .append(" |\n");
        }
        return table.toString();
    }
}
