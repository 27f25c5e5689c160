/** When messages are sent, again and to whom at once: a queue for each song, and one HTTP client that is on its guard. */
package dev.segue.orchestrator.webhook.delivery;
