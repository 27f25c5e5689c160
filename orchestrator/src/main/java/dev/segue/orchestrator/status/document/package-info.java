/** What HTTP says, as records whose components are the fields of JSON objects: names here are names there. */
package dev.segue.orchestrator.status.document;
