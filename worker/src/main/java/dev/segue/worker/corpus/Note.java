package dev.segue.worker.corpus;

/**
 * One tone of an instrument.
 *
 * @param start in seconds
 * @param seconds until it is let go
 * @param loudness 1 is usual
 */
record Note(Instrument instrument, double start, double seconds, int pitch, double loudness) {}
