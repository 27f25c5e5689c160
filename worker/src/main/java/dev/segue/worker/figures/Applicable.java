package dev.segue.worker.figures;

import dev.segue.contracts.model.LyricShape;
import dev.segue.worker.manifest.CharacterTime;
import dev.segue.worker.manifest.Manifest;
import dev.segue.worker.manifest.SongEntry;
import dev.segue.worker.manifest.Split;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Which parts can be measured of a model on the songs of a folder, and why not the others.
 *
 * @param absent why a part cannot be measured, or only in part
 * @param judged whether genres and artists of the folder can be told apart
 */
record Applicable(Map<Part, String> absent, boolean judged) {

    static Applicable of(Subject subject, Manifest manifest, Split split) {
        List<SongEntry> train = manifest.songs(Split.TRAIN);
        boolean judged = several(train, SongEntry::genre) && several(train, SongEntry::artist);
        LyricShape lyrics = subject.shape(subject.top()).lyrics();
        boolean aligned = lyrics != null && lyrics.alignmentLayer() != null && lyrics.alignmentHead() != null;
        boolean timed = manifest.songs(split).stream().anyMatch(Applicable::isTimed);
        Map<Part, String> absent = new EnumMap<>(Part.class);
        if (subject.shape(subject.top()).labels() == null) {
            absent.put(Part.CONTROL, "the model hears no labels");
        } else if (!judged) {
            absent.put(
                    Part.CONTROL,
                    "the train split of the folder has fewer than two genres or artists, which nobody can tell apart");
        }
        if (lyrics == null) {
            absent.put(Part.LYRICS, "the model hears no lyrics");
            absent.put(Part.ALIGNMENT_HEADS, "the model hears no lyrics");
        } else if (!timed) {
            absent.put(Part.LYRICS, "the songs of the split do not say when their characters are sung");
        } else if (!aligned) {
            absent.put(
                    Part.LYRICS,
                    "the model's card names no alignment head; ask for alignment-heads to find the best one");
        }
        if (manifest.songs(Split.VALIDATION).stream().noneMatch(Applicable::isTimed)) {
            absent.putIfAbsent(
                    Part.ALIGNMENT_HEADS,
                    "the songs of the validation split do not say when their characters are sung");
        }
        return new Applicable(absent, judged);
    }

    static boolean isTimed(SongEntry song) {
        return song.annotations().characters().stream().anyMatch(CharacterTime::sung);
    }

    private static boolean several(List<SongEntry> songs, Function<SongEntry, String> label) {
        return songs.stream().map(label).distinct().count() > 1;
    }
}
