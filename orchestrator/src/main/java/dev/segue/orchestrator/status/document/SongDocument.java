package dev.segue.orchestrator.status.document;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is known of a song. Immutable.
 *
 * @param id its key
 * @param tenant on whose behalf
 * @param state where it is, or how it ended
 * @param model name of the model; empty where a request was turned away before anybody could read it
 * @param artist whom it is to sound like; may be empty
 * @param genres what it is to sound like
 * @param lyrics what is sung, as it was asked for; may be empty
 * @param durationSeconds length that was asked for
 * @param requestedAt when its first event was
 * @param updatedAt when its last event was
 * @param sequence number of its last event; 0 before the first one and for requests that never became a song
 * @param seed what codes are drawn with; empty until it is accepted
 * @param sampleRate of its sound, in Hz; empty until it is accepted
 * @param sampleLength raw samples; empty until it is accepted
 * @param heardLyrics the lyrics as the model hears them; empty until it is accepted
 * @param unknownWords names that the model does not know
 * @param queuePosition how many songs start before it; empty if it has started or ended
 * @param etaSeconds when it will probably be finished, from {@code updatedAt} on; empty if nobody can tell
 * @param share of its new codes that exist, from 0 to 1
 * @param levels that are produced, the finest first; none until it is accepted
 * @param audio ranges that can be heard, in the order in which they came
 * @param files of the finished song, the manifest last
 * @param problems why it was rejected
 * @param failure why it failed
 * @param reason why it was cancelled or expired
 */
public record SongDocument(
        String id,
        String tenant,
        SongStatus state,
        Optional<String> model,
        String artist,
        List<String> genres,
        String lyrics,
        Optional<Double> durationSeconds,
        Instant requestedAt,
        Instant updatedAt,
        long sequence,
        Optional<Long> seed,
        Optional<Integer> sampleRate,
        Optional<Long> sampleLength,
        Optional<String> heardLyrics,
        List<UnknownWordDocument> unknownWords,
        Optional<Integer> queuePosition,
        Optional<Double> etaSeconds,
        double share,
        List<LevelDocument> levels,
        List<AudioDocument> audio,
        List<FileDocument> files,
        List<ProblemDocument> problems,
        Optional<FailureDocument> failure,
        Optional<String> reason) {
    public SongDocument {
        genres = List.copyOf(genres);
        unknownWords = List.copyOf(unknownWords);
        levels = List.copyOf(levels);
        audio = List.copyOf(audio);
        files = List.copyOf(files);
        problems = List.copyOf(problems);
    }
}
