/**
 * Words into numbers: names, lyrics and places in a song as the priors hear them (specification §5.1, §8). Knows
 * neither tensors nor topics.
 */
package dev.segue.worker.jukebox.labels;
