/** Tasks that the orchestrator gives out, and what workers answer. Most of it is generated from the Avro schemas. */
package dev.segue.contracts.task;
