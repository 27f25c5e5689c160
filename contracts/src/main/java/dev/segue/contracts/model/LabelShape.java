package dev.segue.contracts.model;

/**
 * How a prior hears of artist and genre (specification §5.1, §8).
 *
 * @param version which name rules and which lyric vocabulary apply
 * @param genres rows of the genre table
 * @param artists rows of the artist table
 * @param maxGenreWords how many genre ids one song may have
 */
public record LabelShape(LabelVersion version, int genres, int artists, int maxGenreWords) {}
