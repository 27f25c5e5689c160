package dev.segue.worker.figures;

import java.util.Locale;

/** A part of what can be measured of a model. */
public enum Part {
    /** How far reconstructed songs are from what they were. */
    RECONSTRUCTION,
    /** How many bits priors take for songs. */
    LIKELIHOOD,
    /** Whether songs that are made have the genre and the artist that they were asked for. */
    CONTROL,
    /** Whether the alignment tells when lyrics are sung, and whether vowels can be heard. */
    LYRICS,
    /** Whether songs that are made are as varied, loud and unbroken as those of the corpus. */
    COLLAPSE,
    /** Which head aligns best: measured when it is asked for by name alone. */
    ALIGNMENT_HEADS;

    /** As a command line writes it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether songs must be made for it. */
    boolean needsSongs() {
        return this == CONTROL || this == LYRICS || this == COLLAPSE;
    }

    /** Whether songs of the folder must be decoded for it. */
    boolean needsSound() {
        return this == RECONSTRUCTION || this == CONTROL || this == LYRICS;
    }

    /** Whether codes of the train split are compared with. */
    boolean needsTrainSplit() {
        return this == LIKELIHOOD || this == COLLAPSE;
    }

    /** Whether it asks the judge that knows no model. */
    boolean needsJudge() {
        return this == CONTROL || this == LYRICS;
    }
}
