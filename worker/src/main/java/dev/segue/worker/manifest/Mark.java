package dev.segue.worker.manifest;

/**
 * Something that holds from a time on, a chord or a section.
 *
 * @param at in seconds
 */
public record Mark(double at, String name) {}
