package dev.segue.worker.evaluation;

/**
 * Which part of something was named rightly.
 *
 * @param right from 0 to 1
 * @param chance what naming the most frequent class every time would give
 * @param examples how many were tried
 */
public record Accuracy(double right, double chance, int examples) {}
