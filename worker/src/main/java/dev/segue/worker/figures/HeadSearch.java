package dev.segue.worker.figures;

import dev.segue.worker.jukebox.Prior;
import dev.segue.worker.jukebox.alignment.Alignment;
import dev.segue.worker.jukebox.labels.Labels;
import dev.segue.worker.sampling.LyricHeads;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which head of which layer tells best when lyrics are sung: what a model's card should name. */
public final class HeadSearch {
    private HeadSearch() {}

    /**
     * One head.
     *
     * @param layer of the decoder, from 0
     * @param head of the layer, from 0
     * @param named whether the model's card names it
     * @param result what its alignment is worth
     */
    public record Head(int layer, int head, boolean named, LyricAlignment.Result result) {}

    /**
     * Tries every head that sees lyrics.
     *
     * @param prior of the top level
     * @param songs that are timed, best of the validation split; at least one
     * @return the best first
     */
    static List<Head> of(Subject subject, Prior prior, List<EncodedSong> songs, Progress progress) {
        Map<LyricHeads.Head, LyricAlignment> alignments = new LinkedHashMap<>();
        LyricHeads heads = new LyricHeads(prior, subject.level(subject.top()), subject.labeller(subject.top()));
        for (EncodedSong song : songs) {
            Labels labels = subject.labeller(subject.top()).label(song.description(subject.card()));
            Map<LyricHeads.Head, Alignment> all = heads.align(song.codes().level(subject.top()), labels);
            all.forEach((head, alignment) -> alignments
                    .computeIfAbsent(head, unused -> new LyricAlignment(subject))
                    .add(song, alignment));
            progress.advance(1);
        }
        List<Head> results = new ArrayList<>();
        alignments.forEach((head, alignment) ->
                results.add(new Head(head.layer(), head.head(), isNamed(prior, head), alignment.result())));
        results.sort(Comparator.comparingDouble(head -> head.result().medianSeconds()));
        return results;
    }

    private static boolean isNamed(Prior prior, LyricHeads.Head head) {
        Integer layer = prior.shape().lyrics().alignmentLayer();
        Integer number = prior.shape().lyrics().alignmentHead();
        return layer != null && number != null && layer == head.layer() && number == head.head();
    }
}
