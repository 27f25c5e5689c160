package dev.segue.orchestrator.status.document;

/**
 * A name that a level of the model has never heard of.
 *
 * @param level number of the level
 * @param field of the request: artist or genres
 * @param word the name as it was looked up
 */
public record UnknownWordDocument(int level, String field, String word) {}
