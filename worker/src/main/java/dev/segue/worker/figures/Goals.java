package dev.segue.worker.figures;

import dev.segue.worker.evaluation.Accuracy;
import dev.segue.worker.figures.WrongLabels.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a model should reach, held against what was measured of it. Longer than other classes because each goal stands beside
 * its sentence.
 */
public final class Goals {
    private static final double RECONSTRUCTION = -15;
    private static final double SAVED = 0.25;
    private static final double GENRE_LIKELIER = 0.95;
    private static final double ARTIST_LIKELIER = 0.9;
    private static final double LYRICS_LIKELIER = 0.8;
    private static final double GENRE_NAMED = 0.85;
    private static final double ARTIST_NAMED = 0.75;
    private static final double ALIGNED_SECONDS = 0.5;
    private static final double VOWELS = 2;
    private static final double ENTROPY_CHANGE = 0.15;
    private static final double LOUDNESS_CHANGE = 3;

    private final Figures figures;
    private final List<Goal> goals = new ArrayList<>();

    private Goals(Figures figures) {
        this.figures = figures;
    }

    /** The goals of the parts that were asked for. */
    public static List<Goal> of(Figures figures, Set<Part> parts) {
        Goals goals = new Goals(figures);
        if (parts.contains(Part.RECONSTRUCTION)) {
            goals.reconstruction();
        }
        if (parts.contains(Part.LIKELIHOOD)) {
            goals.likelihood();
        }
        if (parts.contains(Part.CONTROL)) {
            goals.control();
        }
        if (parts.contains(Part.LYRICS)) {
            goals.lyrics();
        }
        if (parts.contains(Part.COLLAPSE)) {
            goals.collapse();
        }
        return List.copyOf(goals.goals);
    }

    private void reconstruction() {
        List<Reconstruction.Level> levels = figures.reconstruction();
        Double bottom = levels == null ? null : levels.get(0).mean();
        atMost(Part.RECONSTRUCTION, "spectral convergence of level 0, mean", RECONSTRUCTION, bottom, "dB");
        Double least = null;
        for (int level = 1; levels != null && level < levels.size(); level++) {
            double falls = levels.get(level).mean() - levels.get(level - 1).mean();
            least = least == null ? falls : Math.min(least, falls);
        }
        add(
                Part.RECONSTRUCTION,
                "falls from each level to the next finer one by",
                "above 0 dB",
                least,
                "dB",
                least != null && least > 0);
    }

    private void likelihood() {
        LevelLikelihood top = figures.likelihood() == null
                ? null
                : figures.likelihood().get(figures.likelihood().size() - 1);
        atLeast(
                Part.LIKELIHOOD,
                "bits per top-level code below the unigram entropy by",
                SAVED,
                top == null ? null : top.saved());
        likelier(top, "right genre likelier than another", Kind.GENRE, GENRE_LIKELIER);
        likelier(top, "right artist likelier than another", Kind.ARTIST, ARTIST_LIKELIER);
        likelier(top, "right lyrics likelier than another song's", Kind.LYRICS_OF_ANOTHER_SONG, LYRICS_LIKELIER);
    }

    private void likelier(LevelLikelihood top, String figure, Kind kind, double goal) {
        LevelLikelihood.Wrong wrong = top == null ? null : top.wrong(kind);
        atLeast(Part.LIKELIHOOD, figure, goal, wrong == null ? null : wrong.rightMoreLikely());
    }

    private void control() {
        Control.Stage made = figures.control() == null
                ? null
                : figures.control().stream()
                        .filter(stage -> stage.source() == Control.Source.GENERATED && stage.level() == 0)
                        .findFirst()
                        .orElse(null);
        atLeast(
                Part.CONTROL,
                "genre of generated songs named as asked for",
                GENRE_NAMED,
                made == null ? null : made.genre().accuracy().right());
        atLeast(
                Part.CONTROL,
                "artist of generated songs named as asked for",
                ARTIST_NAMED,
                made == null ? null : made.artist().accuracy().right());
    }

    private void lyrics() {
        Accuracy heard =
                figures.vowels() == null ? null : figures.vowels().generated().accuracy();
        Double times = heard == null || heard.examples() == 0 ? null : heard.right() / heard.chance();
        add(
                Part.LYRICS,
                "vowels of generated songs named, times the rate of the most frequent one",
                "at least " + VOWELS + " times",
                times,
                "times",
                times != null && times >= VOWELS);
        Double median = figures.alignment() == null ? null : figures.alignment().medianSeconds();
        add(
                Part.LYRICS,
                "alignment's median error on songs of the split",
                "below " + ALIGNED_SECONDS + " s",
                median,
                "s",
                median != null && median < ALIGNED_SECONDS);
    }

    private void collapse() {
        Collapse collapse = figures.collapse();
        Double change = collapse == null ? null : 100 * collapse.largestEntropyChange();
        atMost(Part.COLLAPSE, "largest change of any level's code entropy", 100 * ENTROPY_CHANGE, change, "%");
        Double silence = collapse == null ? null : collapse.generatedSilence();
        add(
                Part.COLLAPSE,
                "longest silence",
                collapse == null
                        ? "at most the corpus's"
                        : String.format(Locale.ROOT, "at most the corpus's, %.2f s", collapse.corpusSilence()),
                silence,
                "s",
                silence != null && silence <= collapse.corpusSilence());
        Double loudness = collapse == null ? null : Math.abs(collapse.generatedLoudness() - collapse.corpusLoudness());
        atMost(Part.COLLAPSE, "loudness away from the corpus's", LOUDNESS_CHANGE, loudness, "dB");
    }

    private void atLeast(Part part, String figure, double share, Double value) {
        Double percent = value == null ? null : 100 * value;
        add(
                part,
                figure,
                String.format(Locale.ROOT, "at least %.0f %%", 100 * share),
                percent,
                "%",
                percent != null && value >= share);
    }

    private void atMost(Part part, String figure, double most, Double value, String unit) {
        add(
                part,
                figure,
                String.format(Locale.ROOT, "at most %.0f %s", most, unit),
                value,
                unit,
                value != null && value <= most);
    }

    private void add(Part part, String figure, String goal, Double value, String unit, boolean met) {
        String why = figures.absent().getOrDefault(part, "there is nothing to measure it on");
        goals.add(new Goal(part, figure, goal, value, unit, met, value == null ? why : null));
    }
}
