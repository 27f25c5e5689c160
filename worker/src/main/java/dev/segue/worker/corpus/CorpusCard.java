package dev.segue.worker.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.worker.manifest.SongEntry;
import dev.segue.worker.manifest.Split;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a corpus is, as {@code corpus.json} says it.
 *
 * @param words different ones that lyrics are written with
 * @param splits songs of each
 * @param soundSeconds of all songs together
 * @param longestSeconds of a song
 * @param longestLyrics of a song, in characters
 * @param sha256 over the songs and the manifest
 */
public record CorpusCard(
        CorpusPlan plan,
        long words,
        Map<Split, Long> splits,
        double soundSeconds,
        double longestSeconds,
        int longestLyrics,
        String sha256) {
    /** What the file is called. */
    public static final String FILE = "corpus.json";

    private static final int FORMAT = 1;

    static CorpusCard of(CorpusPlan plan, long words, List<SongEntry> songs, String sha256) {
        Map<Split, Long> splits = new LinkedHashMap<>();
        for (Split split : Split.values()) {
            splits.put(
                    split, songs.stream().filter(song -> song.split() == split).count());
        }
        List<Double> seconds = songs.stream()
                .map(song -> song.annotations().seconds().orElseThrow())
                .toList();
        return new CorpusCard(
                plan,
                words,
                splits,
                seconds.stream().reduce(0.0, Double::sum),
                seconds.stream().max(Comparator.naturalOrder()).orElseThrow(),
                songs.stream().mapToInt(song -> song.lyrics().length()).max().orElseThrow(),
                sha256);
    }

    String toJson() {
        ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode node = json.createObjectNode();
        node.put("format", FORMAT).put("generator", CorpusWriter.GENERATOR);
        node.put("seed", plan.seed()).put("songs", plan.songs()).put("seconds", decimal(plan.seconds()));
        node.put("sampleRate", plan.sampleRate()).put("words", words);
        Genre.ALL.forEach(genre -> node.withArray("genres").add(genre.label()));
        Artist.ALL.forEach(artist -> node.withArray("artists").add(artist.label()));
        ObjectNode counts = node.putObject("splits");
        splits.forEach((split, count) -> counts.put(split.label(), count));
        node.put("soundSeconds", decimal(soundSeconds)).put("longestSeconds", decimal(longestSeconds));
        node.put("longestLyrics", longestLyrics).put("sha256", sha256);
        try {
            // Line ends of its own: those of the platform would make other bytes elsewhere.
            return json.writeValueAsString(node).replace("\r\n", "\n") + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BigDecimal decimal(double value) {
        return new BigDecimal(value).setScale(3, RoundingMode.HALF_UP);
    }
}
