package dev.segue.worker.generation;

import dev.segue.contracts.record.CodeBytes;
import dev.segue.contracts.record.LevelSampling;
import dev.segue.contracts.record.SampleWindow;
import dev.segue.contracts.record.SongWords;
import dev.segue.contracts.record.WindowTask;
import dev.segue.contracts.window.CodeRange;
import dev.segue.contracts.window.Level;
import dev.segue.contracts.window.Window;
import dev.segue.contracts.window.WindowSchedule;
import dev.segue.worker.jukebox.labels.Labeller;
import dev.segue.worker.jukebox.labels.SongDescription;
import dev.segue.worker.sampling.Sampling;
import dev.segue.worker.sampling.WindowJob;
import java.util.Optional;

/** Makes of a task what the sampler takes. Pure functions; what contradicts the model is refused. */
final class WindowJobs {
    private WindowJobs() {}

    /**
     * The job of a task.
     *
     * @param level of the task's model
     * @param labeller of that level; empty for an unlabelled prior
     * @throws IllegalArgumentException if the task contradicts the model
     */
    static WindowJob of(WindowTask task, Level level, Optional<Labeller> labeller) {
        SampleWindow sample = task.getSample();
        if (sample == null) {
            throw new IllegalArgumentException("sample is null but a SAMPLE task must say what to sample");
        }
        int[] known = CodeBytes.read(sample.getContext());
        Window window = window(sample, known.length, level);
        int[] above = sample.getCondition() == null ? null : CodeBytes.read(sample.getCondition());
        long[] y = labeller.map(one -> one.window(one.label(description(task.getWords())), window.start())
                        .y())
                .orElse(null);
        return new WindowJob(window, y, known, above, sampling(sample.getSampling()), sample.getSeed());
    }

    /** What a song is to be, in the labeller's words. */
    static SongDescription description(SongWords words) {
        return new SongDescription(
                words.getArtist(),
                words.getGenre(),
                words.getLyrics(),
                words.getTotalSamples(),
                words.getOffsetSamples());
    }

    private static Window window(SampleWindow sample, int known, Level level) {
        int start = sample.getStart();
        int room = level.context() - known;
        if (start < 0) {
            throw new IllegalArgumentException("start is " + start + " but must be at least 0");
        }
        if (room < 1) {
            throw new IllegalArgumentException("context has " + known + " codes but a window of level " + level.number()
                    + " has " + level.context() + ", at least one of which must be new");
        }
        if (sample.getNewCodes() < 1 || sample.getNewCodes() > room) {
            throw new IllegalArgumentException("newCodes is " + sample.getNewCodes() + " but must be from 1 to " + room
                    + ", what a window of level " + level.number() + " has room for behind its context");
        }
        if ((sample.getCondition() != null) != level.conditioned()) {
            throw new IllegalArgumentException("condition is " + (level.conditioned() ? "missing" : "given")
                    + " but level " + level.number() + " is conditioned on "
                    + (level.conditioned() ? "the level above" : "nothing"));
        }
        CodeRange context = new CodeRange(start, start + known);
        return new Window(
                level.number(),
                new CodeRange(start, Math.addExact(start, level.context())),
                context,
                new CodeRange(context.end(), context.end() + sample.getNewCodes()),
                level.conditioned() ? WindowSchedule.condition(start, level.context(), level.conditionFactor()) : null);
    }

    private static Sampling sampling(LevelSampling sampling) {
        return new Sampling(sampling.getTemperature(), sampling.getTopK(), sampling.getTopP());
    }
}
