/** What a process tells of itself: metrics and traces, handed to whatever has something to tell. */
package dev.segue.telemetry;
