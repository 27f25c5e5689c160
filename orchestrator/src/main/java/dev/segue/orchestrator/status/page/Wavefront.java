package dev.segue.orchestrator.status.page;

import static j2html.TagCreator.each;
import static j2html.TagCreator.filter;
import static j2html.TagCreator.tag;

import dev.segue.orchestrator.status.document.AudioDocument;
import dev.segue.orchestrator.status.document.LevelDocument;
import dev.segue.orchestrator.status.document.SongDocument;
import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.util.List;

/** How far the levels of a song are, drawn: what is to do, what is sampled and what can be heard, on an axis of time. */
final class Wavefront {
    /** Units of a drawing's width: it is stretched to whatever there is. */
    private static final int WIDTH = 1000;

    private static final int ROW = 9;
    private static final int BAR = 6;

    private Wavefront() {}

    /** The sign of Segue: three levels, each behind the one above. */
    static DomContent mark() {
        return svg("0 0 24 15")
                .attr("aria-hidden", "true")
                .with(
                        bar("level-2 heard", 0, 0, 24, 4),
                        bar("level-1 heard", 0, 5.5, 16, 4),
                        bar("level-0 heard", 0, 11, 9, 4))
                .withClass("front");
    }

    /** All levels of a song in a few pixels, the top one first. */
    static DomContent small(List<LevelDocument> all, double share) {
        List<LevelDocument> levels = topFirst(all);
        return svg("0 0 " + WIDTH + " " + (3 * ROW - (ROW - BAR)))
                .withClass("front")
                .attr("role", "img")
                .attr("aria-label", SongWords.percent(share) + " percent done")
                .with(each(levels, (row, level) -> {
                    int y = row * ROW;
                    return tag("g").withClass("level-" + level.level())
                            .with(bar("to-do", 0, y, WIDTH, BAR), bar("heard", 0, y, share(level) * WIDTH, BAR));
                }));
    }

    /** One level: its segments with the codes that are sampled, and over them the sound that can be heard. */
    static DomContent of(SongDocument song, LevelDocument level) {
        double codes = Math.max(1, level.totalCodes());
        double samples = Math.max(1, song.sampleLength().orElse(1L));
        // A hair's breadth between segments shows where they meet.
        double gap = level.segments().size() > 1 ? 3 : 0;
        return svg("0 0 " + WIDTH + " " + BAR)
                .withClass("front")
                .attr("aria-hidden", "true")
                .with(each(
                        level.segments(),
                        segment -> bar(
                                "to-do",
                                segment.start() / codes * WIDTH,
                                0,
                                (segment.end() - segment.start()) / codes * WIDTH - gap,
                                BAR)))
                .with(each(
                        level.segments(),
                        segment -> bar(
                                "sampled",
                                segment.start() / codes * WIDTH,
                                0,
                                Math.max(0, (segment.done() - segment.start()) / codes * WIDTH - gap),
                                BAR)))
                .with(each(
                        filter(song.audio(), audio -> audio.level() == level.level()), audio -> heard(audio, samples)));
    }

    private static DomContent heard(AudioDocument audio, double samples) {
        return bar(
                "heard",
                audio.fromSample() / samples * WIDTH,
                0,
                (audio.toSample() - audio.fromSample()) / samples * WIDTH,
                BAR);
    }

    /** Which part of a level's codes exists. */
    static double share(LevelDocument level) {
        return level.totalCodes() == 0 ? 0 : (double) level.codes() / level.totalCodes();
    }

    /** Levels as they are made: the coarse one first. */
    static List<LevelDocument> topFirst(List<LevelDocument> levels) {
        return levels.stream()
                .sorted((a, b) -> Integer.compare(b.level(), a.level()))
                .toList();
    }

    private static ContainerTag<?> svg(String box) {
        return tag("svg").attr("viewBox", box).attr("preserveAspectRatio", "none");
    }

    private static ContainerTag<?> bar(String kind, double x, double y, double width, double height) {
        return tag("rect")
                .attr("class", kind)
                .attr("x", SongWords.brief(x))
                .attr("y", SongWords.brief(y))
                .attr("width", SongWords.brief(Math.max(0, width)))
                .attr("height", SongWords.brief(height));
    }
}
