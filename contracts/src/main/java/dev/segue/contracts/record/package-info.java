/**
 * Records that cross topics: requests and events, tasks and what became of them. All but {@link
 * dev.segue.contracts.record.CodeBytes} are generated from {@code src/main/avro/segue.avdl}.
 */
package dev.segue.contracts.record;
