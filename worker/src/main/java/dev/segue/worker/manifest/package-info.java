/**
 * What a folder of songs says of them: {@code manifest.jsonl}, one JSON object a line, which the trainer reads whoever
 * wrote it. Knows nothing of where songs come from.
 */
package dev.segue.worker.manifest;
