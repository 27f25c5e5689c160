package dev.segue.orchestrator.plan;

import dev.segue.contracts.model.ReceptiveField;
import dev.segue.contracts.model.VqVaeShape;
import dev.segue.contracts.window.CodeRange;
import dev.segue.contracts.window.Tiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ranges in which the codes of a song are turned into sound. Every produced level is: the finest is what the song is
 * composed of, the others are heard before it exists.
 *
 * <p>Ranges are whole tiles of the level's decoder, since those are decoded in one piece. The first one of a level is a
 * single tile, because a listener waits for it; the others last at least 3 s and, where a tile is shorter than that, less
 * than 6 s.
 *
 * @param ranges by number
 */
public record RangePlan(List<PlannedRange> ranges) {
    private static final double LEAST_SECONDS = 3;

    public RangePlan {
        ranges = List.copyOf(ranges);
    }

    /** Cuts every produced level of a song. */
    public static RangePlan of(SongPlan plan, VqVaeShape shape) {
        List<PlannedRange> ranges = new ArrayList<>();
        for (LevelPlan level : plan.levels()) {
            Tiles tiles = new ReceptiveField(shape, level.number()).decoderTiles();
            double tileSeconds = (double) tiles.length() * level.level().hop() / plan.sampleRate();
            int usual = tiles.length() * (int) Math.ceil(LEAST_SECONDS / tileSeconds);
            int end;
            for (int start = 0; start < level.totalCodes(); start = end) {
                end = Math.min(level.totalCodes(), start == 0 ? tiles.length() : start + usual);
                CodeRange range = new CodeRange(start, end);
                ranges.add(new PlannedRange(
                        ranges.size(),
                        level.number(),
                        range,
                        tiles.needed(range, level.totalCodes()),
                        level.seams().stream()
                                .filter(seam -> seam.isHeardIn(range, tiles.margin()))
                                .toList()));
            }
        }
        return new RangePlan(ranges);
    }

    /** Ranges whose codes exist and that are not given out, the coarsest level first. O(ranges). */
    public List<PlannedRange> ready(Progress progress, RangeProgress stored) {
        List<PlannedRange> ready = new ArrayList<>();
        for (int level = progress.plan().top().number();
                level >= progress.plan().finestLevel();
                level--) {
            for (PlannedRange range : ranges) {
                if (range.level() == level && stored.isWaiting(range.number()) && exists(range, progress)) {
                    ready.add(range);
                }
            }
        }
        return ready;
    }

    /** The ranges of a level, in the order of time. */
    public List<PlannedRange> level(int level) {
        return ranges.stream().filter(range -> range.level() == level).toList();
    }

    /** The range of a level that begins at a code. */
    public Optional<PlannedRange> at(int level, int start) {
        return ranges.stream()
                .filter(range -> range.level() == level && range.range().start() == start)
                .findFirst();
    }

    private static boolean exists(PlannedRange range, Progress progress) {
        return progress.has(range.level(), range.codes())
                && range.seams().stream().allMatch(progress::has);
    }
}
