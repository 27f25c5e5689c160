package dev.segue.orchestrator.plan;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.AudioPrompt;
import dev.segue.contracts.record.EarlierSong;
import dev.segue.contracts.record.EarlierSongUse;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.request.InvalidField;
import dev.segue.contracts.request.Rejection;
import dev.segue.contracts.request.Shown;
import dev.segue.contracts.window.WindowSchedule;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a song begins with or is made from. Lives as long as one check. */
final class BeginningCheck {
    private static final int LONGEST_KEY = 1024;
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final String S3 = "s3://";

    private final Optional<ModelCard> model;
    private final TextCheck text;
    private final List<Rejection> found;

    BeginningCheck(Optional<ModelCard> model, TextCheck text, List<Rejection> found) {
        this.model = model;
        this.text = text;
        this.found = found;
    }

    void check(SongRequest request) {
        AudioPrompt prompt = request.getAudioPrompt();
        EarlierSong earlier = request.getEarlierSong();
        if (prompt != null && earlier != null) {
            found.add(new InvalidField.Contradiction(
                    "audioPrompt", "given", "earlierSong is given too", "give only one of them"));
        }
        if (prompt != null) {
            checkObject(prompt.getObject());
            checkSeconds("audioPrompt.seconds", prompt.getSeconds(), request, true);
        }
        if (earlier != null) {
            check(request, earlier);
        }
    }

    private void check(SongRequest request, EarlierSong earlier) {
        text.songId("earlierSong.songId", earlier.getSongId());
        if (earlier.getSongId().equals(request.getSongId())) {
            found.add(new InvalidField.Contradiction(
                    "earlierSong.songId",
                    Shown.quoted(earlier.getSongId()),
                    "no song can be made from itself",
                    "name a finished song, or give this one another songId"));
        }
        if (earlier.getUse() == EarlierSongUse.UNKNOWN) {
            found.add(new InvalidField.UnknownSymbol("earlierSong.use", List.of("CONTINUE", "UPSAMPLE")));
        }
        boolean upsampled = earlier.getUse() == EarlierSongUse.UPSAMPLE;
        checkSeconds("earlierSong.seconds", earlier.getSeconds(), request, !upsampled);
        if (upsampled) {
            model.ifPresent(card -> checkUpsampling(request, card));
        }
    }

    private void checkObject(String object) {
        String key = object;
        if (object.startsWith(S3)) {
            String path = object.substring(S3.length());
            int slash = path.indexOf('/');
            key = slash < 0 ? "" : path.substring(slash + 1);
            if (slash < 0 || !BUCKET.matcher(path.substring(0, slash)).matches()) {
                key = "";
            }
        }
        boolean leavesBucket = List.of(key.split("/", -1)).stream()
                .anyMatch(part -> part.equals(".") || part.equals("..") || part.isEmpty());
        if (leavesBucket
                || key.length() > LONGEST_KEY
                || key.contains("://")
                || key.chars().anyMatch(Character::isISOControl)) {
            found.add(new InvalidField.Malformed(
                    "audioPrompt.object",
                    object,
                    "must be a key in Segue's bucket or s3://bucket/key, the key without empty parts, dots as parts and"
                            + " control characters",
                    "name an object in the store"));
        }
    }

    private void checkSeconds(String field, Double seconds, SongRequest request, boolean mustLeaveRoom) {
        if (seconds == null) {
            return;
        }
        if (!(seconds > 0) || seconds.isInfinite()) {
            found.add(new InvalidField.OutOfRange(
                    field, Shown.number(seconds), "must be more than 0", "set it, or leave it out to use all of it"));
            return;
        }
        if (mustLeaveRoom && seconds >= request.getDurationSeconds()) {
            found.add(new InvalidField.PromptFillsSong(field, seconds, request.getDurationSeconds()));
            return;
        }
        model.ifPresent(card -> {
            int hop = card.vqVae().shape().hop(card.levels().size() - 1);
            if (WindowSchedule.sampleLength(seconds, card.sampleRate(), hop) == 0) {
                found.add(new InvalidField.LessThanOneCode(field, seconds, hop / (double) card.sampleRate()));
            }
        });
    }

    private void checkUpsampling(SongRequest request, ModelCard card) {
        int top = card.levels().size() - 1;
        if (request.getFinestLevel() == top) {
            found.add(new InvalidField.Contradiction(
                    "earlierSong.use",
                    "UPSAMPLE",
                    "finestLevel " + top + " is the top level, which upsampling keeps as it is",
                    top > 0 ? "choose a finestLevel from 0 to " + (top - 1) : "use CONTINUE"));
        }
        Double seconds = request.getEarlierSong().getSeconds();
        int hop = card.vqVae().shape().hop(top);
        if (seconds != null
                && seconds > 0
                && WindowSchedule.sampleLength(seconds, card.sampleRate(), hop)
                        < SongPlan.sampleLength(request, card)) {
            found.add(new InvalidField.OutOfRange(
                    "earlierSong.seconds",
                    Shown.number(seconds),
                    "upsampling takes a top level of all " + Shown.number(request.getDurationSeconds()) + " s",
                    "raise it or lower durationSeconds"));
        }
    }
}
