package dev.segue.orchestrator.status.page;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.button;
import static j2html.TagCreator.details;
import static j2html.TagCreator.dialog;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.fieldset;
import static j2html.TagCreator.form;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.header;
import static j2html.TagCreator.input;
import static j2html.TagCreator.label;
import static j2html.TagCreator.legend;
import static j2html.TagCreator.option;
import static j2html.TagCreator.p;
import static j2html.TagCreator.select;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.tag;
import static j2html.TagCreator.text;
import static j2html.TagCreator.textarea;

import dev.segue.orchestrator.status.document.ModelList;
import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import j2html.tags.Tag;

/**
 * The form that asks for a song: a part for each field of a request, with room for what is wrong with it. Names of the
 * parts are those of the request's fields. Larger than most classes, since a request has so many.
 */
final class RequestSheet {
    private RequestSheet() {}

    static DomContent closed(ModelList models) {
        return dialog(form(
                                header(
                                        h2("Ask for a song").withId("sheet-title"),
                                        button("Close").withType("button").attr("data-close")),
                                div(problem("form")).withData("field", "form"),
                                token(),
                                div(artist(), genres()).withClass("pair"),
                                lyrics(),
                                div(
                                                field(
                                                        "model",
                                                        "Model",
                                                        " ",
                                                        select(each(models.models(), model -> option(model.name())
                                                                .withValue(model.name())))),
                                                field("durationSeconds", "Length in seconds", " ", number("20")))
                                        .withClass("pair"),
                                more(),
                                div(button("Make it").withClass("primary").withType("submit"))
                                        .withClass("actions"))
                        .attr("novalidate")
                        .attr("autocomplete", "off"))
                .withId("sheet")
                .withClass("sheet")
                .attr("aria-labelledby", "sheet-title");
    }

    private static DomContent token() {
        return field(
                "token",
                "Token",
                "Reading is open, asking is not: segue serve prints the token in the page's address.",
                input().withType("password"));
    }

    private static DomContent artist() {
        return div(
                field("artist", "Whom it is to sound like", "", input().attr("list", "artists")),
                tag("datalist").withId("artists"));
    }

    private static DomContent genres() {
        return field("genres", "What it is to sound like", "Separated by commas.", input().attr("list", "genres"))
                .with(div().withClass("chips").attr("role", "group").attr("aria-label", "Genres that the model knows"))
                .with(tag("datalist").withId("genres"));
    }

    private static DomContent lyrics() {
        return field(
                "lyrics",
                "Lyrics",
                "An empty line begins a new section.",
                textarea().withRows("6"));
    }

    private static DomContent more() {
        return details(
                summary("More"),
                div(
                                div(
                                                field("seed", "Seed", "The same seed makes the same song.", number("")),
                                                field("songId", "Id", "Made up if empty.", input()))
                                        .withClass("pair"),
                                div(
                                                field(
                                                        "temperature",
                                                        "Temperature",
                                                        "Empty for the model's own; lower is safer.",
                                                        number("")),
                                                field("topK", "Top k", "Excludes top p.", number("")),
                                                field("topP", "Top p", "Excludes top k.", number("")))
                                        .withClass("pair"),
                                div(
                                                field(
                                                        "totalDurationSeconds",
                                                        "Length of the song that it is part of",
                                                        "In seconds; its own if empty.",
                                                        number("")),
                                                field(
                                                        "offsetSeconds",
                                                        "Where in that song it begins",
                                                        "In seconds.",
                                                        number("")))
                                        .withClass("pair"),
                                div(
                                                field(
                                                        "finestLevel",
                                                        "Finest level",
                                                        "0 for the whole sound.",
                                                        number("0")),
                                                field(
                                                        "parallelSegments",
                                                        "Parallel segments",
                                                        "More of them make finer levels sooner.",
                                                        number("1")))
                                        .withClass("pair"),
                                div(
                                                field(
                                                        "earlierSong",
                                                        "Go on from song",
                                                        "The id of a finished one.",
                                                        input()),
                                                field(
                                                        "use",
                                                        "What becomes of that song",
                                                        "",
                                                        choice(
                                                                "CONTINUE",
                                                                "Continue it",
                                                                "UPSAMPLE",
                                                                "Sample its finer levels anew")))
                                        .withClass("pair"),
                                div(
                                                field(
                                                        "audioPrompt",
                                                        "Begin with sound",
                                                        "Where it lies: a key in the bucket, or s3://bucket/key.",
                                                        input()),
                                                field(
                                                        "seconds",
                                                        "promptSeconds",
                                                        "Seconds of it",
                                                        "All of it if empty.",
                                                        number("")))
                                        .withClass("pair"),
                                div(
                                                formats(),
                                                field(
                                                        "sampleDepth",
                                                        "Depth",
                                                        "",
                                                        choice("PCM16", "16 bit", "PCM24", "24 bit")))
                                        .withClass("pair"),
                                div(
                                                field("priority", "Priority", "From -100 to 100.", number("0")),
                                                field(
                                                        "deadline",
                                                        "Of no use after",
                                                        "Never if empty.",
                                                        input().withType("datetime-local")))
                                        .withClass("pair"),
                                div(
                                                field("tenant", "Tenant", "Tenants share the workers evenly.", input()),
                                                field(
                                                        "callbackUrl",
                                                        "Tell this address",
                                                        "A webhook.",
                                                        input().withType("url")))
                                        .withClass("pair"))
                        .withClass("stack"));
    }

    private static DomContent formats() {
        return fieldset(legend("Formats"), div(box("FLAC"), box("WAV")).withClass("choices"), problem("formats"))
                .withClass("field")
                .withData("field", "formats");
    }

    private static DomContent box(String format) {
        return label(
                input().withType("checkbox")
                        .withName("formats")
                        .withValue(format)
                        .attr("checked"),
                text(format));
    }

    private static ContainerTag<?> choice(String first, String firstName, String second, String secondName) {
        return select(option(firstName).withValue(first), option(secondName).withValue(second));
    }

    private static Tag<?> number(String usual) {
        return input().attr("inputmode", "decimal").attr("value", usual);
    }

    private static ContainerTag<?> field(String name, String title, String hint, Tag<?> control) {
        return field(name, name, title, hint, control);
    }

    /** @param name of the request's field
     *  @param id of the control, where another field has the same name */
    private static ContainerTag<?> field(String name, String id, String title, String hint, Tag<?> control) {
        String described = hint.isEmpty() ? "wrong-" + id : "hint-" + id + " wrong-" + id;
        control.attr("id", "field-" + id).attr("name", id).attr("aria-describedby", described);
        var part = div(label(title).attr("for", "field-" + id), control)
                .withClass("field")
                .withData("field", name);
        if (!hint.isEmpty()) {
            part.with(p(attrs(".hint"), hint).withId("hint-" + id));
        }
        return part.with(problem(id));
    }

    private static DomContent problem(String id) {
        return p(attrs(".wrong")).withId("wrong-" + id).attr("tabindex", "-1").attr("hidden");
    }
}
