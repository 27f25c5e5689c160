package dev.segue.orchestrator.status.page;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.button;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.form;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.input;
import static j2html.TagCreator.label;
import static j2html.TagCreator.li;
import static j2html.TagCreator.main;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.ul;

import dev.segue.orchestrator.status.document.SongDocument;
import dev.segue.orchestrator.status.document.SongStatus;
import j2html.tags.DomContent;
import j2html.tags.specialized.DivTag;

/**
 * One song. Parts with the attribute {@code data-live} are taken over by the page's script as the server renders them
 * then, so that every sentence stands here alone.
 */
final class SongPage {
    private final Frame frame;

    SongPage(Frame frame) {
        this.frame = frame;
    }

    /** The page of a song as it is now. */
    String render(SongDocument song) {
        String title = SongWords.title(song.id(), song.artist(), song.genres());
        return frame.around(
                title,
                "",
                "song.js",
                main().withData("song", song.id())
                        .withData("state", song.state().word())
                        .with(
                                live("head", head(song, title)),
                                gate(),
                                live("notice", notice(song)),
                                Score.of(song),
                                div(div(lyrics(song)), SongDetails.of(song)).withClass("columns")));
    }

    /** A part that changes while the song is made. */
    static DivTag live(String id, DomContent... content) {
        return div(content).withId(id).attr("data-live");
    }

    private static DomContent head(SongDocument song, String title) {
        DivTag head = div(div(
                        p(
                                        span(SongWords.state(song.state()))
                                                .withClass("state")
                                                .withData("state", song.state().word()),
                                        span(song.model().orElse("")),
                                        span(song.id()).withClass("mono"))
                                .withClass("over"),
                        h1(title),
                        p(SongWords.said(song)).withClass("said muted")))
                .withClass("head");
        if (!song.state().isEnd()) {
            head.with(button("Cancel")
                    .withClass("grave")
                    .withType("button")
                    .attr("data-cancel")
                    .attr("data-live-only"));
        }
        return head;
    }

    /** Where the token is asked for when a song is to be cancelled. */
    private static DomContent gate() {
        return div(
                form(attrs("#token-gate.gate"))
                        .attr("hidden")
                        .with(
                                div(
                                                label("Token, to cancel it").attr("for", "token"),
                                                input().withType("password")
                                                        .withId("token")
                                                        .attr("autocomplete", "off"))
                                        .withClass("field"),
                                button("Cancel the song").withClass("grave").withType("submit")),
                p(attrs("#cancel-said.muted")).attr("role", "status"));
    }

    /** Why a song did not come about. */
    private static DomContent notice(SongDocument song) {
        DivTag notice = div();
        song.failure().ifPresent(failure -> notice.withClass("notice")
                .with(
                        h2("Why it failed"),
                        p(failure.message()),
                        p("While doing " + failure.work() + ", after " + failure.attempts()
                                        + (failure.attempts() == 1 ? " try" : " tries") + ": " + failure.reason() + ".")
                                .withClass("muted")));
        if (!song.problems().isEmpty()) {
            notice.withClass("notice")
                    .with(h2("What has to be mended"), ul(each(song.problems(), problem -> li(problem.sentence()))));
        }
        if (song.state() == SongStatus.CANCELLED || song.state() == SongStatus.EXPIRED) {
            notice.withClass("notice calm")
                    .with(
                            h2(song.state() == SongStatus.CANCELLED ? "Why it was cancelled" : "Why it expired"),
                            p(song.reason().filter(reason -> !reason.isBlank()).orElse("No reason was given.")));
        }
        return notice;
    }

    private static DomContent lyrics(SongDocument song) {
        DivTag lines = div(attrs(".lyrics"));
        if (song.lyrics().isBlank()) {
            lines.with(p("An instrumental: no words were asked for.").withClass("muted"));
        } else {
            lines.with(each(
                    song.lyrics().strip().lines().toList(), line -> line.isBlank() ? p().withClass("gap") : p(line)));
        }
        return section(h2("Lyrics"), lines);
    }
}
