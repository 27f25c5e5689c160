package dev.segue.standalone.evaluate;

import dev.segue.worker.evaluation.Accuracy;
import dev.segue.worker.evaluation.Confusion;
import dev.segue.worker.figures.Collapse;
import dev.segue.worker.figures.Control;
import dev.segue.worker.figures.Figures;
import dev.segue.worker.figures.Goal;
import dev.segue.worker.figures.HeadSearch;
import dev.segue.worker.figures.LevelLikelihood;
import dev.segue.worker.figures.LyricAlignment;
import dev.segue.worker.figures.Reconstruction;
import dev.segue.worker.figures.Vowels;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An evaluation as tables for people: each part's figures, then every goal. Longer because each part has its own table. */
final class OutcomeTable {
    private final PrintWriter out;

    OutcomeTable(PrintWriter out) {
        this.out = out;
    }

    private void line(String format, Object... values) {
        out.printf(Locale.ROOT, format + "%n", values);
    }

    void print(Outcome outcome) {
        Figures figures = outcome.figures();
        line(
                "%s, digest %.12s, on %d songs of the %s split of %s, seed %d",
                outcome.card().name(),
                outcome.card().digest(),
                figures.songs(),
                outcome.plan().split().label(),
                outcome.manifest().folder(),
                outcome.seed());
        if (!figures.unknownNames().isEmpty()) {
            line("unknown to the model: %s", String.join(", ", figures.unknownNames()));
        }
        if (figures.reconstruction() != null) {
            reconstruction(figures.reconstruction());
        }
        if (figures.likelihood() != null) {
            likelihood(figures.likelihood());
        }
        if (figures.control() != null) {
            control(figures.control());
        }
        if (figures.alignment() != null) {
            alignment(figures.alignment());
        }
        if (figures.vowels() != null) {
            vowels(figures.vowels());
        }
        if (figures.heads() != null) {
            heads(figures.heads());
        }
        if (figures.collapse() != null) {
            collapse(figures.collapse());
        }
        goals(outcome.goals());
        out.flush();
    }

    private void reconstruction(List<Reconstruction.Level> levels) {
        line(
                "%nReconstruction: spectral convergence in dB, less is better%n%-8s %8s %8s %6s",
                "level", "mean", "median", "songs");
        levels.forEach(one -> line("%-8d %8.2f %8.2f %6d", one.level(), one.mean(), one.median(), one.songs()));
    }

    private void likelihood(List<LevelLikelihood> levels) {
        line(
                "%nLikelihood: bits per code; unigram of the train split, of these songs by the train split's frequencies");
        line("%-8s %8s %8s %8s %8s %6s", "level", "unigram", "songs'", "prior", "saved", "songs");
        for (LevelLikelihood one : levels) {
            line(
                    "%-8d %8.3f %8.3f %8.3f %7.1f%% %6d",
                    one.level(),
                    one.unigramEntropy(),
                    one.unigramCrossEntropy(),
                    one.bits(),
                    100 * one.saved(),
                    one.songs());
        }
        line("%-8s %-24s %8s %8s %22s", "level", "told wrongly", "right", "wrong", "right is likelier on");
        for (LevelLikelihood one : levels) {
            one.wrong()
                    .forEach(wrong -> line(
                            "%-8d %-24s %8.4f %8.4f %15.1f%% of %d",
                            one.level(),
                            wrong.kind().label(),
                            wrong.rightBits(),
                            wrong.bits(),
                            100 * wrong.rightMoreLikely(),
                            wrong.songs()));
        }
    }

    private void control(List<Control.Stage> stages) {
        line(
                "%nControl: named rightly by a judge that knows no model%n%-24s %8s %8s %6s",
                "sound", "genre", "artist", "songs");
        for (Control.Stage stage : stages) {
            line(
                    "%-24s %7.1f%% %7.1f%% %6d",
                    stage.label(),
                    100 * stage.genre().accuracy().right(),
                    100 * stage.artist().accuracy().right(),
                    stage.genre().accuracy().examples());
        }
        stages.stream()
                .filter(stage -> stage.source() == Control.Source.GENERATED && stage.level() == 0)
                .forEach(stage -> {
                    confusion("genre of generated songs, level 0", stage.genre());
                    confusion("artist of generated songs, level 0", stage.artist());
                });
    }

    private void confusion(String what, Confusion confusion) {
        StringBuilder heading = new StringBuilder(String.format(Locale.ROOT, "%-34s", what + ", taken for"));
        confusion.counts().keySet().forEach(label -> heading.append(String.format(Locale.ROOT, " %10.10s", label)));
        line("%s %8s", heading, "right");
        for (Map.Entry<String, Map<String, Integer>> row : confusion.counts().entrySet()) {
            StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-34s", row.getKey()));
            row.getValue().values().forEach(count -> text.append(String.format(Locale.ROOT, " %10d", count)));
            line("%s %7.1f%%", text, 100 * confusion.right(row.getKey()));
        }
    }

    private void alignment(LyricAlignment.Result result) {
        line(
                "%nAlignment: %d characters of %d songs, %.1f%% found; error median %.3f s, nine of ten below %.3f s;"
                        + " a straight line gives %.3f s",
                result.characters(),
                result.songs(),
                100 * result.found(),
                result.medianSeconds(),
                result.ninthDecileSeconds(),
                result.straightLineSeconds());
    }

    private void vowels(Vowels.Result result) {
        line("%nVowels named rightly%n%-24s %8s %8s %8s %8s", "sound", "right", "chance", "even", "vowels");
        vowels("original", result.original(), result.evenChance());
        vowels("reconstructed, level 0", result.reconstructed(), result.evenChance());
        vowels("generated, level 0", result.generated(), result.evenChance());
    }

    private void vowels(String what, Confusion vowels, double even) {
        Accuracy all = vowels.accuracy();
        line(
                "%-24s %7.1f%% %7.1f%% %7.1f%% %8d",
                what, 100 * all.right(), 100 * all.chance(), 100 * even, all.examples());
    }

    private void heads(List<HeadSearch.Head> heads) {
        line(
                "%nAlignment by head, on songs of the validation split%n%-8s %6s %12s %8s",
                "layer", "head", "median s", "found");
        heads.forEach(one -> line(
                "%-8d %6d %12.3f %7.1f%%%s",
                one.layer(),
                one.head(),
                one.result().medianSeconds(),
                100 * one.result().found(),
                one.named() ? " (the card's)" : ""));
    }

    private void collapse(Collapse collapse) {
        line(
                "%nCollapse: entropy of codes in bits, corpus and generated%n%-8s %8s %10s %8s",
                "level", "corpus", "generated", "change");
        collapse.levels()
                .forEach(one -> line(
                        "%-8d %8.3f %10.3f %7.1f%%",
                        one.level(), one.corpusEntropy(), one.generatedEntropy(), 100 * one.change()));
        line(
                "longest silence (frames of 50 ms below %.0f dB): %.2f s, corpus %.2f s; loudness: %.1f dB, corpus %.1f dB",
                collapse.silentBelow(),
                collapse.generatedSilence(),
                collapse.corpusSilence(),
                collapse.generatedLoudness(),
                collapse.corpusLoudness());
    }

    private void goals(List<Goal> goals) {
        line("%nGoals");
        for (Goal goal : goals) {
            String value = goal.value() == null
                    ? "absent: " + goal.absent()
                    : String.format(Locale.ROOT, "%.2f %s", goal.value(), goal.unit());
            line(
                    "%-7s %-74s %-14s (%s)",
                    goal.met() ? "met" : goal.value() == null ? "absent" : "MISSED", goal.figure(), value, goal.goal());
        }
    }
}
