package dev.segue.orchestrator.status.page;

import static j2html.TagCreator.a;
import static j2html.TagCreator.attrs;
import static j2html.TagCreator.body;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
import static j2html.TagCreator.footer;
import static j2html.TagCreator.head;
import static j2html.TagCreator.header;
import static j2html.TagCreator.html;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.link;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.nav;
import static j2html.TagCreator.p;
import static j2html.TagCreator.script;
import static j2html.TagCreator.span;
import static j2html.TagCreator.title;

import j2html.tags.DomContent;
import j2html.tags.specialized.ATag;
import j2html.tags.specialized.MainTag;

/** What stands around every page: its head, the way to the other pages, and the line that says whether it is live. */
final class Frame {
    static final String SONGS = "/songs";
    static final String DEAD_LETTERS = "/dead-letters";

    private final PageAssets assets;

    Frame(PageAssets assets) {
        this.assets = assets;
    }

    /**
     * A whole page.
     *
     * @param title of the page
     * @param here which of the pages that one can go to it is
     * @param script that brings it to life; empty if nothing does
     * @param main what it says
     */
    String around(String title, String here, String script, MainTag main) {
        return document(html(
                        head(
                                meta().withCharset("utf-8"),
                                title(title + " · Segue"),
                                meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                                meta().withName("color-scheme").withContent("light dark"),
                                link().withRel("icon").withHref(assets.href("mark.svg")),
                                link().withRel("stylesheet").withHref(assets.href("page.css")),
                                iff(!script.isEmpty(), each(assets.imports(script), module -> link().withRel(
                                                "modulepreload")
                                        .withHref(assets.href(module)))),
                                iff(
                                        !script.isEmpty(),
                                        script().withType("module").withSrc(assets.href(script)))),
                        body(
                                a("Go to the content").withClass("skip").withHref("#main"),
                                header(
                                                a(Wavefront.mark(), span("Segue"))
                                                        .withClass("wordmark")
                                                        .withHref(SONGS),
                                                nav(
                                                                place("Songs", SONGS, here),
                                                                place("Dead letters", DEAD_LETTERS, here))
                                                        .attr("aria-label", "Pages"),
                                                p(attrs(".line")).attr("role", "status"))
                                        .withClass("bar"),
                                main.withId("main").attr("tabindex", "-1"),
                                p(attrs("#announcement.unseen")).attr("aria-live", "polite"),
                                footer(
                                                span("Everything that sounds here is made by a machine."),
                                                a("HTTP interface").withHref("/openapi.json"))
                                        .withClass("foot")))
                .withLang("en"));
    }

    private static DomContent place(String name, String path, String here) {
        ATag place = a(name).withHref(path);
        return path.equals(here) ? place.attr("aria-current", "page") : place;
    }
}
