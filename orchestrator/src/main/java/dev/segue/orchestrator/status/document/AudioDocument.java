package dev.segue.orchestrator.status.document;

/**
 * Sound of a range that can be heard.
 *
 * @param level number of the level that it was decoded from, 0 is the finest
 * @param fromSample first sample
 * @param toSample behind the last sample
 * @param href path of a FLAC file that holds the range
 * @param bytes its size
 */
public record AudioDocument(int level, long fromSample, long toSample, String href, long bytes) {}
