/** What is measured: one list of names, types and labels, from which both meters and their reference are made. */
package dev.segue.telemetry.metrics;
