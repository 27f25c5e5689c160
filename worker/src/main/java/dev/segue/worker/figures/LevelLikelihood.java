package dev.segue.worker.figures;

import dev.segue.worker.figures.WrongLabels.Kind;
import dev.segue.worker.jukebox.labels.SongDescription;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What one level's prior takes for the songs of a split, told what they are and told what they are not. Songs are compared
 * as wholes.
 *
 * @param level of the prior
 * @param songs how many
 * @param codes of them that were looked at
 * @param unigramEntropy bits per code of the train split, each code by itself
 * @param unigramCrossEntropy bits per code of these songs under the train split's frequencies
 * @param bits per code that the prior takes
 * @param saved share of the unigram entropy that it does not take
 * @param wrong per kind of wrong label what it takes; none that the prior does not hear
 */
public record LevelLikelihood(
        int level,
        int songs,
        long codes,
        double unigramEntropy,
        double unigramCrossEntropy,
        double bits,
        double saved,
        List<Wrong> wrong) {

    /** Copies what it is given. */
    public LevelLikelihood {
        wrong = List.copyOf(wrong);
    }

    /**
     * A kind of wrong label.
     *
     * @param songs that have something else to be said
     * @param bits per code that the prior takes when it is told so
     * @param rightBits per code of the same songs with what is right
     * @param rightMoreLikely the share of those songs whose codes take fewer bits with what is right
     */
    public record Wrong(Kind kind, int songs, double bits, double rightBits, double rightMoreLikely) {}

    /** What was measured of a kind, or null if nothing was. */
    public Wrong wrong(Kind kind) {
        return wrong.stream().filter(one -> one.kind() == kind).findFirst().orElse(null);
    }

    /** Sums of one kind. */
    private static final class Sum {
        int songs;
        int right;
        double bits;
        double rightBits;
        long codes;

        void add(Likelihood.Bits wrong, Likelihood.Bits right) {
            songs++;
            this.right += right.bits() < wrong.bits() ? 1 : 0;
            bits += wrong.bits();
            rightBits += right.bits();
            codes += right.codes();
        }

        Wrong result(Kind kind) {
            return new Wrong(kind, songs, bits / codes, rightBits / codes, right / (double) songs);
        }
    }

    /**
     * Measures.
     *
     * @param songs of the split; those that the prior cannot take are left out
     * @param kinds of wrong labels that the prior would hear
     * @param train of the train split
     * @param split of these songs
     */
    static LevelLikelihood of(
            int level,
            Likelihood likelihood,
            List<EncodedSong> songs,
            Subject subject,
            List<Kind> kinds,
            SoundMeasures train,
            SoundMeasures split,
            Progress progress) {
        WrongLabels labels = new WrongLabels(subject.card(), songs, subject.seed());
        Sum right = new Sum();
        Map<Kind, Sum> wrong = new EnumMap<>(Kind.class);
        for (int i = 0; i < songs.size(); i++) {
            EncodedSong song = songs.get(i);
            if (likelihood.takes(song)) {
                Map<Kind, SongDescription> others = labels.of(i);
                others.keySet().retainAll(kinds);
                List<SongDescription> told = new ArrayList<>(List.of(song.description(subject.card())));
                told.addAll(others.values());
                List<Likelihood.Bits> bits = likelihood.of(song, told);
                right.add(bits.get(0), bits.get(0));
                int next = 1;
                for (Kind kind : others.keySet()) {
                    wrong.computeIfAbsent(kind, unused -> new Sum()).add(bits.get(next++), bits.get(0));
                }
            }
            progress.advance(1);
        }
        if (right.songs == 0) {
            throw new IllegalArgumentException(
                    "no song has the " + subject.level(level).context() + " codes that one window of level " + level
                            + " takes; give longer songs");
        }
        List<Wrong> results = new ArrayList<>();
        wrong.forEach((kind, sum) -> results.add(sum.result(kind)));
        double entropy = train.frequencies(level).entropy();
        double bits = right.bits / right.codes;
        return new LevelLikelihood(
                level,
                right.songs,
                right.codes,
                entropy,
                train.frequencies(level).crossEntropy(split.frequencies(level)),
                bits,
                entropy == 0 ? 0 : 1 - bits / entropy,
                results);
    }
}
