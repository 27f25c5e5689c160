/**
 * Songs that are composed and rendered from a seed: lyrics, melody, accompaniment and a voice of formants that sings every
 * letter at a time that is known.
 *
 * <p>The same seed gives the same bytes on any machine and any JDK from 17: additions, multiplications, divisions and
 * roots are exact there, phases are integers that wrap around, every other function is StrictMath's, and what is drawn
 * comes from {@link java.util.Random}, whose algorithm is part of its contract. {@code Math.sin}, {@code exp} and
 * {@code pow} must not be used here: they may differ in the last bit from processor to processor.
 */
package dev.segue.worker.corpus;
