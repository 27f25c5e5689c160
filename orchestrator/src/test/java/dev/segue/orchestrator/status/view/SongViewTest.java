package dev.segue.orchestrator.status.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.contracts.record.AudioReady;
import dev.segue.contracts.record.LevelProgress;
import dev.segue.contracts.record.RequestProblem;
import dev.segue.contracts.record.SegmentProgress;
import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.record.SongEventKind;
import dev.segue.contracts.record.SongProgress;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.record.SongStage;
import dev.segue.contracts.record.StoredObject;
import dev.segue.contracts.record.TrustedRecords;
import dev.segue.orchestrator.plan.RequestDigest;
import dev.segue.orchestrator.status.document.ProblemDocument;
import dev.segue.orchestrator.status.document.SegmentDocument;
import dev.segue.orchestrator.status.document.SongDocument;
import dev.segue.orchestrator.status.document.SongList;
import dev.segue.orchestrator.status.document.SongStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is known of songs after some events. */
class SongViewTest {
    private static final Instant THEN = Instant.parse("2026-11-23T12:00:00Z");
    private static final String ADDRESS = "https://studio.example/";

    static {
        TrustedRecords.trust();
    }

    private final SongView view = new SongView(3);
    private final List<SongDocument> heard = new ArrayList<>();

    @Test
    void aSongIsWhatItsEventsSay() {
        LevelProgress level = new LevelProgress(0, 40, 100, 20, 4, 1, 8, List.of(new SegmentProgress(0, 100, 40)));
        view.take(List.of(
                received("a").build(),
                event("a", 2, SongEventKind.PROGRESS)
                        .setProgress(new SongProgress(SongStage.SAMPLING, List.of(level), null, 12.5))
                        .build(),
                event("a", 3, SongEventKind.AUDIO_READY)
                        .setAudioReady(new AudioReady(
                                2, 0L, 640L, 800, new StoredObject("songs/a/level-2/0-5.flac", "audio/flac", 99L, "")))
                        .build()));

        SongDocument song = view.find("a").orElseThrow();
        assertThat(song.state()).isEqualTo(SongStatus.SAMPLING);
        assertThat(song.artist()).isEqualTo("Luna March");
        assertThat(song.durationSeconds()).contains(20.0);
        assertThat(song.share()).isEqualTo(0.25);
        assertThat(song.etaSeconds()).contains(12.5);
        assertThat(song.sequence()).isEqualTo(3);
        assertThat(song.levels().get(0).segments()).containsExactly(new SegmentDocument(0, 100, 40));
        assertThat(song.audio())
                .extracting("href", "bytes")
                .containsExactly(org.assertj.core.groups.Tuple.tuple("/songs/a/audio/2/0-5.flac", 99L));
        assertThat(view.requestDigest("a"))
                .contains(RequestDigest.of(request("a").setCallbackUrl(ADDRESS).build()));
    }

    @Test
    void anEndIsFinalAndWhatIsSaidOfOtherRequestsIsNotAboutTheSong() {
        view.take(List.of(
                received("a").build(),
                event("a", 2, SongEventKind.REFUSED).setProblem(problem()).build(),
                event("a", 3, SongEventKind.CANCELLED).setReason("enough").build(),
                event("a", 0, SongEventKind.REPEATED).build()));

        SongDocument song = view.find("a").orElseThrow();
        assertThat(song.state()).isEqualTo(SongStatus.CANCELLED);
        assertThat(song.reason()).contains("enough");
        assertThat(song.problems()).isEmpty();
        assertThat(song.sequence()).isEqualTo(3);
    }

    @Test
    void aRejectedIdIsFreeAgain() {
        view.take(List.of(event("a", 0, SongEventKind.REJECTED)
                .setProblem(problem())
                .setMoreProblems(List.of(problem()))
                .build()));
        assertThat(view.find("a").orElseThrow().problems())
                .hasSize(2)
                .extracting(ProblemDocument::field)
                .containsOnly("seconds");
        assertThat(view.requestDigest("a")).isEmpty();

        view.take(List.of(received("a").build()));
        assertThat(view.find("a").orElseThrow().state()).isEqualTo(SongStatus.RECEIVED);
        assertThat(view.list(Optional.empty(), Optional.empty(), 10).total()).isEqualTo(1);
    }

    @Test
    void eventsThatComeTwiceCountOnce() {
        view.take(List.of(received("a").build()));
        view.listen(heard::add);
        view.take(List.of(received("a").build()));
        assertThat(heard).isEmpty();
    }

    @Test
    void theSongsThatEndedFirstAreForgottenAndThoseOnTheirWayNever() {
        view.take(List.of(received("live").build()));
        for (String id : List.of("a", "b", "c", "d")) {
            view.take(List.of(
                    received(id).build(), event(id, 2, SongEventKind.EXPIRED).build()));
        }
        assertThat(view.find("a")).isEmpty();
        assertThat(ids(view.list(Optional.empty(), Optional.empty(), 10))).containsExactly("d", "c", "b", "live");
    }

    @Test
    void aListIsReadPageByPageTheLastSongFirst() {
        for (String id : List.of("a", "b", "c", "d", "e")) {
            view.take(List.of(received(id).build()));
        }
        view.take(List.of(event("c", 2, SongEventKind.CANCELLED).build()));

        SongList first = view.list(Optional.empty(), Optional.empty(), 2);
        SongList second = view.list(Optional.empty(), first.next(), 2);
        SongList third = view.list(Optional.empty(), second.next(), 2);
        assertThat(ids(first)).containsExactly("e", "d");
        assertThat(ids(second)).containsExactly("c", "b");
        assertThat(ids(third)).containsExactly("a");
        assertThat(third.next()).isEmpty();
        assertThat(List.of(first, second, third)).allMatch(list -> list.total() == 5);
        assertThat(ids(view.list(Optional.of(SongStatus.CANCELLED), Optional.empty(), 2)))
                .containsExactly("c");
        assertThatThrownBy(() -> view.list(Optional.empty(), Optional.of("z"), 2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSongThatWasAskedForIsKnownBeforeAnybodyTellsOfIt() {
        view.listen(heard::add);
        view.expect(request("a").build(), THEN);
        assertThat(heard).extracting(SongDocument::state).containsExactly(SongStatus.RECEIVED);

        view.take(List.of(received("a").build()));
        view.expect(request("a").build(), THEN);
        assertThat(view.find("a").orElseThrow().sequence()).isEqualTo(1);

        view.expect(request("old").build(), THEN);
        view.take(List.of(event("old", 0, SongEventKind.REPEATED).build()));
        assertThat(view.find("old"))
                .as("it ended before anything is known here")
                .isEmpty();
    }

    @Test
    void aListenerThatFailsKeepsNobodyFromHearing() {
        view.listen(song -> {
            throw new IllegalStateException("no");
        });
        view.listen(heard::add);
        view.take(List.of(received("a").build(), received("b").build()));
        assertThat(heard).extracting(SongDocument::id).containsExactly("a", "b");
        view.forget(heard::add);
    }

    private static List<String> ids(SongList list) {
        return list.songs().stream().map(row -> row.song().id()).toList();
    }

    private static SongRequest.Builder request(String id) {
        return SongRequest.newBuilder()
                .setSongId(id)
                .setModel("small")
                .setArtist("Luna March")
                .setDurationSeconds(20);
    }

    private static SongEvent.Builder received(String id) {
        return event(id, 1, SongEventKind.RECEIVED)
                .setRequest(request(id).build())
                .setCallbackUrl(ADDRESS);
    }

    private static SongEvent.Builder event(String id, long sequence, SongEventKind kind) {
        return SongEvent.newBuilder()
                .setSongId(id)
                .setTenant("studio")
                .setSequence(sequence)
                .setAt(THEN.plusSeconds(sequence))
                .setKind(kind);
    }

    private static RequestProblem problem() {
        return new RequestProblem("seconds", "0", "must be more", "raise it", "seconds is 0.");
    }
}
