package dev.segue.orchestrator.plan;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.AudioFormat;
import dev.segue.contracts.record.SampleDepth;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.request.InvalidField;
import dev.segue.contracts.request.Rejection;
import dev.segue.contracts.request.Shown;
import dev.segue.contracts.window.Level;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How a song is to be made and handed over. Lives as long as one check. */
final class OptionsCheck {
    private static final int LOWEST_PRIORITY = -100;
    private static final int HIGHEST_PRIORITY = 100;

    private final Limits limits;
    private final Optional<ModelCard> model;
    private final List<Rejection> found;

    OptionsCheck(Limits limits, Optional<ModelCard> model, List<Rejection> found) {
        this.limits = limits;
        this.model = model;
        this.found = found;
    }

    void check(SongRequest request, Instant now) {
        int finest = request.getFinestLevel();
        int highest = model.map(card -> card.levels().size() - 1).orElse(Integer.MAX_VALUE);
        if (finest < 0 || finest > highest) {
            outOfRange("finestLevel", finest, "must be from 0 to " + highest, "choose a level in that range");
        }
        checkSegments(request);
        int priority = request.getPriority();
        if (priority < LOWEST_PRIORITY || priority > HIGHEST_PRIORITY) {
            outOfRange(
                    "priority",
                    priority,
                    "must be from " + LOWEST_PRIORITY + " to " + HIGHEST_PRIORITY,
                    "choose one in that range, 0 is usual");
        }
        if (request.getDeadline() != null && !request.getDeadline().isAfter(now)) {
            found.add(new InvalidField.DeadlinePassed(request.getDeadline(), now));
        }
        for (int i = 0; i < request.getFormats().size(); i++) {
            if (request.getFormats().get(i) == AudioFormat.UNKNOWN) {
                found.add(new InvalidField.UnknownSymbol("formats[" + i + "]", List.of("FLAC", "WAV")));
            }
        }
        if (request.getSampleDepth() == SampleDepth.UNKNOWN) {
            found.add(new InvalidField.UnknownSymbol("sampleDepth", List.of("PCM16", "PCM24")));
        }
    }

    private void checkSegments(SongRequest request) {
        int segments = request.getParallelSegments();
        if (segments < 1 || segments > limits.maxParallelSegments()) {
            outOfRange(
                    "parallelSegments",
                    segments,
                    "must be from 1 to " + limits.maxParallelSegments(),
                    "use 1 for the original's way");
        } else if (segments > 1 && model.isPresent()) {
            checkCuts(request, model.get());
        }
    }

    private void checkCuts(SongRequest request, ModelCard card) {
        List<Level> levels = card.schedule();
        int top = levels.size() - 1;
        int finest = request.getFinestLevel();
        if (finest == top) {
            found.add(new InvalidField.Contradiction(
                    "parallelSegments",
                    Integer.toString(request.getParallelSegments()),
                    "finestLevel " + top + " leaves no level that could be cut",
                    "use 1 or produce finer levels"));
            return;
        }
        double seconds = request.getDurationSeconds();
        if (finest < 0 || finest > top || !(seconds > 0) || seconds > limits.maxSeconds()) {
            return;
        }
        int least = Segmentation.least(levels.subList(finest, levels.size()));
        int topHop = levels.get(top).hop();
        int room = levels.get(top).codes(SongPlan.sampleLength(request, card)) / least;
        if (room >= 1 && request.getParallelSegments() > room) {
            outOfRange(
                    "parallelSegments",
                    request.getParallelSegments(),
                    "a song of " + Shown.number(seconds) + " s has room for at most " + room
                            + ", since each takes a whole window of "
                            + Shown.seconds((double) least * topHop / card.sampleRate()),
                    "lower it or ask for a longer song");
        }
    }

    private void outOfRange(String field, int value, String limit, String fix) {
        found.add(new InvalidField.OutOfRange(field, Integer.toString(value), limit, fix));
    }
}
