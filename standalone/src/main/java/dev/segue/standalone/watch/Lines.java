package dev.segue.standalone.watch;

import dev.segue.contracts.client.SongState;
import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.record.SongProgress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;

/** A song as plain lines: one for everything that is said, and one for each tenth of the way. */
final class Lines implements SongView {
    private static final int STEPS = 10;

    private final PrintWriter out;
    private final Sentences sentences;
    private String stage = "";
    private int step;

    Lines(PrintWriter out, Sentences sentences) {
        this.out = out;
        this.sentences = sentences;
    }

    @Override
    public void show(SongEvent event, SongState before, SongState now) {
        sentences.of(event, before).forEach(this::say);
        if (now.outcome().isEmpty()) {
            progress(now);
        }
    }

    private void progress(SongState state) {
        String where = Sentences.stage(state);
        int reached = (int) (state.share() * STEPS);
        if (where.equals(stage) && reached <= step) {
            return;
        }
        stage = where;
        step = reached;
        say(where
                + state.progress().map(Lines::levels).orElse("")
                + state.progress()
                        .map(SongProgress::getEtaSeconds)
                        .map(eta -> ", " + Sentences.seconds(eta) + " to go")
                        .orElse(""));
    }

    private static String levels(SongProgress progress) {
        return progress.getLevels().isEmpty()
                ? ""
                : progress.getLevels().stream()
                        .map(level -> String.format(
                                Locale.ROOT,
                                "level %d %.0f %%",
                                level.getLevel(),
                                100.0 * level.getCodes() / Math.max(1, level.getTotalCodes())))
                        .collect(Collectors.joining(", ", ": ", ""));
    }

    @Override
    public void say(String sentence) {
        out.println(sentence);
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }
}
