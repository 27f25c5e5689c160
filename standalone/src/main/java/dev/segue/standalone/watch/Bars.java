package dev.segue.standalone.watch;

import dev.segue.contracts.client.SongState;
import dev.segue.contracts.record.LevelProgress;
import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.record.SongProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A song on a terminal: a bar for each level, the coarsest first, that is written over, below what was said. Owned by the
 * thread that follows the song.
 */
final class Bars implements SongView {
    private static final String UP = "\033[%dA";
    private static final String CLEAR_LINE = "\033[2K";
    private static final String CLEAR_BELOW = "\033[J";
    private static final int WIDTH = 32;
    private static final double MILLIS = 1000;

    private final PrintWriter out;
    private final Sentences sentences;
    private final Map<Integer, Beginning> beginnings = new HashMap<>();
    private List<String> drawn = List.of();

    /** When the first new codes of a level were seen, and how many there were. */
    private record Beginning(Instant at, int codes) {}

    Bars(PrintWriter out, Sentences sentences) {
        this.out = out;
        this.sentences = sentences;
    }

    @Override
    public void show(SongEvent event, SongState before, SongState now) {
        sentences.of(event, before).forEach(this::say);
        now.progress().ifPresent(progress -> draw(lines(event.getAt(), now, progress)));
    }

    private List<String> lines(Instant at, SongState now, SongProgress progress) {
        List<String> lines = new ArrayList<>();
        List<LevelProgress> levels = progress.getLevels();
        for (int i = levels.size() - 1; i >= 0; i--) {
            lines.add(bar(at, levels.get(i)));
        }
        String eta = progress.getEtaSeconds() == null || now.outcome().isPresent()
                ? ""
                : ", about " + Sentences.seconds(progress.getEtaSeconds()) + " to go";
        lines.add(String.format(Locale.ROOT, "  %s, %.0f %%%s", Sentences.stage(now), 100 * now.share(), eta));
        return lines;
    }

    private String bar(Instant at, LevelProgress level) {
        double share = level.getCodes() / (double) Math.max(1, level.getTotalCodes());
        int full = (int) (WIDTH * share);
        return String.format(
                Locale.ROOT,
                "  level %d %s%s %3.0f %%  %s%s",
                level.getLevel(),
                "█".repeat(full),
                "░".repeat(WIDTH - full),
                100 * share,
                Sentences.codes(level),
                eta(at, level));
    }

    /** At the speed of this level since its first new codes. */
    private String eta(Instant at, LevelProgress level) {
        if (level.getCodes() <= level.getPromptCodes() || level.getCodes() >= level.getTotalCodes()) {
            return "";
        }
        Beginning beginning =
                beginnings.computeIfAbsent(level.getLevel(), number -> new Beginning(at, level.getCodes()));
        double passed = Duration.between(beginning.at, at).toMillis() / MILLIS;
        int made = level.getCodes() - beginning.codes;
        return made <= 0
                ? ""
                : ", " + Sentences.seconds((level.getTotalCodes() - level.getCodes()) * passed / made) + " to go";
    }

    private void draw(List<String> lines) {
        erase();
        lines.forEach(line -> out.println(CLEAR_LINE + line));
        out.flush();
        drawn = lines;
    }

    private void erase() {
        if (!drawn.isEmpty()) {
            out.printf(UP + CLEAR_BELOW, drawn.size());
        }
    }

    @Override
    public void say(String sentence) {
        erase();
        out.println(sentence);
        List<String> below = drawn;
        drawn = List.of();
        draw(below);
    }

    @Override
    public void close() {
        out.flush();
    }
}
