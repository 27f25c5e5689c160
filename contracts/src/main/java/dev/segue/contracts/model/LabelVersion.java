package dev.segue.contracts.model;

/** The two sets of rules that turn names and lyrics into ids (specification §8.2, §8.3). */
public enum LabelVersion {
    /** Names reduced to ASCII words, a genre is a bag of words, 80 lyric symbols. */
    V2,
    /** Names lower-cased only, one genre, 79 lyric symbols (no plus sign). */
    V3
}
