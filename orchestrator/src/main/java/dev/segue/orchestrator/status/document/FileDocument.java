package dev.segue.orchestrator.status.document;

/**
 * A file of a finished song.
 *
 * @param name as song.flac
 * @param href its path
 * @param mediaType what it holds
 * @param bytes its size
 */
public record FileDocument(String name, String href, String mediaType, long bytes) {}
