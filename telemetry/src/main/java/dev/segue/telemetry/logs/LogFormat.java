package dev.segue.telemetry.logs;

/** What a line of the log is. */
public enum LogFormat {
    /** Text that people read. */
    TEXT,
    /** A JSON object, for programs that collect logs. */
    JSON
}
