package dev.segue.orchestrator.status.document;

import java.util.List;

/**
 * How far one level of a song is.
 *
 * @param level its number, 0 is the finest
 * @param hop raw samples per code
 * @param codes that exist, those of a prompt included
 * @param totalCodes of the whole level
 * @param promptCodes that a prompt or an earlier song gave
 * @param windows that are to be sampled
 * @param windowsDone that are done
 * @param segments in the order of time; one where the level is not cut
 */
public record LevelDocument(
        int level,
        int hop,
        int codes,
        int totalCodes,
        int promptCodes,
        int windows,
        int windowsDone,
        List<SegmentDocument> segments) {
    public LevelDocument {
        segments = List.copyOf(segments);
    }
}
