/** What receivers are told: one message for an event, the same bytes whenever it is sent. */
package dev.segue.orchestrator.webhook.message;
