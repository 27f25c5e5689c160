/**
 * Which lyric character is sung when, from the attention of one head (specification §10). Plain arrays; knows neither
 * tensors nor topics.
 */
package dev.segue.worker.jukebox.alignment;
