package dev.segue.orchestrator.status.page;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.button;
import static j2html.TagCreator.div;
import static j2html.TagCreator.form;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.input;
import static j2html.TagCreator.label;
import static j2html.TagCreator.li;
import static j2html.TagCreator.main;
import static j2html.TagCreator.noscript;
import static j2html.TagCreator.ol;
import static j2html.TagCreator.p;
import static j2html.TagCreator.tag;
import static j2html.TagCreator.time;

/** Records that were put aside: the page holds none of them, its script asks for them with the token. */
final class DeadLettersPage {
    private final Frame frame;

    DeadLettersPage(Frame frame) {
        this.frame = frame;
    }

    /** The page. */
    String render() {
        return frame.around(
                "Dead letters",
                Frame.DEAD_LETTERS,
                "letters.js",
                main().with(
                                div(div(
                                                h1("Dead letters"),
                                                p("Records that could not be read or done, each with its reason. None of them holds up"
                                                                + " another song.")
                                                        .withClass("said muted")))
                                        .withClass("head"),
                                noscript(p(
                                        "They are shown to whoever has the token, which needs JavaScript here; GET /dead-letters"
                                                + " with an Authorization header does without.")),
                                p(attrs("#said")).attr("role", "status"),
                                form(attrs("#gate.gate"))
                                        .attr("hidden")
                                        .with(
                                                div(
                                                                label("Token").attr("for", "token"),
                                                                input().withType("password")
                                                                        .withId("token")
                                                                        .attr("autocomplete", "off"))
                                                        .withClass("field"),
                                                button("Show them")
                                                        .withClass("primary")
                                                        .withType("submit")),
                                ol(attrs("#letters")).attr("role", "list"),
                                tag("template")
                                        .withId("letter")
                                        .with(li(
                                                attrs(".letter"),
                                                h2(),
                                                p(attrs(".over")),
                                                time().withClass("muted")))));
    }
}
