/** HTTP: what is known of songs and models, as JSON, as events and as pages; songs are asked for and given up here too. */
package dev.segue.orchestrator.status;
