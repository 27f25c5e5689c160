package dev.segue.orchestrator.status.page;

import dev.segue.orchestrator.status.document.ModelList;
import dev.segue.orchestrator.status.document.Problem;
import dev.segue.orchestrator.status.document.SongDocument;
import dev.segue.orchestrator.status.document.SongList;
import dev.segue.orchestrator.status.http.Pages;
import java.util.Optional;

/** All pages, with the style and the scripts that are in this jar. Immutable. */
public final class RenderedPages implements Pages {
    private final PageAssets assets;
    private final SongsPage songs;
    private final SongPage song;
    private final DeadLettersPage deadLetters;
    private final ProblemPage problem;

    private RenderedPages(PageAssets assets) {
        this.assets = assets;
        Frame frame = new Frame(assets);
        this.songs = new SongsPage(frame);
        this.song = new SongPage(frame);
        this.deadLetters = new DeadLettersPage(frame);
        this.problem = new ProblemPage(frame);
    }

    /** Reads what they need from the class path. */
    public static RenderedPages load() {
        return new RenderedPages(PageAssets.load());
    }

    @Override
    public String songs(SongList list, Query query, ModelList models) {
        return songs.render(list, query.state(), models);
    }

    @Override
    public String song(SongDocument document) {
        return song.render(document);
    }

    @Override
    public String deadLetters() {
        return deadLetters.render();
    }

    @Override
    public String problem(Problem what) {
        return problem.render(what);
    }

    @Override
    public Optional<Asset> asset(String version, String name) {
        return assets.find(version, name);
    }
}
