/** The orchestrator as a program: how it is configured, started and stopped. */
package dev.segue.orchestrator;
