package dev.segue.orchestrator.topology;

import dev.segue.contracts.record.AudioReady;
import dev.segue.contracts.record.RangeStored;
import dev.segue.contracts.record.RequestProblem;
import dev.segue.contracts.record.SongAccepted;
import dev.segue.contracts.record.SongCompleted;
import dev.segue.contracts.record.SongComposed;
import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.record.SongEventKind;
import dev.segue.contracts.record.SongFailed;
import dev.segue.contracts.record.SongPrepared;
import dev.segue.contracts.record.SongProgress;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.record.SongStage;
import dev.segue.contracts.topic.Topics;
import dev.segue.contracts.window.Level;
import dev.segue.orchestrator.plan.SongPlan;
import dev.segue.orchestrator.state.PlannedSong;
import dev.segue.orchestrator.state.Song;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells producers what happens to songs.
 *
 * <p>Larger than most classes, since it is one short method per kind of event.
 *
 * <p>Owned by the thread of the orchestrator's task.
 */
final class EventLog {
    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);

    private final Turn turn;
    private final Topics topics;
    private final Outlook outlook;

    EventLog(Turn turn, Topics topics, Outlook outlook) {
        this.turn = Objects.requireNonNull(turn, "turn is null");
        this.topics = Objects.requireNonNull(topics, "topics is null");
        this.outlook = Objects.requireNonNull(outlook, "outlook is null");
    }

    void received(Song song, SongRequest request, Instant now) {
        tell(song, SongEventKind.RECEIVED, now, event -> event.setProgress(progress(song))
                .setRequest(request));
    }

    void accepted(Song song, SongPrepared prepared, Instant now) {
        SongPlan plan = song.plan().plan();
        tell(song, SongEventKind.ACCEPTED, now, event -> event.setProgress(progress(song))
                .setAccepted(SongAccepted.newBuilder()
                        .setModel(plan.model())
                        .setModelDigest(plan.modelDigest())
                        .setSeed(plan.seed())
                        .setSampleLength(plan.sampleLength())
                        .setSampleRate(plan.sampleRate())
                        .setUnknownWords(prepared.getUnknownWords())
                        .setHeardLyrics(prepared.getHeardLyrics())
                        .build()));
    }

    /** A song that was received is turned away. */
    void rejected(Song song, RequestProblem problem, Instant now) {
        tell(song, SongEventKind.REJECTED, now, event -> event.setProblem(problem));
    }

    /** A request that never became a song is turned away. */
    void rejected(Asker asker, List<RequestProblem> problems, Instant now) {
        tell(asker, SongEventKind.REJECTED, problems, null, now);
    }

    /** Something about a song that ended, or of which nothing is known, is refused. */
    void refused(Asker asker, RequestProblem problem, Instant now) {
        tell(asker, SongEventKind.REFUSED, List.of(problem), null, now);
    }

    /** Something about a song on its way is refused. */
    void refused(Song song, RequestProblem problem, Instant now) {
        tell(song, SongEventKind.REFUSED, now, event -> event.setProblem(problem));
    }

    void repeated(Song song, Instant now) {
        tell(song, SongEventKind.REPEATED, now, event -> event.setProgress(progress(song)));
    }

    /** The request of a song that ended came again. */
    void repeated(Asker asker, Instant now) {
        SongProgress done = SongProgress.newBuilder()
                .setStage(SongStage.DONE)
                .setLevels(List.of())
                .build();
        tell(asker, SongEventKind.REPEATED, List.of(), done, now);
    }

    void progress(Song song, Instant now) {
        song.pulse().toldProgress(now);
        tell(song, SongEventKind.PROGRESS, now, event -> event.setProgress(progress(song)));
    }

    /** Progress that may be left out where it was told less than {@code pause} ago. */
    void progress(Song song, Duration pause, Instant now) {
        if (song.pulse().mayTellProgress(now, pause)) {
            progress(song, now);
        }
    }

    void audioReady(Song song, RangeStored range, Instant now) {
        PlannedSong planned = song.plan();
        Level level = planned.plan().level(range.getLevel()).level();
        tell(
                song,
                SongEventKind.AUDIO_READY,
                now,
                event -> event.setAudioReady(AudioReady.newBuilder()
                        .setLevel(range.getLevel())
                        .setFromSample((long) range.getStart() * level.hop())
                        .setToSample((long) range.getEnd() * level.hop())
                        .setSampleRate(planned.plan().sampleRate())
                        .setAudio(range.getAudio())
                        .build()));
    }

    void completed(Song song, SongComposed composed, Instant now) {
        tell(song, SongEventKind.COMPLETED, now, event -> event.setProgress(progress(song, SongStage.DONE))
                .setCompleted(SongCompleted.newBuilder()
                        .setObjects(composed.getObjects())
                        .setSamples(composed.getSamples())
                        .setTotalMillis(Duration.between(song.ticket().getRequestedAt(), now)
                                .toMillis())
                        .setSeed(song.plan().plan().seed())
                        .build()));
    }

    void failed(Song song, SongFailed failed, Instant now) {
        tell(song, SongEventKind.FAILED, now, event -> event.setProgress(progress(song))
                .setFailed(failed));
    }

    void cancelled(Song song, String reason, Instant now) {
        tell(song, SongEventKind.CANCELLED, now, event -> event.setProgress(progress(song))
                .setReason(reason));
    }

    void expired(Song song, Instant now) {
        tell(song, SongEventKind.EXPIRED, now, event -> event.setProgress(progress(song))
                .setReason("the deadline " + song.ticket().getDeadline() + " passed"));
    }

    private SongProgress progress(Song song) {
        return progress(song, SongStage.valueOf(song.stage().name()));
    }

    private SongProgress progress(Song song, SongStage stage) {
        SongProgress.Builder progress =
                SongProgress.newBuilder().setStage(stage).setLevels(Outlook.levels(song));
        outlook.position(song).ifPresent(progress::setQueuePosition);
        OptionalDouble eta = stage == SongStage.DONE ? OptionalDouble.empty() : outlook.etaSeconds(song);
        eta.ifPresent(progress::setEtaSeconds);
        return progress.build();
    }

    private void tell(Song song, SongEventKind kind, Instant now, UnaryOperator<SongEvent.Builder> more) {
        turn.touch(song);
        SongEvent.Builder event = SongEvent.newBuilder()
                .setSongId(song.id())
                .setTenant(song.ticket().getTenant())
                .setSequence(song.nextSequence())
                .setAt(now)
                .setKind(kind)
                .setCallbackUrl(song.ticket().getCallbackUrl());
        send(more.apply(event).build(), song.ticket().getTraceparent(), now);
    }

    private void tell(
            Asker asker, SongEventKind kind, List<RequestProblem> problems, SongProgress progress, Instant now) {
        SongEvent.Builder event = SongEvent.newBuilder()
                .setSongId(asker.songId())
                .setTenant(asker.tenant())
                .setSequence(0)
                .setAt(now)
                .setKind(kind)
                .setCallbackUrl(asker.callbackUrl())
                .setProgress(progress);
        if (!problems.isEmpty()) {
            event.setProblem(problems.get(0)).setMoreProblems(problems.subList(1, problems.size()));
        }
        send(event.build(), asker.traceparent(), now);
    }

    private void send(SongEvent event, String traceparent, Instant now) {
        turn.send(topics.songEvents(), event.getSongId(), event, traceparent, now);
        if (event.getProblem() != null) {
            turn.tell(telemetry -> telemetry.refused(event.getProblem().getField()));
        }
        if (event.getKind() == SongEventKind.PROGRESS || event.getKind() == SongEventKind.AUDIO_READY) {
            LOG.debug("event=song_{} song={} sequence={}", event.getKind(), event.getSongId(), event.getSequence());
        } else {
            LOG.info(
                    "event=song_{} song={} sequence={} field={}",
                    event.getKind().name().toLowerCase(Locale.ROOT),
                    event.getSongId(),
                    event.getSequence(),
                    event.getProblem() == null ? "-" : event.getProblem().getField());
        }
    }
}
