package dev.segue.worker.figures;

import dev.segue.contracts.model.ModelCard;
import dev.segue.worker.jukebox.labels.SongDescription;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * What songs are said to be that they are not. Each is drawn by the seed and the song's place in the list: one other
 * genre, one other artist, the lyrics of one other song, and the song's own characters in another order.
 */
public final class WrongLabels {
    private final ModelCard card;
    private final List<EncodedSong> songs;
    private final long seed;

    /** Draws among the genres, artists and lyrics of the songs. */
    public WrongLabels(ModelCard card, List<EncodedSong> songs, long seed) {
        this.card = card;
        this.songs = List.copyOf(songs);
        this.seed = seed;
    }

    /** What is wrong of a song. */
    public enum Kind {
        /** Another genre, drawn by the seed. */
        GENRE,
        /** Another artist, drawn by the seed. */
        ARTIST,
        /** The lyrics of another song, drawn by the seed. */
        LYRICS_OF_ANOTHER_SONG,
        /** The song's own lyrics, their characters in another order. */
        CHARACTERS_PERMUTED;

        /** As a table writes it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        /** Whether it is the lyrics that are wrong. */
        boolean ofLyrics() {
            return this == LYRICS_OF_ANOTHER_SONG || this == CHARACTERS_PERMUTED;
        }
    }

    /** The wrong descriptions of a song; a kind is left out where there is nothing else to say. */
    public Map<Kind, SongDescription> of(int song) {
        Random random = new Random(seed + song);
        // The first numbers of neighbouring seeds are alike.
        random.nextLong();
        EncodedSong of = songs.get(song);
        String genre = of.entry().genre();
        String artist = of.entry().artist();
        String lyrics = of.entry().lyrics();
        Map<Kind, SongDescription> wrong = new EnumMap<>(Kind.class);
        other(random, songs.stream().map(one -> one.entry().genre()).toList(), genre)
                .forEach(other -> wrong.put(Kind.GENRE, of.description(card, other, artist, lyrics)));
        other(random, songs.stream().map(one -> one.entry().artist()).toList(), artist)
                .forEach(other -> wrong.put(Kind.ARTIST, of.description(card, genre, other, lyrics)));
        if (!lyrics.isBlank()) {
            other(random, songs.stream().map(one -> one.entry().lyrics()).toList(), lyrics)
                    .forEach(other ->
                            wrong.put(Kind.LYRICS_OF_ANOTHER_SONG, of.description(card, genre, artist, other)));
            wrong.put(Kind.CHARACTERS_PERMUTED, of.description(card, genre, artist, permuted(random, lyrics)));
        }
        return wrong;
    }

    /** One of the values that is another one; none if all are the same. */
    private static List<String> other(Random random, List<String> values, String one) {
        List<String> others = values.stream()
                .filter(value -> !value.equals(one) && !value.isBlank())
                .distinct()
                .sorted()
                .toList();
        return others.isEmpty() ? List.of() : List.of(others.get(random.nextInt(others.size())));
    }

    private static String permuted(Random random, String text) {
        List<String> characters =
                new ArrayList<>(text.codePoints().mapToObj(Character::toString).toList());
        Collections.shuffle(characters, random);
        return characters.stream().collect(Collectors.joining());
    }
}
