package dev.segue.orchestrator.status.page;

import static j2html.TagCreator.a;
import static j2html.TagCreator.caption;
import static j2html.TagCreator.dd;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.time;
import static j2html.TagCreator.tr;
import static j2html.TagCreator.ul;

import dev.segue.orchestrator.status.document.LevelDocument;
import dev.segue.orchestrator.status.document.SongDocument;
import dev.segue.orchestrator.status.document.UnknownWordDocument;
import j2html.tags.DomContent;
import j2html.tags.specialized.DlTag;
import java.time.Instant;
import java.util.stream.Collectors;

/** What there is to know of a song besides its sound: files, numbers of each level, and how it was asked for. */
final class SongDetails {
    private SongDetails() {}

    static DomContent of(SongDocument song) {
        return div(
                SongPage.live("files", files(song)),
                SongPage.live("levels", levels(song)),
                SongPage.live("facts", facts(song)));
    }

    private static DomContent files(SongDocument song) {
        DomContent list = song.files().isEmpty()
                ? p(song.state().isEnd() ? "There are none." : "They come when the song is finished.")
                        .withClass("muted")
                : ul(each(
                                song.files(),
                                file -> li(
                                        a(file.name())
                                                .withHref(file.href())
                                                .attr("download", song.id() + "-" + file.name()),
                                        span(SongWords.size(file.bytes())).withClass("muted"))))
                        .withClass("files");
        return section(h2("Downloads"), list);
    }

    private static DomContent levels(SongDocument song) {
        if (song.levels().isEmpty()) {
            return section();
        }
        return section(
                h2("Levels"),
                table(
                        caption("How far each level is").withClass("unseen"),
                        thead(tr(column("Level"), column("Codes"), column("Windows"), column("Heard"))),
                        tbody(each(Wavefront.topFirst(song.levels()), level -> row(song, level)))));
    }

    private static DomContent column(String name) {
        return th(name).attr("scope", "col");
    }

    private static DomContent row(SongDocument song, LevelDocument level) {
        return tr(
                        th(SongWords.level(song, level.level()) + " " + level.level())
                                .attr("scope", "row"),
                        td(SongWords.count(level.codes()) + " of " + SongWords.count(level.totalCodes())),
                        td(SongWords.count(level.windowsDone()) + " of " + SongWords.count(level.windows())),
                        td(SongWords.brief(Score.heardSeconds(song, level.level())) + " s"))
                .withClass("level-" + level.level());
    }

    private static DomContent facts(SongDocument song) {
        DlTag facts = dl().withClass("facts-list");
        facts.with(dt("Asked for"), dd(when(song.requestedAt())));
        facts.with(dt("Last change"), dd(when(song.updatedAt())));
        facts.with(dt("Length"), dd(SongWords.seconds(song.durationSeconds())));
        song.seed().ifPresent(seed -> facts.with(dt("Seed"), dd(seed.toString()).withClass("mono")));
        song.sampleRate().ifPresent(rate -> facts.with(dt("Sample rate"), dd(SongWords.count(rate) + " Hz")));
        facts.with(dt("Tenant"), dd(song.tenant()));
        if (!song.unknownWords().isEmpty()) {
            facts.with(
                    dt("Not known"),
                    dd(song.unknownWords().stream()
                            .map(UnknownWordDocument::word)
                            .distinct()
                            .collect(Collectors.joining(", ", "The model has never heard of ", "."))));
        }
        song.heardLyrics()
                .filter(heard -> !heard.isBlank() && !heard.equals(song.lyrics()))
                .ifPresent(heard -> facts.with(dt("As heard"), dd(heard)));
        return section(h2("Request"), facts);
    }

    private static DomContent when(Instant instant) {
        return time(text(SongWords.time(instant))).attr("datetime", instant.toString());
    }
}
