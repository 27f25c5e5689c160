package dev.segue.worker.figures;

/**
 * A figure that a model should reach.
 *
 * @param part that it belongs to
 * @param figure what it is
 * @param goal what it should be
 * @param value what it is; null if it is absent
 * @param unit of the value, in front of which a number stands; may be empty
 * @param met whether it is reached; never if it is absent
 * @param absent why there is no value; null if there is one
 */
public record Goal(Part part, String figure, String goal, Double value, String unit, boolean met, String absent) {}
