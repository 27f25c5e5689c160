package dev.segue.worker.figures;

import dev.segue.worker.jukebox.labels.SongDescription;
import dev.segue.worker.sampling.SongCodes;

/**
 * A song that the model made.
 *
 * @param description what it was told that it is to be
 * @param seed that its codes were drawn with
 * @param codes of every level
 */
public record GeneratedSong(SongDescription description, long seed, SongCodes codes) {}
