package dev.segue.worker.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * What is measured of a whole sound, as one vector: tempo, spectral centroid and roll-off, loudness and its movement,
 * energies of 24 bands and how they vary, trembling, chroma. Levels are in decibels; none depends on the loudness of the
 * whole. The sound should last at least 5 seconds, and whatever is compared should be of about the same length.
 * Immutable.
 */
public final class SongFeatures {
    private static final double ROLL_OFF = 0.85;
    /** Of power, where that of the whole sound is 1 per sample. */
    private static final double FLOOR = 1e-4;

    private static final double LOWEST_NOTE = 60;
    private static final double HIGHEST_NOTE = 2000;
    private static final List<String> NAMES = makeNames();

    private static List<String> makeNames() {
        List<String> names = new ArrayList<>(List.of("tempo"));
        for (int i = 0; i < Rhythm.TEMPOS; i++) {
            names.add("pulse " + Math.round(Rhythm.tempo(i)));
        }
        names.addAll(List.of("centroid", "centroid varies", "roll-off", "loudness varies", "quiet", "onsets"));
        for (int band = 0; band < BandSpectrogram.BANDS; band++) {
            names.add("band " + band);
        }
        for (int band = 0; band < BandSpectrogram.BANDS; band++) {
            names.add("band " + band + " varies");
        }
        names.addAll(List.of("trembles low", "trembles in the middle", "trembles high"));
        for (int tone = 0; tone < 12; tone++) {
            names.add("chroma " + tone);
        }
        return List.copyOf(names);
    }

    private final double[] values;

    private SongFeatures(double[] values) {
        this.values = values;
    }

    /** In the order of {@link #names()}. */
    public double[] values() {
        return values.clone();
    }

    /** What each value is. */
    public static List<String> names() {
        return NAMES;
    }

    /** Value of a name. */
    public double value(String name) {
        return values[NAMES.indexOf(name)];
    }

    /**
     * Measures a sound.
     *
     * @param sound mono
     * @param sampleRate in Hz
     */
    public static SongFeatures of(float[] sound, int sampleRate) {
        BandSpectrogram spectrogram = new BandSpectrogram(sound, sampleRate);
        List<Double> values = new ArrayList<>();
        Rhythm rhythm = new Rhythm(spectrogram);
        values.add(rhythm.tempo());
        add(values, rhythm.strengths());
        add(values, spectrum(spectrogram));
        add(values, bands(spectrogram));
        add(values, trembling(spectrogram));
        add(values, chroma(spectrogram));
        return new SongFeatures(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static void add(List<Double> values, double[] more) {
        for (double value : more) {
            values.add(value);
        }
    }

    private static double[] spectrum(BandSpectrogram spectrogram) {
        int frames = spectrogram.frames();
        double[] centroids = new double[frames];
        double[] rollOffs = new double[frames];
        double[] levels = new double[frames];
        double loudest = FLOOR;
        for (int frame = 0; frame < frames; frame++) {
            double sum = FLOOR;
            double weighted = 0;
            double[] power = spectrogram.power(frame);
            for (int bin = 0; bin < power.length; bin++) {
                sum += power[bin];
                weighted += power[bin] * spectrogram.frequency(bin);
            }
            centroids[frame] = Math.log(1 + weighted / sum);
            rollOffs[frame] = Math.log(1 + rollOff(spectrogram, power, sum));
            levels[frame] = 10 * Math.log10(sum);
            loudest = Math.max(loudest, sum);
        }
        double quiet = 0;
        double rises = 0;
        double most = 10 * Math.log10(loudest);
        for (int frame = 0; frame < frames; frame++) {
            levels[frame] = Math.max(levels[frame], most - 35);
            quiet += levels[frame] < most - 20 ? 1.0 / frames : 0;
            rises += frame > 2 && levels[frame] - levels[frame - 2] > 6 ? 1.0 / frames : 0;
        }
        return new double[] {mean(centroids), deviation(centroids), mean(rollOffs), deviation(levels), quiet, rises};
    }

    private static double rollOff(BandSpectrogram spectrogram, double[] power, double sum) {
        double below = 0;
        for (int bin = 0; bin < power.length; bin++) {
            below += power[bin];
            if (below >= ROLL_OFF * sum) {
                return spectrogram.frequency(bin);
            }
        }
        return 0;
    }

    /** Mean of each band's level against that of all, then deviations. */
    private static double[] bands(BandSpectrogram spectrogram) {
        int bands = BandSpectrogram.BANDS;
        double[] result = new double[2 * bands];
        double[][] levels = levels(spectrogram);
        double all = 0;
        for (int band = 0; band < bands; band++) {
            result[band] = mean(levels[band]);
            result[bands + band] = deviation(levels[band]);
            all += result[band] / bands;
        }
        for (int band = 0; band < bands; band++) {
            result[band] -= all;
        }
        return result;
    }

    /** Decibels: [band][frame]. */
    private static double[][] levels(BandSpectrogram spectrogram) {
        double[][] levels = new double[BandSpectrogram.BANDS][spectrogram.frames()];
        for (int frame = 0; frame < spectrogram.frames(); frame++) {
            for (int band = 0; band < levels.length; band++) {
                levels[band][frame] = spectrogram.level(frame, band);
            }
        }
        return levels;
    }

    /** How much of the movement of three ranges is at 4 to 9 Hz, where voices tremble. */
    private static double[] trembling(BandSpectrogram spectrogram) {
        double[][] levels = levels(spectrogram);
        double[] result = new double[3];
        int shortest = Math.max(1, (int) Math.round(spectrogram.framesPerSecond() / 18));
        int longest = Math.max(2, (int) Math.round(spectrogram.framesPerSecond() / 8));
        int each = BandSpectrogram.BANDS / 3;
        for (int band = 0; band < BandSpectrogram.BANDS; band++) {
            double slow = 1e-9;
            double fast = 0;
            double[] level = levels[band];
            for (int frame = longest; frame + longest < level.length; frame++) {
                double bend = level[frame] - (level[frame - longest] + level[frame + longest]) / 2;
                double twitch = level[frame] - (level[frame - shortest] + level[frame + shortest]) / 2;
                slow += bend * bend;
                fast += twitch * twitch;
            }
            result[band / each] += fast / slow / each;
        }
        return result;
    }

    private static double[] chroma(BandSpectrogram spectrogram) {
        double[] chroma = new double[12];
        for (int frame = 0; frame < spectrogram.frames(); frame++) {
            double[] power = spectrogram.power(frame);
            for (int bin = 1; bin < power.length; bin++) {
                double frequency = spectrogram.frequency(bin);
                if (frequency > LOWEST_NOTE && frequency < HIGHEST_NOTE) {
                    double pitch = 69 + 12 * Math.log(frequency / 440) / Math.log(2);
                    chroma[Math.floorMod(Math.round(pitch), 12)] += Math.sqrt(power[bin]);
                }
            }
        }
        double sum = FLOOR;
        for (double tone : chroma) {
            sum += tone;
        }
        for (int tone = 0; tone < chroma.length; tone++) {
            chroma[tone] /= sum;
        }
        return chroma;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return Math.sqrt(sum / values.length);
    }
}
