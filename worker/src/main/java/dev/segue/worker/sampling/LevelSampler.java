package dev.segue.worker.sampling;

import dev.segue.contracts.window.CodeRange;
import dev.segue.contracts.window.Level;
import dev.segue.contracts.window.Window;
import dev.segue.worker.jukebox.labels.Labeller;
import dev.segue.worker.jukebox.labels.Labels;

/**
 * Everything that samples one level.
 *
 * @param level where its codes lie in time
 * @param engine its prior
 * @param labeller makes its label rows; null for an unlabelled prior
 * @param sampling how its codes are drawn
 */
public record LevelSampler(Level level, SlotEngine engine, Labeller labeller, Sampling sampling) {

    /** The job of one window of a song, all of whose known codes and codes above exist. */
    WindowJob job(Window window, Labels labels, SongCodes codes, long seed) {
        CodeRange condition = window.condition();
        return new WindowJob(
                window,
                labeller == null
                        ? null
                        : labeller.window(labels, window.start()).y(),
                codes.range(level.number(), window.context()),
                condition == null ? null : codes.range(level.number() + 1, condition),
                sampling,
                seed);
    }
}
