package dev.segue.worker.corpus;

import java.util.List;

/** Equal temperament: pitches are numbered as in MIDI, 69 is the a of 440 Hz. */
final class Tuning {
    private static final List<String> NAMES = List.of("c", "c#", "d", "d#", "e", "f", "f#", "g", "g#", "a", "a#", "b");
    private static final double[] FREQUENCIES = frequencies();

    private Tuning() {}

    private static double[] frequencies() {
        double[] frequencies = new double[128];
        for (int pitch = 0; pitch < frequencies.length; pitch++) {
            frequencies[pitch] = 440 * StrictMath.pow(2, (pitch - 69) / 12.0);
        }
        return frequencies;
    }

    /** In Hz. */
    static double frequency(int pitch) {
        return FREQUENCIES[pitch];
    }

    /** Of the pitch's class, in small letters. */
    static String name(int pitch) {
        return NAMES.get(Math.floorMod(pitch, 12));
    }
}
