/** The HTTP server: routes, who may do what, errors, events that are sent as they come, objects that are streamed. */
package dev.segue.orchestrator.status.http;
