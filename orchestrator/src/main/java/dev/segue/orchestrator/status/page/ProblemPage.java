package dev.segue.orchestrator.status.page;

import static j2html.TagCreator.a;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.li;
import static j2html.TagCreator.main;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.ul;

import dev.segue.orchestrator.status.document.Problem;

/** What went wrong, and what to do about it. */
final class ProblemPage {
    private final Frame frame;

    ProblemPage(Frame frame) {
        this.frame = frame;
    }

    String render(Problem problem) {
        return frame.around(
                problem.title(),
                "",
                "",
                main().with(
                                div(div(
                                                p(span(Integer.toString(problem.status()))
                                                                .withClass("mono"))
                                                        .withClass("over"),
                                                h1(problem.title()),
                                                p(problem.detail()).withClass("said")))
                                        .withClass("head"),
                                ul(each(problem.problems(), each -> li(each.sentence()))),
                                p(a("Go to the songs").withClass("button").withHref(Frame.SONGS))));
    }
}
