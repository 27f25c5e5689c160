package dev.segue.orchestrator.status.view;

import dev.segue.contracts.client.Outcome;
import dev.segue.contracts.record.AudioReady;
import dev.segue.contracts.record.LevelProgress;
import dev.segue.contracts.record.SongAccepted;
import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.record.SongEventKind;
import dev.segue.contracts.record.SongFailed;
import dev.segue.contracts.record.SongProgress;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.record.SongStage;
import dev.segue.contracts.record.StoredObject;
import dev.segue.orchestrator.plan.RequestDigest;
import dev.segue.orchestrator.status.document.AudioDocument;
import dev.segue.orchestrator.status.document.FailureDocument;
import dev.segue.orchestrator.status.document.FileDocument;
import dev.segue.orchestrator.status.document.LevelDocument;
import dev.segue.orchestrator.status.document.ProblemDocument;
import dev.segue.orchestrator.status.document.SegmentDocument;
import dev.segue.orchestrator.status.document.SongDocument;
import dev.segue.orchestrator.status.document.SongStatus;
import dev.segue.orchestrator.status.document.UnknownWordDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A song as its events say, one after the other. Larger than most classes, since it turns every part of an event into its
 * part of the document.
 *
 * <p>Owned by whoever holds the lock of {@link SongView}.
 */
final class FollowedSong {
    private final String id;
    private final Instant requestedAt;
    private final Map<String, AudioDocument> audio = new LinkedHashMap<>();
    private String tenant;
    private SongStatus status = SongStatus.RECEIVED;
    private Instant updatedAt;
    private long sequence;
    private Optional<SongRequest> request = Optional.empty();
    private Optional<String> requestDigest = Optional.empty();
    private Optional<SongAccepted> accepted = Optional.empty();
    private Optional<SongProgress> progress = Optional.empty();
    private List<FileDocument> files = List.of();
    private List<ProblemDocument> problems = List.of();
    private Optional<FailureDocument> failure = Optional.empty();
    private Optional<String> reason = Optional.empty();
    private SongDocument document;

    private FollowedSong(String id, String tenant, Instant at) {
        this.id = id;
        this.tenant = tenant;
        this.requestedAt = at;
        this.updatedAt = at;
    }

    /** A song of which nothing is known but that something happens to it. */
    static FollowedSong of(SongEvent first) {
        return new FollowedSong(first.getSongId(), first.getTenant(), first.getAt());
    }

    /** A song that was asked for and that nobody has told of yet. */
    static FollowedSong expected(SongRequest request, Instant at) {
        FollowedSong song = new FollowedSong(request.getSongId(), request.getTenant(), at);
        song.request = Optional.of(request);
        song.requestDigest = Optional.of(RequestDigest.of(request));
        return song;
    }

    /** Whether another song begins with an event: ids of rejected requests are free again. */
    boolean isFollowedBy(SongEvent event) {
        return event.getKind() == SongEventKind.RECEIVED && status == SongStatus.REJECTED;
    }

    /** Whether nobody has told of it yet. */
    boolean isOnlyExpected() {
        return sequence == 0 && !status.isEnd();
    }

    SongStatus status() {
        return status;
    }

    /** Tells its request from others under its id; empty where nobody said what was asked for. */
    Optional<String> requestDigest() {
        return requestDigest;
    }

    /** Takes in an event, and says whether anything changed: what is said of another request with its id is not about it. */
    boolean take(SongEvent event) {
        Optional<Outcome> outcome = Outcome.of(event);
        if (!isAbout(event) || status.isEnd() || (event.getSequence() > 0 && event.getSequence() <= sequence)) {
            return false;
        }
        tenant = event.getTenant();
        updatedAt = event.getAt();
        sequence = Math.max(sequence, event.getSequence());
        if (event.getRequest() != null) {
            request = Optional.of(event.getRequest());
            requestDigest = Optional.of(RequestDigest.of(SongRequest.newBuilder(event.getRequest())
                    .setCallbackUrl(event.getCallbackUrl())
                    .build()));
        }
        accepted = Optional.ofNullable(event.getAccepted()).or(() -> accepted);
        progress = Optional.ofNullable(event.getProgress()).or(() -> progress);
        Optional.ofNullable(event.getAudioReady()).map(this::audio).ifPresent(ready -> audio.put(ready.href(), ready));
        status = outcome.map(end -> SongStatus.valueOf(end.name())).orElseGet(() -> underWay(event));
        outcome.ifPresent(end -> end(event));
        document = null;
        return true;
    }

    /** What has no number is about a request that never became a song, or about a song that ended and is not known here. */
    private static boolean isAbout(SongEvent event) {
        return switch (event.getKind()) {
            case REFUSED, UNKNOWN -> false;
            case REPEATED -> event.getSequence() > 0;
            default -> true;
        };
    }

    private void end(SongEvent event) {
        List<ProblemDocument> found = new ArrayList<>();
        Optional.ofNullable(event.getProblem()).map(ProblemDocument::of).ifPresent(found::add);
        event.getMoreProblems().stream().map(ProblemDocument::of).forEach(found::add);
        problems = List.copyOf(found);
        failure = Optional.ofNullable(event.getFailed()).map(FollowedSong::failure);
        reason = Optional.of(event.getReason()).filter(text -> !text.isEmpty());
        if (event.getCompleted() != null) {
            files = event.getCompleted().getObjects().stream().map(this::file).toList();
        }
    }

    private SongStatus underWay(SongEvent event) {
        if (event.getKind() == SongEventKind.RECEIVED) {
            return SongStatus.RECEIVED;
        }
        SongStage stage = progress.map(SongProgress::getStage).orElse(SongStage.PREPARING);
        return switch (stage) {
            case PREPARING, UNKNOWN -> SongStatus.PREPARING;
            case QUEUED -> SongStatus.QUEUED;
            case SAMPLING -> SongStatus.SAMPLING;
            // A song that is done says so by its end.
            case COMPOSING, DONE -> SongStatus.COMPOSING;
        };
    }

    private AudioDocument audio(AudioReady ready) {
        return new AudioDocument(
                ready.getLevel(),
                ready.getFromSample(),
                ready.getToSample(),
                Hrefs.audio(id, ready.getLevel(), ready.getAudio().getKey()),
                ready.getAudio().getBytes());
    }

    private FileDocument file(StoredObject object) {
        String name = Hrefs.name(object.getKey());
        return new FileDocument(name, Hrefs.file(id, name), object.getMediaType(), object.getBytes());
    }

    private static FailureDocument failure(SongFailed failed) {
        return new FailureDocument(
                failed.getReason().name(), failed.getMessage(), failed.getWork(), failed.getAttempts());
    }

    private static LevelDocument level(LevelProgress level) {
        return new LevelDocument(
                level.getLevel(),
                level.getHop(),
                level.getCodes(),
                level.getTotalCodes(),
                level.getPromptCodes(),
                level.getWindows(),
                level.getWindowsDone(),
                level.getSegments().stream()
                        .map(segment -> new SegmentDocument(segment.getStart(), segment.getEnd(), segment.getDone()))
                        .toList());
    }

    private static double share(SongStatus status, List<LevelDocument> levels) {
        if (status == SongStatus.COMPLETED) {
            return 1;
        }
        long asked = levels.stream()
                .mapToLong(level -> level.totalCodes() - level.promptCodes())
                .sum();
        long made = levels.stream()
                .mapToLong(level -> level.codes() - level.promptCodes())
                .sum();
        return asked <= 0 ? 0 : Math.max(0, Math.min(1, made / (double) asked));
    }

    /** Everything that is known now. */
    SongDocument document() {
        if (document == null) {
            document = describe();
        }
        return document;
    }

    private SongDocument describe() {
        List<LevelDocument> levels = progress.map(SongProgress::getLevels).orElse(List.of()).stream()
                .map(FollowedSong::level)
                .toList();
        return new SongDocument(
                id,
                tenant,
                status,
                request.map(SongRequest::getModel).or(() -> accepted.map(SongAccepted::getModel)),
                request.map(SongRequest::getArtist).orElse(""),
                request.map(SongRequest::getGenres).orElse(List.of()),
                request.map(SongRequest::getLyrics).orElse(""),
                request.map(SongRequest::getDurationSeconds),
                requestedAt,
                updatedAt,
                sequence,
                accepted.map(SongAccepted::getSeed),
                accepted.map(SongAccepted::getSampleRate),
                accepted.map(SongAccepted::getSampleLength),
                accepted.map(SongAccepted::getHeardLyrics),
                accepted.map(SongAccepted::getUnknownWords).orElse(List.of()).stream()
                        .map(word -> new UnknownWordDocument(word.getLevel(), word.getField(), word.getWord()))
                        .toList(),
                status.isEnd() ? Optional.empty() : progress.map(SongProgress::getQueuePosition),
                status.isEnd() ? Optional.empty() : progress.map(SongProgress::getEtaSeconds),
                share(status, levels),
                levels,
                List.copyOf(audio.values()),
                files,
                problems,
                failure,
                reason);
    }
}
