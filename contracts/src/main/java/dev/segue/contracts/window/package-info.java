/**
 * Levels, windows and the schedule in which a song is sampled (specification §9.1, §9.2): pure functions on records,
 * which a scheduler and a sampler read alike.
 */
package dev.segue.contracts.window;
