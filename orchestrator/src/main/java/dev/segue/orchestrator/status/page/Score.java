package dev.segue.orchestrator.status.page;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.audio;
import static j2html.TagCreator.b;
import static j2html.TagCreator.button;
import static j2html.TagCreator.canvas;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.fieldset;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.i;
import static j2html.TagCreator.input;
import static j2html.TagCreator.label;
import static j2html.TagCreator.legend;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.small;
import static j2html.TagCreator.span;
import static j2html.TagCreator.tag;
import static j2html.TagCreator.text;

import dev.segue.orchestrator.status.document.AudioDocument;
import dev.segue.orchestrator.status.document.FileDocument;
import dev.segue.orchestrator.status.document.LevelDocument;
import dev.segue.orchestrator.status.document.SongDocument;
import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import j2html.tags.specialized.DivTag;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The song on one axis of time: sound, spectrum, and how far each level is. What needs scripts stays hidden until they
 * run; without them there is a plain player of the best sound. Larger than most classes, since its parts lie under one
 * playhead and make sense together alone.
 */
final class Score {
    private Score() {}

    static DomContent of(SongDocument song) {
        return section(
                        plain(song),
                        transport(song),
                        p().withClass("strip").attr("aria-hidden", "true").attr("hidden"),
                        div(
                                        stave(
                                                "Sound",
                                                canvas().withClass("wave")
                                                        .attr("role", "img")
                                                        .attr("aria-label", "Wave form of the song")),
                                        stave(
                                                "Spectrum",
                                                canvas().withClass("spectrum")
                                                        .attr("role", "img")
                                                        .attr(
                                                                "aria-label",
                                                                "Spectrogram of the song: pitch upwards, time to the right")),
                                        div(span("Sections"), div(attrs(".marks")))
                                                .withClass("stave of-marks")
                                                .attr("hidden"),
                                        SongPage.live(
                                                "front",
                                                each(Wavefront.topFirst(song.levels()), level -> level(song, level))),
                                        input().withType("range")
                                                .withClass("seek")
                                                .attr("min", "0")
                                                .attr(
                                                        "max",
                                                        SongWords.brief(song.durationSeconds()
                                                                .orElse(0.0)))
                                                .attr("step", "any")
                                                .attr("value", "0")
                                                .attr("aria-label", "Position")
                                                .attr("data-live-only")
                                                .attr("hidden"))
                                .withClass("staves"),
                        p(key("to-do", "to do"), key("sampled", "sampled"), key("heard", "can be heard"))
                                .withClass("key"))
                .withClass("score")
                .attr("aria-label", "The song in time");
    }

    private static DomContent plain(SongDocument song) {
        Optional<FileDocument> whole = song.files().stream()
                .filter(file -> file.mediaType().startsWith("audio/"))
                .findFirst();
        DivTag place = div();
        whole.ifPresentOrElse(file -> place.with(player(file.href(), "The finished song")), () -> best(song.audio())
                .ifPresent(piece -> place.with(player(
                        piece.href(),
                        "The best sound so far: "
                                + SongWords.level(song, piece.level()).toLowerCase(Locale.ROOT)
                                + " level, from " + SongWords.clock(seconds(song, piece.fromSample())) + " to "
                                + SongWords.clock(seconds(song, piece.toSample()))))));
        return place;
    }

    /** The longest piece; of several the finest. */
    private static Optional<AudioDocument> best(List<AudioDocument> pieces) {
        return pieces.stream()
                .max(Comparator.comparingLong((AudioDocument piece) -> piece.toSample() - piece.fromSample())
                        .thenComparing(AudioDocument::level, Comparator.reverseOrder()));
    }

    private static DomContent player(String href, String caption) {
        return figure(
                        figcaption(caption).withClass("muted"),
                        audio().attr("controls")
                                .attr("preload", "none")
                                .withSrc(href)
                                .withClass("plain-audio"))
                .withClass("plain-audio");
    }

    private static DomContent transport(SongDocument song) {
        return div(
                        button(icon("go", "M4 2v16l13-8z"), icon("stop", "M4 2h4v16H4zM12 2h4v16h-4z"))
                                .withClass("play")
                                .withType("button")
                                .attr("aria-label", "Play"),
                        p(
                                        span("0:00"),
                                        small(" / "
                                                + SongWords.clock(
                                                        song.durationSeconds().orElse(0.0))))
                                .withClass("clock"),
                        p(text("No sound yet"), b()).withClass("hearing"),
                        fieldset(
                                        legend("Hear"),
                                        choice("auto", "Finest", "").attr("title", "The finest sound there is"),
                                        each(
                                                Wavefront.topFirst(song.levels()),
                                                level -> choice(
                                                        Integer.toString(level.level()),
                                                        SongWords.level(song, level.level()),
                                                        "level-" + level.level())))
                                .withClass("levels"))
                .withClass("transport")
                .attr("data-live-only")
                .attr("hidden");
    }

    private static ContainerTag<?> choice(String value, String name, String level) {
        var radio = input().withType("radio")
                .withName("level")
                .withValue(value)
                .withData("name", "the " + name.toLowerCase(Locale.ROOT) + " level");
        return label(value.equals("auto") ? radio.attr("checked") : radio.attr("disabled"), span(name))
                .withClass(level);
    }

    private static DomContent icon(String kind, String path) {
        return tag("svg")
                .attr("class", kind)
                .attr("viewBox", "0 0 20 20")
                .attr("aria-hidden", "true")
                .with(tag("path").attr("d", path));
    }

    private static DomContent stave(String name, DomContent picture) {
        return div(span(name), picture)
                .withClass("stave")
                .attr("data-live-only")
                .attr("hidden");
    }

    private static DomContent level(SongDocument song, LevelDocument level) {
        long percent = SongWords.percent(Wavefront.share(level));
        String name = SongWords.level(song, level.level());
        return div(span(span(name), span(percent + " %")), Wavefront.of(song, level))
                .withClass("stave of-level level-" + level.level())
                .attr("role", "progressbar")
                .attr("aria-label", name + " level")
                .attr("aria-valuemin", "0")
                .attr("aria-valuemax", "100")
                .attr("aria-valuenow", Long.toString(percent))
                .attr(
                        "aria-valuetext",
                        percent + " percent sampled, " + SongWords.brief(heardSeconds(song, level.level()))
                                + " seconds can be heard");
    }

    private static DomContent key(String kind, String name) {
        return span(i().withClass(kind), text(name));
    }

    /** How much of a level can be heard. */
    static double heardSeconds(SongDocument song, int level) {
        return song.audio().stream()
                .filter(piece -> piece.level() == level)
                .mapToDouble(piece -> seconds(song, piece.toSample() - piece.fromSample()))
                .sum();
    }

    private static double seconds(SongDocument song, long samples) {
        return (double) samples / song.sampleRate().orElse(1);
    }
}
