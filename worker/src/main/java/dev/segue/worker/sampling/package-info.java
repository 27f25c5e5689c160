/**
 * From words to codes: windows sampled side by side in slots, each on its own to the bit; whole songs level after level;
 * lyrics aligned with what was sampled.
 */
package dev.segue.worker.sampling;
