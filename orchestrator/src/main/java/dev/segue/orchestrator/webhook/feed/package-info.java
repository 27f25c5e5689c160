/** Where messages come from and where they end: events, how far they are told, dead letters. */
package dev.segue.orchestrator.webhook.feed;
