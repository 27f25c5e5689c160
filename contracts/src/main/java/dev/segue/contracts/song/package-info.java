/** What producers write and read: requests, commands and events. Most of it is generated from the Avro schemas. */
package dev.segue.contracts.song;
