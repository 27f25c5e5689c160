package dev.segue.contracts.client;

import dev.segue.contracts.record.SongRequest;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A request that no broker takes, because of its size. */
public final class RequestTooLargeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    RequestTooLargeException(SongRequest request, String topic, int limit, Throwable cause) {
        super(sentence(request, topic, limit), cause);
    }

    private static String sentence(SongRequest request, String topic, int limit) {
        Map.Entry<String, Integer> largest = List.of(
                        Map.entry("lyrics", bytes(request.getLyrics())),
                        Map.entry("artist", bytes(request.getArtist())),
                        Map.entry("genres", bytes(String.join(" ", request.getGenres()))),
                        Map.entry("tenant", bytes(request.getTenant())))
                .stream()
                .max(Comparator.comparingInt(Map.Entry::getValue))
                .orElseThrow();
        return "the request is larger than the %d bytes that a record of %s may have, %d of them %s; shorten %s"
                .formatted(limit, topic, largest.getValue(), largest.getKey(), largest.getKey());
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
