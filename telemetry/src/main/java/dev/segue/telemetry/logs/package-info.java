/** What a process logs: which lines, where they go, and whether people or programs read them. */
package dev.segue.telemetry.logs;
