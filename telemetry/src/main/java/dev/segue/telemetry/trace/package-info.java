/** Traces: spans of one song's work, joined across topics by the W3C context in the headers of records. */
package dev.segue.telemetry.trace;
