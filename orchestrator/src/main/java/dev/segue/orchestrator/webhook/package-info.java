/** Tells receivers over HTTP what happens to their songs: settings, and the program that reads events and delivers. */
package dev.segue.orchestrator.webhook;
