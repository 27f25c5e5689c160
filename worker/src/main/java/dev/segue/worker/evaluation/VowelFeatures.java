package dev.segue.worker.evaluation;

/**
 * What is measured of a short stretch of singing to tell its vowel: the shape of its spectrum in 24 bands, in decibels
 * against their mean, from the middle half of the stretch.
 */
public final class VowelFeatures {
    /** Of the loudest band: 30 dB. */
    private static final double DEPTH = 1e-3;

    private static final double LEAST_FLOOR = 1e-9;

    private final BandSpectrogram spectrogram;

    /**
     * Looks at a sound.
     *
     * @param sound mono
     * @param sampleRate in Hz
     */
    public VowelFeatures(float[] sound, int sampleRate) {
        this.spectrogram = new BandSpectrogram(sound, sampleRate);
    }

    /** Of the stretch between two times in seconds: [24]. */
    public double[] between(double start, double end) {
        int first = spectrogram.frameAt(start + (end - start) / 4);
        int last = spectrogram.frameAt(end - (end - start) / 4);
        double[] levels = new double[BandSpectrogram.BANDS];
        for (int frame = first; frame <= last; frame++) {
            for (int band = 0; band < levels.length; band++) {
                levels[band] += spectrogram.bands(frame)[band] / (last - first + 1);
            }
        }
        double most = 0;
        for (double level : levels) {
            most = Math.max(most, level);
        }
        double mean = 0;
        for (int band = 0; band < levels.length; band++) {
            levels[band] = 10 * Math.log10(levels[band] + LEAST_FLOOR + DEPTH * most);
            mean += levels[band] / levels.length;
        }
        for (int band = 0; band < levels.length; band++) {
            levels[band] -= mean;
        }
        return levels;
    }
}
