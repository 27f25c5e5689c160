package dev.segue.worker.evaluation;

/**
 * How a sound pulses: the autocorrelation of onset strength, which is the sum over bands of how much louder each became.
 */
final class Rhythm {
    static final int TEMPOS = 32;

    private static final double SLOWEST = 40;
    private static final double FASTEST = 320;

    private final double[] onsets;
    private final double framesPerSecond;

    Rhythm(BandSpectrogram spectrogram) {
        this.onsets = new double[spectrogram.frames()];
        this.framesPerSecond = spectrogram.framesPerSecond();
        for (int frame = 1; frame < onsets.length; frame++) {
            for (int band = 0; band < BandSpectrogram.BANDS; band++) {
                onsets[frame] += Math.max(0, spectrogram.level(frame, band) - spectrogram.level(frame - 1, band));
            }
        }
        double mean = 0;
        for (double onset : onsets) {
            mean += onset / onsets.length;
        }
        for (int i = 0; i < onsets.length; i++) {
            onsets[i] -= mean;
        }
    }

    /** Beats per minute of place {@code i} among those that are looked at; they are equally far apart in pitch. */
    static double tempo(int i) {
        return SLOWEST * Math.pow(FASTEST / SLOWEST, i / (TEMPOS - 1.0));
    }

    /** How strongly each tempo is there, from −1 to 1: [TEMPOS]. */
    double[] strengths() {
        double[] strengths = new double[TEMPOS];
        for (int i = 0; i < TEMPOS; i++) {
            strengths[i] = correlation(60 / tempo(i) * framesPerSecond);
        }
        return strengths;
    }

    /** The tempo between 55 and 165 beats per minute that is there most strongly. */
    double tempo() {
        double best = 0;
        double found = 0;
        for (double tempo = 55; tempo <= 165; tempo += 0.5) {
            double strength = correlation(60 / tempo * framesPerSecond) + correlation(120 / tempo * framesPerSecond);
            if (strength > best) {
                best = strength;
                found = tempo;
            }
        }
        return found;
    }

    private double correlation(double lag) {
        int whole = (int) lag;
        return (1 - (lag - whole)) * correlation(whole) + (lag - whole) * correlation(whole + 1);
    }

    private double correlation(int lag) {
        double product = 0;
        double first = 1e-12;
        double second = 1e-12;
        for (int i = 0; i + lag < onsets.length; i++) {
            product += onsets[i] * onsets[i + lag];
            first += onsets[i] * onsets[i];
            second += onsets[i + lag] * onsets[i + lag];
        }
        return product / Math.sqrt(first * second);
    }
}
