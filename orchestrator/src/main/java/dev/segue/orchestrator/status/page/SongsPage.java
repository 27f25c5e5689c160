package dev.segue.orchestrator.status.page;

import static j2html.TagCreator.a;
import static j2html.TagCreator.attrs;
import static j2html.TagCreator.button;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.input;
import static j2html.TagCreator.label;
import static j2html.TagCreator.li;
import static j2html.TagCreator.main;
import static j2html.TagCreator.nav;
import static j2html.TagCreator.noscript;
import static j2html.TagCreator.ol;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.ul;

import dev.segue.orchestrator.status.document.ModelList;
import dev.segue.orchestrator.status.document.SongList;
import dev.segue.orchestrator.status.document.SongStatus;
import j2html.tags.DomContent;
import j2html.tags.specialized.ATag;
import j2html.tags.specialized.OlTag;
import java.util.Optional;

/** The list of songs, and the form that asks for one. */
final class SongsPage {
    private final Frame frame;

    SongsPage(Frame frame) {
        this.frame = frame;
    }

    /**
     * The page.
     *
     * @param songs that it shows
     * @param state that the list is narrowed to; empty for all songs
     * @param models that a song can be asked of
     */
    String render(SongList songs, Optional<SongStatus> state, ModelList models) {
        return frame.around(
                "Songs",
                Frame.SONGS,
                "songs.js",
                main().with(
                                div(
                                                div(
                                                        h1("Songs"),
                                                        p(attrs("#counted.said.muted"), counted(songs.total()))),
                                                button("Ask for a song")
                                                        .withClass("primary")
                                                        .withType("button")
                                                        .attr("data-new")
                                                        .attr("data-live-only")
                                                        .attr("hidden"))
                                        .withClass("head"),
                                noscript(p("Asking for a song here needs JavaScript; segue submit does without.")
                                        .withClass("muted")),
                                filters(state),
                                rows(songs),
                                empty(songs),
                                p(attrs("#nothing-found.muted.below"), "No song matches.")
                                        .attr("hidden"),
                                iff(songs.next(), next -> more(next, state)),
                                Rows.blank(),
                                RequestSheet.closed(models)));
    }

    private static String counted(int total) {
        return total == 1 ? "1 song" : SongWords.count(total) + " songs";
    }

    private static DomContent filters(Optional<SongStatus> state) {
        return div(
                        nav(ul(
                                        li(filter("All", Frame.SONGS, state.isEmpty())),
                                        each(
                                                SongWords.states(),
                                                each -> li(filter(
                                                        SongWords.state(each),
                                                        Frame.SONGS + "?state=" + each.word(),
                                                        state.filter(each::equals)
                                                                .isPresent())))))
                                .attr("aria-label", "Narrow the list"),
                        label(span("Find"), input().withType("search").withId("search"))
                                .attr("data-live-only")
                                .attr("hidden"))
                .withClass("filters");
    }

    private static DomContent filter(String name, String href, boolean here) {
        ATag link = a(name).withHref(href);
        return here ? link.attr("aria-current", "true") : link;
    }

    /** The names of the states stand here for the script. */
    private static DomContent rows(SongList songs) {
        OlTag list = ol(attrs(".songs")).attr("role", "list");
        for (SongStatus state : SongStatus.values()) {
            list.withData(Rows.attribute(state), SongWords.state(state));
        }
        return list.with(each(songs.songs(), row -> Rows.of(row.song())));
    }

    private static DomContent empty(SongList songs) {
        var empty = div(
                attrs("#empty.empty"),
                p("Nothing has been asked for yet."),
                span("A song is some seconds away.").withClass("muted"));
        return songs.songs().isEmpty() ? empty : empty.attr("hidden");
    }

    private static DomContent more(String next, Optional<SongStatus> state) {
        String narrowed = state.map(some -> "&state=" + some.word()).orElse("");
        return p(a("Show more").withClass("button").withHref(Frame.SONGS + "?after=" + next + narrowed))
                .withClass("below")
                .withData("after", next);
    }
}
