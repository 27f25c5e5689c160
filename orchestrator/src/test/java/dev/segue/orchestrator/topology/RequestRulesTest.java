package dev.segue.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.AudioPrompt;
import dev.segue.contracts.record.AudioSegment;
import dev.segue.contracts.record.AudioSegmentKind;
import dev.segue.contracts.record.AudioTask;
import dev.segue.contracts.record.EarlierSong;
import dev.segue.contracts.record.EarlierSongUse;
import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.record.LevelProgress;
import dev.segue.contracts.record.RequestProblem;
import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.record.SongEventKind;
import dev.segue.contracts.record.SongPrepared;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.record.SongStage;
import dev.segue.contracts.record.UnknownWord;
import dev.segue.contracts.record.WindowTask;
import dev.segue.orchestrator.plan.Cards;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestRulesTest {
    private static final ModelCard CARD = Cards.small();

    private Rehearsal rehearsal;

    @BeforeEach
    void start() throws IOException {
        rehearsal = new Rehearsal(CARD, FlowSettings.DEFAULT);
    }

    @AfterEach
    void close() throws IOException {
        rehearsal.close();
    }

    @Test
    void aRequestThatCannotBeServedIsRejectedWithEverythingThatIsWrong() {
        rehearsal.send(rehearsal.request("bad", -1).setPriority(1000).build());
        SongEvent event = rehearsal.only("bad", SongEventKind.REJECTED);
        assertThat(event.getProblem().getField()).isEqualTo("durationSeconds");
        assertThat(event.getMoreProblems()).extracting(RequestProblem::getField).containsExactly("priority");
        assertThat(event.getSequence()).isZero();
        assertThat(rehearsal.audioTasks).isEmpty();
    }

    @Test
    void anUnknownModelIsRejectedWithTheKnownOnes() {
        rehearsal.send(rehearsal.request("bad", 1).setModel("nobody").build());
        RequestProblem problem = rehearsal.only("bad", SongEventKind.REJECTED).getProblem();
        assertThat(problem.getField()).isEqualTo("model");
        assertThat(problem.getSentence()).contains(CARD.name());
    }

    @Test
    void aModelThatWasWithdrawnIsUnknownYetSongsOnTheirWayAreFinished() {
        rehearsal.send(rehearsal.request("early", 1).build());
        rehearsal.sendBytes(Rehearsal.TOPICS.models(), CARD.name().getBytes(StandardCharsets.UTF_8), null);
        rehearsal.send(rehearsal.request("late", 1).build());
        rehearsal.workAll();
        rehearsal.only("late", SongEventKind.REJECTED);
        rehearsal.only("early", SongEventKind.COMPLETED);
    }

    @Test
    void theSameRequestAgainIsTheSameSong() {
        SongRequest request = rehearsal.request("song", 1).build();
        rehearsal.send(request);
        rehearsal.send(request);
        assertThat(rehearsal.last("song").getKind()).isEqualTo(SongEventKind.REPEATED);
        assertThat(rehearsal.last("song").getProgress().getStage()).isEqualTo(SongStage.PREPARING);
        rehearsal.workAll();
        rehearsal.send(request);
        assertThat(rehearsal.last("song").getKind()).isEqualTo(SongEventKind.REPEATED);
        assertThat(rehearsal.last("song").getProgress().getStage()).isEqualTo(SongStage.DONE);
        rehearsal.only("song", SongEventKind.COMPLETED);
        assertThat(rehearsal.audioTasks).isEmpty();
    }

    @Test
    void anotherRequestUnderTheSameIdIsRefusedAndTheSongGoesOn() {
        rehearsal.send(rehearsal.request("song", 1).build());
        rehearsal.send(rehearsal.request("song", 2).build());
        RequestProblem problem = rehearsal.only("song", SongEventKind.REFUSED).getProblem();
        assertThat(problem.getField()).isEqualTo("songId");
        assertThat(problem.getValue()).isEqualTo("song");
        rehearsal.workAll();
        rehearsal.only("song", SongEventKind.COMPLETED);
        rehearsal.send(rehearsal.request("song", 2).build());
        assertThat(rehearsal.last("song").getKind()).isEqualTo(SongEventKind.REFUSED);
    }

    @Test
    void everyEventOfASongSaysWhereItsRequestAskedToBeToldAndNobodyElseIsTold() {
        String address = "https://studio.example/songs?key=secret";
        SongRequest request =
                rehearsal.request("song", 1).setCallbackUrl(address).build();
        rehearsal.send(request);
        AudioTask prepare = rehearsal.audioTasks.peek();
        rehearsal.workAll();
        rehearsal.send(request);
        rehearsal.send(rehearsal.request("bad", -1).setCallbackUrl(address).build());
        rehearsal.send(rehearsal.request("lost", 1).setCallbackUrl("nowhere").build());
        rehearsal.send(rehearsal.request("quiet", 1).build());

        SongEvent received = rehearsal.only("song", SongEventKind.RECEIVED);
        assertThat(received.getRequest())
                .isEqualTo(SongRequest.newBuilder(request).setCallbackUrl(null).build());
        assertThat(rehearsal.events.stream().filter(event -> event.getSongId().equals("song")))
                .hasSizeGreaterThan(4)
                .allMatch(event -> address.equals(event.getCallbackUrl()));
        assertThat(rehearsal.last("bad").getCallbackUrl()).isEqualTo(address);
        assertThat(rehearsal.last("lost").getProblem().getField()).isEqualTo("callbackUrl");
        assertThat(rehearsal.last("lost").getCallbackUrl()).isNull();
        assertThat(rehearsal.last("quiet").getCallbackUrl()).isNull();
        assertThat(prepare.toString()).doesNotContain("studio.example");
    }

    @Test
    void progressSaysHowFarEachSegmentIs() {
        rehearsal.send(rehearsal.request("song", 8).setParallelSegments(2).build());
        rehearsal.workAll();
        SongEvent accepted = rehearsal.only("song", SongEventKind.ACCEPTED);
        SongEvent completed = rehearsal.only("song", SongEventKind.COMPLETED);
        for (LevelProgress level : accepted.getProgress().getLevels()) {
            assertThat(level.getSegments()).allMatch(segment -> segment.getDone() == segment.getStart());
            assertThat(level.getSegments().get(0).getStart()).isZero();
        }
        for (LevelProgress level : completed.getProgress().getLevels()) {
            int last = level.getSegments().size() - 1;
            assertThat(level.getSegments()).allMatch(segment -> segment.getDone() == segment.getEnd());
            assertThat(level.getSegments().get(last).getEnd()).isEqualTo(level.getTotalCodes());
        }
        assertThat(completed.getProgress().getLevels().get(0).getSegments()).hasSize(2);
    }

    @Test
    void aRejectedIdIsFreeAgainAndAnswersToItsFirstRequestCountForNothing() {
        rehearsal.send(rehearsal.request("song", 1).setArtist("whoever").build());
        AudioTask first = rehearsal.audioTasks.poll();
        rehearsal.answer(refused(first));
        rehearsal.only("song", SongEventKind.REJECTED);

        rehearsal.send(rehearsal.request("song", 2).build());
        rehearsal.worker.prepared(first, "of-the-first").forEach(rehearsal::answer);
        assertThat(rehearsal.tally.of(Tally.Event.LATE_RESULT)).isEqualTo(1);
        assertThat(rehearsal.last("song").getKind()).isEqualTo(SongEventKind.RECEIVED);
        rehearsal.workAll();
        rehearsal.only("song", SongEventKind.COMPLETED);
    }

    @Test
    void aPromptThatDoesNotSuitItsSongIsRejectedWhenItIsRead() {
        rehearsal.send(rehearsal
                .request("song", 0.3)
                .setAudioPrompt(
                        AudioPrompt.newBuilder().setObject("prompts/long.wav").build())
                .build());
        rehearsal.workAll();
        assertThat(rehearsal.kinds("song")).containsExactly(SongEventKind.RECEIVED, SongEventKind.REJECTED);
        assertThat(rehearsal.entries(SongTopology.CODES)).isZero();
        assertThat(rehearsal.stopped).isEmpty();
    }

    @Test
    void anEarlierSongMustBeKnownFinishedAndOfTheSameModel() {
        rehearsal.send(goingOnFrom("first", "of-unknown"));
        assertEarlierRejected("of-unknown", "is not known");

        rehearsal.send(rehearsal.request("first", 1).build());
        rehearsal.send(goingOnFrom("first", "of-unfinished"));
        assertEarlierRejected("of-unfinished", "is not finished");

        rehearsal.cancel("first");
        rehearsal.send(goingOnFrom("first", "of-cancelled"));
        assertEarlierRejected("of-cancelled", "cancelled");

        rehearsal.audioTasks.clear();
        rehearsal.send(rehearsal.request("other", 1).build());
        rehearsal.workAll();
        ModelCard changed = Cards.small(List.of(16, 16, 32), List.of(0.5, 0.5, 0.25));
        rehearsal.publish(changed);
        rehearsal.send(goingOnFrom("other", "of-other-model"));
        assertEarlierRejected("of-other-model", "another model");
    }

    private void assertEarlierRejected(String songId, String limit) {
        RequestProblem problem = rehearsal.only(songId, SongEventKind.REJECTED).getProblem();
        assertThat(problem.getField()).isEqualTo("earlierSong.songId");
        assertThat(problem.getLimit()).contains(limit);
    }

    @Test
    void aModelThatIsPublishedAnewDoesNotChangeSongsOnTheirWay() {
        rehearsal.send(rehearsal.request("song", 1).build());
        rehearsal.prepareAll();
        rehearsal.publish(Cards.small(List.of(16, 16, 32), List.of(0.5, 0.5, 0.25)));
        rehearsal.workAll();
        rehearsal.only("song", SongEventKind.COMPLETED);
    }

    @Test
    void traceContextGoesWithEverythingThatARequestLeadsTo() {
        byte[] trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".getBytes(StandardCharsets.UTF_8);
        SongRequest request = rehearsal.request("song", 1).build();
        rehearsal.sendBytes(
                Rehearsal.TOPICS.songRequests(),
                "song".getBytes(StandardCharsets.UTF_8),
                rehearsal.bytes(Rehearsal.TOPICS.songRequests(), request),
                new RecordHeaders().add("traceparent", trace));
        rehearsal.workAll();
        assertThat(rehearsal.taskHeaders).isNotEmpty().allSatisfy(headers -> assertThat(
                        headers.lastHeader("traceparent").value())
                .isEqualTo(trace));
    }

    @Test
    void idsOfEndedSongsAreForgottenInTheEnd() {
        SongRequest request = rehearsal.request("song", 1).build();
        rehearsal.send(request);
        rehearsal.workAll();
        rehearsal.pass(FlowSettings.DEFAULT.keepEnded().plus(Duration.ofHours(2)));
        rehearsal.send(request);
        assertThat(rehearsal.last("song").getKind()).isEqualTo(SongEventKind.RECEIVED);
    }

    @Test
    void anAnswerThatAWordIsUnknownIsToldWhenTheSongIsAccepted() {
        rehearsal.send(rehearsal.request("song", 1).build());
        AudioTask task = rehearsal.audioTasks.poll();
        List<AudioSegment> answers = rehearsal.worker.prepared(task, "p");
        AudioSegment last = answers.get(answers.size() - 1);
        var word = new UnknownWord(2, "artist", "nobody");
        rehearsal.answer(AudioSegment.newBuilder(last)
                .setPrepared(SongPrepared.newBuilder(last.getPrepared())
                        .setUnknownWords(List.of(word))
                        .build())
                .build());
        assertThat(rehearsal.only("song", SongEventKind.ACCEPTED).getAccepted().getUnknownWords())
                .containsExactly(word);
    }

    @Test
    void songsAreToldHowFarTheyAreAtMostTwiceASecondWhileAWindowIsUnderWay() {
        rehearsal.send(rehearsal.request("song", 1).build());
        rehearsal.prepareAll();
        WindowTask task = rehearsal.windowTasks.poll();
        int before = rehearsal.events("song").size();
        for (int step = 0; step < 20; step++) {
            rehearsal.pass(Duration.ofMillis(100));
            rehearsal.answer(rehearsal.worker.running(task, step / 2));
        }
        assertThat(rehearsal.events("song").size() - before).isEqualTo(4);
        assertThat(rehearsal.last("song").getProgress().getLevels().get(2).getCodes())
                .isPositive();
        rehearsal.answer(rehearsal.worker.done(task, rehearsal.now()));
        assertThat(rehearsal.last("song").getKind()).isEqualTo(SongEventKind.PROGRESS);
    }

    @Test
    void whenASongWillBeFinishedIsToldOnceItIsKnownHowLongWindowsTake() {
        rehearsal.send(rehearsal.request("song", 1).setFinestLevel(2).build());
        rehearsal.prepareAll();
        assertThat(rehearsal.last("song").getProgress().getEtaSeconds()).isNull();
        rehearsal.pass(Duration.ofSeconds(4));
        rehearsal.worker.all(rehearsal.windowTasks.poll(), rehearsal.now()).forEach(rehearsal::answer);
        assertThat(rehearsal.last("song").getProgress().getEtaSeconds()).isPositive();
    }

    private static AudioSegment refused(AudioTask task) {
        return AudioSegment.newBuilder()
                .setSongId(task.getSongId())
                .setModelDigest(task.getModelDigest())
                .setAttempt(task.getAttempt())
                .setWorker("assembler-1")
                .setTask(task.getKind())
                .setKind(AudioSegmentKind.REFUSED)
                .setProblem(RequestProblem.newBuilder()
                        .setField("genres")
                        .setValue("a b c d e f")
                        .setLimit("at most five words")
                        .setFix("name fewer")
                        .setSentence("too many")
                        .build())
                .build();
    }

    private SongRequest goingOnFrom(String earlier, String songId) {
        return rehearsal
                .request(songId, 1)
                .setEarlierSong(EarlierSong.newBuilder()
                        .setSongId(earlier)
                        .setUse(EarlierSongUse.CONTINUE)
                        .setSeconds(0.3)
                        .build())
                .build();
    }

    @Test
    void aPreparationThatFailsForGoodEndsItsSong() {
        rehearsal.send(rehearsal.request("song", 1).build());
        rehearsal.answer(rehearsal.worker.failed(rehearsal.audioTasks.poll(), FailureReason.STORAGE, false));
        assertThat(rehearsal.only("song", SongEventKind.FAILED).getFailed().getWork())
                .isEqualTo("preparing the song");
    }
}
