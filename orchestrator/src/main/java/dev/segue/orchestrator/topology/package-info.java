/** The Kafka Streams application: what becomes of a record, and how a song goes on from stage to stage. */
package dev.segue.orchestrator.topology;
