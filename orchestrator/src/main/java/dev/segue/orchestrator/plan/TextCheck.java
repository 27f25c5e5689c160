package dev.segue.orchestrator.plan;

import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.request.InvalidField;
import dev.segue.contracts.request.Rejection;
import java.util.List;
import java.util.regex.Pattern;

/** Ids, names and lyrics of a request. Lives as long as one check. */
final class TextCheck {
    private static final Pattern SONG_ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    private final Limits limits;
    private final List<Rejection> found;

    TextCheck(Limits limits, List<Rejection> found) {
        this.limits = limits;
        this.found = found;
    }

    void songId(String field, String id) {
        if (!SONG_ID.matcher(id).matches()) {
            found.add(new InvalidField.Malformed(
                    field,
                    id,
                    "must be 1 to 64 of a-z, 0-9 and dash, the first a letter or digit",
                    "choose such an id"));
        }
    }

    void words(SongRequest request) {
        name("artist", request.getArtist());
        List<String> genres = request.getGenres();
        if (genres.size() > limits.maxGenres()) {
            found.add(new InvalidField.TooMany("genres", genres.size(), limits.maxGenres()));
        }
        for (int i = 0; i < Math.min(genres.size(), limits.maxGenres()); i++) {
            named("genres[" + i + "]", genres.get(i), "remove it");
        }
        if (request.getLyrics().length() > limits.maxLyrics()) {
            found.add(new InvalidField.TooLong("lyrics", request.getLyrics(), limits.maxLyrics()));
        }
    }

    void tenant(String tenant) {
        named("tenant", tenant, "name one, or leave the field at its default");
    }

    private void named(String field, String text, String fixIfEmpty) {
        if (text.isBlank()) {
            found.add(new InvalidField.Malformed(field, text, "must not be blank", fixIfEmpty));
        } else {
            name(field, text);
        }
    }

    private void name(String field, String text) {
        if (text.length() > limits.maxName()) {
            found.add(new InvalidField.TooLong(field, text, limits.maxName()));
            return;
        }
        text.chars()
                .filter(Character::isISOControl)
                .findFirst()
                .ifPresent(control -> found.add(new InvalidField.ControlCharacter(field, text, text.indexOf(control))));
    }
}
