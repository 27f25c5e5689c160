package dev.segue.orchestrator.status.document;

/**
 * Why a song could not be made.
 *
 * @param reason as one of the symbols of the Avro schema's FailureReason
 * @param message what happened, for people
 * @param work what was being done
 * @param attempts how often it was tried
 */
public record FailureDocument(String reason, String message, String work, int attempts) {}
