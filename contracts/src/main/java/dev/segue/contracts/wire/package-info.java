/** How records become bytes: Confluent's Avro format, with schemas in a registry. */
package dev.segue.contracts.wire;
