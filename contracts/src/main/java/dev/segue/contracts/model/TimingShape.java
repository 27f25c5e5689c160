package dev.segue.contracts.model;

/**
 * How a top-level prior hears of its place in the song (specification §5.1).
 *
 * @param bins rows of each of the three timing tables
 * @param minSeconds shortest total length it can be told of, inclusive
 * @param maxSeconds longest total length it can be told of, exclusive
 */
public record TimingShape(int bins, double minSeconds, double maxSeconds) {}
