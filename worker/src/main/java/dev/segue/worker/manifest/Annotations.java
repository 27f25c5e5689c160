package dev.segue.worker.manifest;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What may be known of a song beside its words.
 *
 * @param seconds that it lasts
 * @param tempo in beats per minute
 * @param key such as "a minor"; empty if nobody says
 * @param seed that it was made from
 * @param characters when each character (code point) of the lyrics is sung, in their order; empty if nobody says
 * @param chords in their order; empty if nobody says
 * @param sections in their order; empty if nobody says
 */
public record Annotations(
        OptionalDouble seconds,
        OptionalDouble tempo,
        String key,
        OptionalLong seed,
        List<CharacterTime> characters,
        List<Mark> chords,
        List<Mark> sections) {
    /** Nothing is known. */
    public static final Annotations NONE = new Annotations(
            OptionalDouble.empty(), OptionalDouble.empty(), "", OptionalLong.empty(), List.of(), List.of(), List.of());

    /** Copies what it is given. */
    public Annotations {
        characters = List.copyOf(characters);
        chords = List.copyOf(chords);
        sections = List.copyOf(sections);
    }
}
