package dev.segue.worker.corpus;

import java.util.Arrays;
import java.util.List;

/**
 * Sings: harmonics of the melody's pitch, each as loud as the formants of the letter let it be, and noise for the letters
 * that hiss. Adding harmonics instead of filtering a pulse keeps everything below the highest frequency that there is
 * and makes a vowel's spectrum the same every time. Used by one thread.
 */
final class FormantVoice {
    private static final double FRAME_SECONDS = 0.004;
    private static final double HIGHEST_FREQUENCY = 5200;
    private static final int MOST_HARMONICS = 64;
    private static final double FORMANT_SECONDS = 0.014;
    private static final double LOUDNESS_SECONDS = 0.007;
    private static final double GRACE_SECONDS = 0.09;
    private static final double VIBRATO_BEGINS = 0.12;
    private static final double VIBRATO_GROWS = 0.15;
    private static final long NOISE_SEED = 0x5E60EL;

    private final Voice voice;
    private final int sampleRate;
    private final int frame;
    private final Hiss hiss;
    private final double[] loudness = new double[MOST_HARMONICS];
    private final double[] nextLoudness = new double[MOST_HARMONICS];
    private final double formantPull;
    private final double loudnessPull;
    private double first = 500;
    private double second = 1500;
    private double third = 2500;
    private double voicing;
    private double noise;

    FormantVoice(Voice voice, int sampleRate) {
        this.voice = voice;
        this.sampleRate = sampleRate;
        this.frame = (int) Math.round(FRAME_SECONDS * sampleRate);
        this.hiss = new Hiss(sampleRate, NOISE_SEED);
        this.formantPull = 1 - StrictMath.exp(-FRAME_SECONDS / FORMANT_SECONDS);
        this.loudnessPull = 1 - StrictMath.exp(-FRAME_SECONDS / LOUDNESS_SECONDS);
    }

    /** Adds the syllables, which must be in order and not overlap, to a song's samples. */
    void sing(List<Sung> syllables, float[] song, double gain) {
        double before = 0;
        int phase = 0;
        for (int i = 0; i < syllables.size(); i++) {
            Sung sung = syllables.get(i);
            boolean connected = i > 0 && sung.start() - syllables.get(i - 1).end() < 0.15;
            double from = connected ? before : sung.pitch();
            phase = sing(sung, from, phase, song, gain);
            before = sung.pitch();
        }
    }

    private int sing(Sung sung, double from, int startPhase, float[] song, double gain) {
        int begin = (int) Math.round(sung.start() * sampleRate);
        int end = Math.min(song.length, (int) Math.round((sung.end() + voice.release()) * sampleRate));
        int phase = startPhase;
        double noiseNow = 0;
        Arrays.fill(loudness, 0);
        for (int at = begin; at < end; at += frame) {
            double time = at / (double) sampleRate - sung.start();
            Sung.Letter letter = letter(sung, sung.start() + time);
            double place = (sung.start() + time - letter.start()) / (letter.end() - letter.start());
            move(letter.phoneme(), place);
            double frequency = frequency(sung, from, time);
            double shape = shape(sung, time) * gain;
            harmonics(frequency, voicing * shape);
            hiss.tune(letter.phoneme().noiseCentre(), letter.phoneme().noiseWidth());
            double noiseNext = noise * shape;
            int length = Math.min(frame, end - at);
            int step = Sines.step(voice.octave() > 0 ? frequency / 2 : frequency, sampleRate);
            for (int i = 0; i < length; i++) {
                double part = i / (double) frame;
                double sum = (noiseNow + (noiseNext - noiseNow) * part) * hiss.next();
                for (int k = 0; k < MOST_HARMONICS; k++) {
                    double loud = loudness[k] + (nextLoudness[k] - loudness[k]) * part;
                    if (loud > 1e-7) {
                        sum += loud * Sines.sine(phase * (k + 1));
                    }
                }
                song[at + i] += (float) sum;
                phase += step;
            }
            noiseNow = noiseNext;
            System.arraycopy(nextLoudness, 0, loudness, 0, MOST_HARMONICS);
        }
        return phase;
    }

    private static Sung.Letter letter(Sung sung, double time) {
        for (Sung.Letter letter : sung.letters()) {
            if (time < letter.end()) {
                return letter;
            }
        }
        return sung.letters().get(sung.letters().size() - 1);
    }

    /** Lets mouth and throat follow the letter, which they do not do at once. */
    private void move(Phoneme phoneme, double place) {
        first += (phoneme.first() * voice.size() - first) * formantPull;
        second += (phoneme.second() * voice.size() - second) * formantPull;
        third += (phoneme.third() * voice.size() - third) * formantPull;
        voicing += (phoneme.voicingAt(place) - voicing) * loudnessPull;
        noise += (phoneme.noiseAt(place) - noise) * loudnessPull;
    }

    private double frequency(Sung sung, double from, double time) {
        double pitch = sung.pitch();
        if (voice.glide() > 0 && time < voice.glide()) {
            double part = time / voice.glide();
            pitch = from + (pitch - from) * part * part * (3 - 2 * part);
        }
        if (voice.grace() != 0 && time < GRACE_SECONDS && sung.seconds() > 4 * GRACE_SECONDS) {
            pitch += voice.grace();
        }
        double trembling = Math.max(0, Math.min(1, (time - VIBRATO_BEGINS) / VIBRATO_GROWS));
        pitch += voice.vibrato()
                * trembling
                * StrictMath.sin(2 * StrictMath.PI * voice.vibratoRate() * (time - VIBRATO_BEGINS));
        return 440 * StrictMath.pow(2, (pitch - 69) / 12);
    }

    /** Loudness of a syllable over its time: attack, swell, release. */
    private double shape(Sung sung, double time) {
        double rising = Math.max(0, Math.min(1, time / voice.attack()));
        double falling = Math.max(0, Math.min(1, (sung.seconds() + voice.release() - time) / voice.release()));
        double place = Math.max(0, Math.min(1, time / sung.seconds()));
        double swelling = 1 + voice.swell() * (place - 0.5);
        return rising * falling * swelling;
    }

    /** Loudness of each harmonic. */
    private void harmonics(double frequency, double level) {
        double lowest = voice.octave() > 0 ? frequency / 2 : frequency;
        double highest = Math.min(HIGHEST_FREQUENCY, 0.45 * sampleRate);
        double sum = 0;
        for (int k = 0; k < MOST_HARMONICS; k++) {
            double at = lowest * (k + 1);
            double loud = 0;
            if (at < highest) {
                // At half the pitch, odd harmonics belong to the lower octave alone.
                double share = voice.octave() > 0 && k % 2 == 0 ? voice.octave() : 1;
                loud = share * formants(at) / StrictMath.pow(1 + at / 300, voice.tilt());
            }
            nextLoudness[k] = loud;
            sum += loud * loud;
        }
        // Vowels would differ in loudness by more than 10 dB otherwise, which tells nothing and costs headroom.
        double scale = level / StrictMath.sqrt(sum + 1e-9);
        for (int k = 0; k < MOST_HARMONICS; k++) {
            nextLoudness[k] *= scale;
        }
    }

    private double formants(double frequency) {
        return resonance(frequency, first, 90)
                + 0.8 * resonance(frequency, second, 120)
                + 0.45 * resonance(frequency, third, 180)
                + 0.25 * resonance(frequency, 3600 * voice.size(), 260)
                + voice.nasal() * resonance(frequency, 1000 * voice.size(), 80);
    }

    private double resonance(double frequency, double centre, double width) {
        double distance = (frequency - centre) / (width * voice.bandwidth());
        return 1 / (1 + distance * distance);
    }
}
