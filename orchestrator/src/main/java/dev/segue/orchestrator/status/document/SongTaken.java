package dev.segue.orchestrator.status.document;

/**
 * A song that was asked for or given up: its events tell what becomes of that.
 *
 * @param id of the song
 * @param href where it is
 */
public record SongTaken(String id, String href) {}
