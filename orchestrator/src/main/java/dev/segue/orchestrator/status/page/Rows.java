package dev.segue.orchestrator.status.page;

import static j2html.TagCreator.a;
import static j2html.TagCreator.attrs;
import static j2html.TagCreator.div;
import static j2html.TagCreator.li;
import static j2html.TagCreator.span;
import static j2html.TagCreator.tag;
import static j2html.TagCreator.time;

import dev.segue.orchestrator.status.document.SongDocument;
import dev.segue.orchestrator.status.document.SongStatus;
import j2html.tags.DomContent;
import java.util.List;

/** One song of the list. */
final class Rows {
    private Rows() {}

    static DomContent of(SongDocument song) {
        return li(attrs(".song-row"))
                .withData("id", song.id())
                .withData("at", song.requestedAt().toString())
                .withData("state", song.state().word())
                .with(
                        div(
                                a(SongWords.title(song.id(), song.artist(), song.genres()))
                                        .withClass("name")
                                        .withHref(Frame.SONGS + "/" + song.id()),
                                span(song.id() + " · " + SongWords.seconds(song.durationSeconds())
                                                + song.model()
                                                        .map(model -> " · " + model)
                                                        .orElse(""))
                                        .withClass("facts")),
                        span(SongWords.state(song.state())).withClass("state"),
                        Wavefront.small(song.levels(), song.share()),
                        song.state().isEnd()
                                ? span(time(SongWords.time(song.updatedAt()))
                                                .attr(
                                                        "datetime",
                                                        song.updatedAt().toString()))
                                        .withClass("left")
                                : span(SongWords.remaining(song)).withClass("left"));
    }

    /** The markup of a row, for songs that come later. */
    static DomContent blank() {
        return tag("template")
                .withId("row")
                .with(li(attrs(".song-row"))
                        .with(
                                div(a().withClass("name").withHref(Frame.SONGS), span().withClass("facts")),
                                span().withClass("state"),
                                Wavefront.small(List.of(), 0),
                                span().withClass("left")));
    }

    /** What a state is called, where a script looks it up. */
    static String attribute(SongStatus state) {
        return "state-" + state.word();
    }
}
