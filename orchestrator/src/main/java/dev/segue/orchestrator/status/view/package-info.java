/** What is known of songs and models, read from their topics and held in memory; whoever wants to hear of changes does. */
package dev.segue.orchestrator.status.view;
