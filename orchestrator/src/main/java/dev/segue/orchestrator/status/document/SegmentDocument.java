package dev.segue.orchestrator.status.document;

/**
 * How far one stretch of a level is that is sampled independently, in codes counted from the start of the song.
 *
 * @param start its first code
 * @param end behind its last code
 * @param done behind the last of its codes that exist, from start to end: the wavefront
 */
public record SegmentDocument(int start, int end, int done) {}
