package dev.segue.orchestrator.plan;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.model.TimingBounds;
import dev.segue.contracts.model.TimingShape;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.record.SongWords;
import dev.segue.contracts.request.InvalidField;
import dev.segue.contracts.request.Rejection;
import dev.segue.contracts.request.Shown;
import dev.segue.contracts.window.Level;
import dev.segue.contracts.window.PartialWindow;
import dev.segue.contracts.window.Window;
import dev.segue.contracts.window.WindowSchedule;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How long a song is to be, and where it lies in the song that the model is told of. Lives as long as one check. */
final class LengthCheck {
    private final Limits limits;
    private final Optional<ModelCard> model;
    private final List<Rejection> found;

    LengthCheck(Limits limits, Optional<ModelCard> model, List<Rejection> found) {
        this.limits = limits;
        this.model = model;
        this.found = found;
    }

    void check(SongRequest request) {
        int before = found.size();
        double known = known();
        double most = Math.min(limits.maxSeconds(), known);
        double seconds = request.getDurationSeconds();
        if (!(seconds > 0) || seconds > most) {
            outOfRange(
                    "durationSeconds",
                    seconds,
                    seconds > most && most < limits.maxSeconds()
                            ? "the model knows songs of at most " + Shown.number(most) + " s only"
                            : "must be more than 0 and at most " + Shown.number(most) + " s");
        } else {
            model.ifPresent(card -> checkCodes(request, card));
        }
        Double total = request.getTotalDurationSeconds();
        if (total != null && (!(total > 0) || total > known)) {
            outOfRange("totalDurationSeconds", total, "must be more than 0 and at most " + Shown.number(known) + " s");
        }
        double offset = request.getOffsetSeconds();
        if (!(offset >= 0) || offset > known) {
            outOfRange("offsetSeconds", offset, "must be from 0 to " + Shown.number(known) + " s");
        }
        if (found.size() == before) {
            model.ifPresent(card -> checkPlace(request, card));
        }
    }

    /** Whether the upsamplers that are asked for have at least a window of a song that is long enough otherwise. */
    private void checkCodes(SongRequest request, ModelCard card) {
        List<Level> levels = card.schedule();
        int top = levels.size() - 1;
        double rate = card.sampleRate();
        long samples = SongPlan.sampleLength(request, card);
        if (samples == 0) {
            found.add(new InvalidField.LessThanOneCode(
                    "durationSeconds",
                    request.getDurationSeconds(),
                    levels.get(top).hop() / rate));
            return;
        }
        levels.stream()
                .filter(level -> level.number() >= request.getFinestLevel() && level.conditioned())
                .max(Comparator.comparingInt(Level::windowSamples))
                .filter(level -> samples < level.windowSamples())
                .ifPresent(level -> found.add(new InvalidField.TooShort(
                        request.getDurationSeconds(),
                        level.number(),
                        millisecondsUp((long) Segmentation.least(List.of(level, levels.get(top)))
                                * levels.get(top).hop()
                                / rate),
                        top)));
    }

    /** Whether every produced level that hears of time can be told of all windows. */
    private void checkPlace(SongRequest request, ModelCard card) {
        SongWords words = SongPlan.words(request, card);
        long samples = SongPlan.sampleLength(request, card);
        for (Level level : card.schedule()) {
            PriorShape prior = card.levels().get(level.number()).prior();
            if (prior.timing() != null && level.number() >= request.getFinestLevel()) {
                List<Window> windows =
                        WindowSchedule.windows(level, level.codes(samples), 0, PartialWindow.FILL_TO_TOTAL);
                long last = (long) windows.get(windows.size() - 1).start() * level.hop();
                Optional<Rejection> rejection = new TimingBounds(prior.timing(), prior.sampleRate())
                        .check(
                                words.getTotalSamples(),
                                words.getOffsetSamples(),
                                words.getOffsetSamples() + last,
                                level.windowSamples());
                if (rejection.isPresent()) {
                    found.add(inFieldsOf(request, rejection.get(), card.sampleRate()));
                    return;
                }
            }
        }
        if (words.getOffsetSamples() >= words.getTotalSamples()) {
            found.add(offsetBehind(request, words.getTotalSamples() / (double) card.sampleRate()));
        }
    }

    private static Rejection inFieldsOf(SongRequest request, Rejection rejection, double rate) {
        if (rejection instanceof Rejection.TotalLengthOutOfRange total) {
            boolean given = request.getTotalDurationSeconds() != null;
            return new InvalidField.OutOfRange(
                    given ? "totalDurationSeconds" : "durationSeconds",
                    Shown.number(given ? request.getTotalDurationSeconds() : request.getDurationSeconds()),
                    (given ? "" : "with its offset the song ends at " + Shown.seconds(total.samples() / rate) + " and ")
                            + "the model knows songs of at least " + Shown.number(total.minSeconds())
                            + " s and less than " + Shown.number(total.maxSeconds()) + " s only",
                    given ? "choose a length in that range" : "ask for a shorter song or lower offsetSeconds");
        }
        if (rejection instanceof Rejection.OffsetOutsideSong offset) {
            return offsetBehind(request, offset.totalLength() / rate);
        }
        if (rejection instanceof Rejection.WindowBehindSong behind) {
            return new InvalidField.OutOfRange(
                    "durationSeconds",
                    Shown.number(request.getDurationSeconds()),
                    "its last window begins at " + Shown.seconds(behind.windowStart() / rate)
                            + " of a song that ends at " + Shown.seconds(behind.totalLength() / rate),
                    "ask for a shorter song, lower offsetSeconds or raise totalDurationSeconds");
        }
        if (rejection instanceof Rejection.WindowTooLate late) {
            return new InvalidField.OutOfRange(
                    "durationSeconds",
                    Shown.number(request.getDurationSeconds()),
                    "its last window ends at " + Shown.seconds(late.windowEnd() / rate)
                            + " and the model knows places up to " + Shown.number(late.maxSeconds()) + " s only",
                    "ask for a shorter song or lower offsetSeconds");
        }
        return rejection;
    }

    private static Rejection offsetBehind(SongRequest request, double totalSeconds) {
        return new InvalidField.OutOfRange(
                "offsetSeconds",
                Shown.number(request.getOffsetSeconds()),
                "must be less than the " + Shown.seconds(totalSeconds) + " of the whole song",
                "lower it or raise totalDurationSeconds");
    }

    /** The longest song that every level knows; what the installation allows if none hears of time. */
    private double known() {
        return model.stream()
                .flatMap(card -> card.levels().stream())
                .map(level -> level.prior().timing())
                .filter(Objects::nonNull)
                .mapToDouble(TimingShape::maxSeconds)
                .min()
                .orElse(limits.maxSeconds());
    }

    private void outOfRange(String field, double value, String limit) {
        found.add(new InvalidField.OutOfRange(field, Shown.number(value), limit, "choose a number in that range"));
    }

    private static double millisecondsUp(double seconds) {
        return Math.ceil(seconds * 1000) / 1000;
    }
}
