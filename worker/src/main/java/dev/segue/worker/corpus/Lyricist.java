package dev.segue.worker.corpus;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Writes lines of a given number of syllables from a list of words and a few kinds of sentences. Immutable. */
final class Lyricist {
    private static final String WORDS = "words.txt";
    private static final List<List<String>> SENTENCES = List.of(
            List.of("adj", "noun", "verb"),
            List.of("noun", "verb", "adv"),
            List.of("art", "adj", "noun", "verb"),
            List.of("art", "noun", "verb", "prep", "noun"),
            List.of("adj", "noun", "prep", "noun"),
            List.of("prep", "adj", "noun", "noun", "verb"),
            List.of("noun", "link", "noun", "verb"),
            List.of("link", "art", "adj", "noun", "verb"),
            List.of("adv", "art", "noun", "verb"),
            List.of("verb", "prep", "art", "adj", "noun"));
    private static final int MOST_TRIES = 10_000;

    private final Map<String, List<Word>> words;

    private record Word(String text, int syllables) {}

    private Lyricist(Map<String, List<Word>> words) {
        this.words = words;
    }

    /** With the words that come with this package. */
    static Lyricist standard() {
        Map<String, List<Word>> words = new LinkedHashMap<>();
        try (InputStream bytes = Lyricist.class.getResourceAsStream(WORDS);
                BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    int colon = line.indexOf(':');
                    List<Word> kind = words.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>());
                    for (String word : line.substring(colon + 1).trim().split(" ", -1)) {
                        kind.add(new Word(word, Syllables.of(word).size()));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Lyricist(words);
    }

    /** Different words that it knows. */
    long vocabulary() {
        return words.values().stream()
                .flatMap(List::stream)
                .map(Word::text)
                .distinct()
                .count();
    }

    /** One line of small letters and spaces. */
    String line(int syllables, Random draws) {
        for (int attempt = 0; attempt < MOST_TRIES; attempt++) {
            List<String> sentence = SENTENCES.get(draws.nextInt(SENTENCES.size()));
            List<String> chosen = new ArrayList<>();
            int sum = 0;
            for (String kind : sentence) {
                List<Word> choices = words.get(kind);
                Word word = choices.get(draws.nextInt(choices.size()));
                chosen.add(word.text());
                sum += word.syllables();
            }
            if (sum == syllables) {
                return String.join(" ", chosen);
            }
        }
        throw new IllegalStateException("no line of " + syllables + " syllables was found in " + MOST_TRIES + " tries");
    }
}
