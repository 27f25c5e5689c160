package dev.segue.orchestrator.topology;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.RequestProblem;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.request.Rejection;
import dev.segue.orchestrator.plan.Limits;
import dev.segue.orchestrator.plan.RequestCheck;
import dev.segue.orchestrator.plan.RequestDigest;
import dev.segue.orchestrator.state.Catalogue;
import dev.segue.orchestrator.state.End;
import dev.segue.orchestrator.state.EndedSong;
import dev.segue.orchestrator.state.Song;
import dev.segue.orchestrator.state.SongStore;
import dev.segue.orchestrator.state.SongTicket;
import dev.segue.telemetry.trace.Traces;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What becomes of a request: a song, or an answer that says why not.
 *
 * <p>Owned by the thread of the orchestrator's task.
 */
final class Requests {
    private final Turn turn;
    private final SongStore songs;
    private final Catalogue models;
    private final LiveSongs live;
    private final EventLog events;
    private final SongFlow flow;
    private final RequestCheck check;

    Requests(
            Turn turn,
            SongStore songs,
            Catalogue models,
            LiveSongs live,
            EventLog events,
            SongFlow flow,
            Limits limits) {
        this.turn = Objects.requireNonNull(turn, "turn is null");
        this.songs = Objects.requireNonNull(songs, "songs is null");
        this.models = Objects.requireNonNull(models, "models is null");
        this.live = Objects.requireNonNull(live, "live is null");
        this.events = Objects.requireNonNull(events, "events is null");
        this.flow = Objects.requireNonNull(flow, "flow is null");
        this.check = new RequestCheck(limits);
    }

    /** Handles a request whose key is its song id. */
    void handle(Received record, SongRequest request) {
        String id = request.getSongId();
        Optional<Song> known = live.find(id);
        if (known.isPresent()) {
            again(record, request, known.get());
            return;
        }
        Optional<EndedSong> ended = Received.isSongId(id) ? songs.ended(id) : Optional.empty();
        if (ended.isPresent() && ended.get().getEnd() != End.REJECTED) {
            again(record, request, ended.get());
            return;
        }
        Span span = turn.check(record, id);
        Optional<String> digest = models.digest(request.getModel());
        Optional<ModelCard> card = digest.map(models::card);
        List<RequestProblem> problems = problems(record, request, card, digest);
        if (!problems.isEmpty()) {
            span.setStatus(StatusCode.ERROR, problems.get(0).getSentence());
            events.rejected(Asker.of(record, request, request.getTenant()), problems, record.at());
            return;
        }
        int firstAttempt = ended.map(EndedSong::getNextAttempt).orElse(0);
        SongTicket ticket = ticket(record, request, digest.orElseThrow(), firstAttempt, span);
        flow.begin(ticket, withoutAddress(request), record.at());
    }

    /** What concerns the song: an address may hold a secret, and goes neither to workers nor to readers of events. */
    private static SongRequest withoutAddress(SongRequest request) {
        return SongRequest.newBuilder(request).setCallbackUrl(null).build();
    }

    private List<RequestProblem> problems(
            Received record, SongRequest request, Optional<ModelCard> card, Optional<String> digest) {
        List<Rejection> rejections = check.check(request, card, models.names(), record.at());
        if (!rejections.isEmpty()) {
            return rejections.stream().map(Problems::of).toList();
        }
        return request.getEarlierSong() == null
                ? List.of()
                : earlier(request.getEarlierSong().getSongId(), digest.orElseThrow())
                        .map(List::of)
                        .orElse(List.of());
    }

    /** Why an earlier song cannot be gone on from. */
    private Optional<RequestProblem> earlier(String songId, String digest) {
        if (live.find(songId).isPresent()) {
            return Optional.of(Problems.earlier(
                    songId, "is not finished yet", "wait for its completed event, or name a finished song"));
        }
        Optional<EndedSong> ended = Received.isSongId(songId) ? songs.ended(songId) : Optional.empty();
        if (ended.isEmpty() || ended.get().getEnd() == End.REJECTED) {
            return Optional.of(Problems.earlier(songId, "is not known here", "name a song that was finished here"));
        }
        if (ended.get().getEnd() != End.COMPLETED) {
            return Optional.of(Problems.earlier(
                    songId,
                    "was never finished: it is " + ended.get().getEnd().name().toLowerCase(Locale.ROOT),
                    "name a finished song"));
        }
        if (!ended.get().getModelDigest().equals(digest)) {
            return Optional.of(Problems.earlier(
                    songId,
                    "was made by another model, whose card has the digest "
                            + ended.get().getModelDigest(),
                    "name a song of the same model"));
        }
        return Optional.empty();
    }

    private void again(Received record, SongRequest request, Song song) {
        if (RequestDigest.of(request).equals(song.ticket().getRequestDigest())) {
            events.repeated(song, record.at());
        } else {
            events.refused(song, Problems.usedId(song.id()), record.at());
        }
    }

    private void again(Received record, SongRequest request, EndedSong ended) {
        Asker asker = Asker.of(record, request, ended.getTenant());
        if (RequestDigest.of(request).equals(ended.getRequestDigest())) {
            events.repeated(asker, record.at());
        } else {
            events.refused(asker, Problems.usedId(request.getSongId()), record.at());
        }
    }

    /** Answers a record that is no request, where its key says whom. */
    void unreadable(Received record, RequestProblem problem) {
        record.songId().ifPresent(id -> {
            Optional<Song> known = live.find(id);
            if (known.isPresent()) {
                events.refused(known.get(), problem, record.at());
            } else if (songs.ended(id)
                    .filter(ended -> ended.getEnd() != End.REJECTED)
                    .isPresent()) {
                events.refused(Asker.of(record, id, songs.ended(id).get().getTenant()), problem, record.at());
            } else {
                events.rejected(Asker.of(record, id, ""), List.of(problem), record.at());
            }
        });
    }

    private static SongTicket ticket(
            Received record, SongRequest request, String modelDigest, int firstAttempt, Span span) {
        return SongTicket.newBuilder()
                .setSongId(request.getSongId())
                .setTenant(request.getTenant())
                .setPriority(request.getPriority())
                .setRequestedAt(record.at())
                .setDeadline(request.getDeadline())
                .setModel(request.getModel())
                .setModelDigest(modelDigest)
                .setRequestDigest(RequestDigest.of(request))
                .setFirstAttempt(firstAttempt)
                .setTraceparent(Traces.traceparent(span, record.traceparent()))
                .setCallbackUrl(request.getCallbackUrl())
                .build();
    }
}
