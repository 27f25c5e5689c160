/** What HTTP can do, as OpenAPI 3.1: made from the very routes that are served. */
package dev.segue.orchestrator.status.openapi;
