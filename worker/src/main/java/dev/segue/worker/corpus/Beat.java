package dev.segue.worker.corpus;

/**
 * What one drum of a genre plays in every bar.
 *
 * @param bar one character a step: {@code x} a stroke, {@code X} a strong one, {@code .} none
 */
record Beat(Drum drum, String bar, double loudness) {}
