package dev.segue.worker.figures;

import java.util.List;
import java.util.Map;

/**
 * Everything that was measured; null where nothing was.
 *
 * @param reconstruction per level
 * @param likelihood per level
 * @param control per kind of sounds
 * @param alignment of songs of the folder
 * @param vowels in songs of the folder and in songs that were made
 * @param heads the best first
 * @param collapse of songs that were made
 * @param unknownNames genres and artists of the songs that a level of the model does not know
 * @param songs of the split
 * @param generatedSongs how many were made
 * @param absent why a part of what was asked for is not there, or only in part
 */
public record Figures(
        List<Reconstruction.Level> reconstruction,
        List<LevelLikelihood> likelihood,
        List<Control.Stage> control,
        LyricAlignment.Result alignment,
        Vowels.Result vowels,
        List<HeadSearch.Head> heads,
        Collapse collapse,
        List<String> unknownNames,
        int songs,
        int generatedSongs,
        Map<Part, String> absent) {}
