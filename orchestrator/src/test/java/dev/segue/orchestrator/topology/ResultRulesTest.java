package dev.segue.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.AudioPrompt;
import dev.segue.contracts.record.AudioSegment;
import dev.segue.contracts.record.AudioTask;
import dev.segue.contracts.record.AudioTaskKind;
import dev.segue.contracts.record.CodeBytes;
import dev.segue.contracts.record.CodeSegment;
import dev.segue.contracts.record.CodeSegmentKind;
import dev.segue.contracts.record.RangeStored;
import dev.segue.contracts.record.SongEventKind;
import dev.segue.contracts.record.SongPrepared;
import dev.segue.contracts.record.WindowCodes;
import dev.segue.contracts.record.WindowTask;
import dev.segue.orchestrator.plan.Cards;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResultRulesTest {
    private static final ModelCard CARD = Cards.small();

    private Rehearsal rehearsal;

    @BeforeEach
    void startASong() throws IOException {
        rehearsal = new Rehearsal(CARD, FlowSettings.DEFAULT);
        rehearsal.send(rehearsal.request("song", 1).build());
    }

    @AfterEach
    void close() throws IOException {
        rehearsal.close();
    }

    @Test
    void theFirstResultOfAWindowCountsAndLaterOnesAreCountedAndDropped() {
        rehearsal.prepareAll();
        WindowTask task = rehearsal.windowTasks.poll();
        CodeSegment result = rehearsal.worker.done(task, rehearsal.now());
        rehearsal.answer(result);
        int given = rehearsal.windowTasks.size();
        int told = rehearsal.events("song").size();
        rehearsal.answer(result);
        rehearsal.answer(CodeSegment.newBuilder(result)
                .setCodes(WindowCodes.newBuilder(result.getCodes())
                        .setCodes(ByteBuffer.wrap(new byte[6]))
                        .build())
                .build());
        assertThat(rehearsal.windowTasks).hasSize(given);
        assertThat(rehearsal.events("song")).hasSize(told);
        assertThat(rehearsal.tally.of(Tally.Event.DUPLICATE_RESULT)).isEqualTo(2);
        rehearsal.workAll();
        rehearsal.only("song", SongEventKind.COMPLETED);
    }

    @Test
    void everyResultMayComeTwice() {
        while (!rehearsal.audioTasks.isEmpty() || !rehearsal.windowTasks.isEmpty()) {
            if (!rehearsal.audioTasks.isEmpty()) {
                AudioTask task = rehearsal.audioTasks.poll();
                List<AudioSegment> answers = rehearsal.worker.done(task, rehearsal.now());
                answers.forEach(rehearsal::answer);
                answers.forEach(rehearsal::answer);
            }
            if (!rehearsal.windowTasks.isEmpty()) {
                CodeSegment answer = rehearsal.worker.done(rehearsal.windowTasks.poll(), rehearsal.now());
                rehearsal.answer(answer);
                rehearsal.answer(answer);
            }
        }
        rehearsal.only("song", SongEventKind.COMPLETED);
        assertThat(rehearsal.tally.of(Tally.Event.DUPLICATE_RESULT)).isPositive();
        assertThat(rehearsal.tally.of(Tally.Event.LATE_RESULT)).isEqualTo(1);
        assertThat(rehearsal.deadLetters).isEmpty();
    }

    @Test
    void aResultOfAnotherModelIsCountedAndDropped() {
        rehearsal.prepareAll();
        CodeSegment result = rehearsal.worker.done(rehearsal.windowTasks.peek(), rehearsal.now());
        rehearsal.answer(
                CodeSegment.newBuilder(result).setModelDigest("0".repeat(64)).build());
        assertThat(rehearsal.tally.of(Tally.Event.FOREIGN_RESULT)).isEqualTo(1);
        rehearsal.workAll();
        rehearsal.only("song", SongEventKind.COMPLETED);
    }

    @Test
    void aResultOfAWindowThatWasNotGivenOutIsCountedAndDropped() {
        rehearsal.prepareAll();
        CodeSegment result = rehearsal.worker.done(rehearsal.windowTasks.peek(), rehearsal.now());
        for (int window : new int[] {1, 10_000}) {
            rehearsal.answer(CodeSegment.newBuilder(result).setWindow(window).build());
        }
        rehearsal.answer(CodeSegment.newBuilder(result).setLevel(7).build());
        assertThat(rehearsal.tally.of(Tally.Event.UNEXPECTED_RESULT)).isEqualTo(3);
        rehearsal.workAll();
        rehearsal.only("song", SongEventKind.COMPLETED);
    }

    @Test
    void codesThatDoNotFitGoToDeadLettersAndTheirWindowIsGivenOutAgain() {
        rehearsal.prepareAll();
        WindowTask task = rehearsal.windowTasks.poll();
        CodeSegment good = rehearsal.worker.done(task, rehearsal.now());
        int[] codes = CodeBytes.read(good.getCodes().getCodes());
        codes[3] = CARD.codes();
        assertMalformed(with(good, good.getCodes().getStart(), CodeBytes.of(codes)), task, "code 3 is 32");
    }

    @Test
    void tooFewCodesGoToDeadLettersAndTheirWindowIsGivenOutAgain() {
        rehearsal.prepareAll();
        WindowTask task = rehearsal.windowTasks.poll();
        CodeSegment good = rehearsal.worker.done(task, rehearsal.now());
        assertMalformed(with(good, good.getCodes().getStart(), CodeBytes.of(1, 2, 3)), task, "6 bytes");
    }

    @Test
    void codesOfAnotherPlaceGoToDeadLettersAndTheirWindowIsGivenOutAgain() {
        rehearsal.prepareAll();
        WindowTask task = rehearsal.windowTasks.poll();
        CodeSegment good = rehearsal.worker.done(task, rehearsal.now());
        assertMalformed(with(good, 5, good.getCodes().getCodes()), task, "codes.start is 5");
    }

    @Test
    void anAnswerOfNoKnownKindGoesToDeadLettersAndItsWindowIsGivenOutAgain() {
        rehearsal.prepareAll();
        WindowTask task = rehearsal.windowTasks.poll();
        CodeSegment.Builder answer = rehearsal.worker.answer(task);
        assertMalformed(answer.setKind(CodeSegmentKind.UNKNOWN).build(), task, "kind is UNKNOWN");
    }

    private void assertMalformed(CodeSegment bad, WindowTask task, String reason) {
        rehearsal.answer(bad);
        assertThat(rehearsal.deadLetters).hasSize(1);
        assertThat(new String(
                        rehearsal
                                .deadLetters
                                .get(0)
                                .headers()
                                .lastHeader("segue.reason")
                                .value(),
                        StandardCharsets.UTF_8))
                .contains(reason);
        assertThat(rehearsal.windowTasks).isEmpty();
        rehearsal.pass(Duration.ofSeconds(3));
        assertThat(rehearsal.windowTasks).hasSize(1);
        assertThat(rehearsal.windowTasks.peek().getAttempt()).isEqualTo(task.getAttempt() + 1);
        rehearsal.workAll();
        rehearsal.only("song", SongEventKind.COMPLETED);
    }

    private static CodeSegment with(CodeSegment segment, int start, ByteBuffer codes) {
        return CodeSegment.newBuilder(segment)
                .setCodes(WindowCodes.newBuilder(segment.getCodes())
                        .setStart(start)
                        .setCodes(codes)
                        .build())
                .build();
    }

    @Test
    void theFirstWholePreparationCountsAndAnotherIsDropped() throws IOException {
        rehearsal.send(rehearsal
                .request("primed", 2)
                .setAudioPrompt(AudioPrompt.newBuilder().setObject("a.wav").build())
                .build());
        AudioTask task = rehearsal.audioTasks.stream()
                .filter(other -> other.getSongId().equals("primed"))
                .findFirst()
                .orElseThrow();
        rehearsal.audioTasks.remove(task);
        List<AudioSegment> one = rehearsal.worker.prepared(task, "one");
        List<AudioSegment> other = rehearsal.worker.prepared(task, "other");
        for (int i = 0; i < one.size() - 1; i++) {
            rehearsal.answer(one.get(i));
            rehearsal.answer(other.get(i));
        }
        rehearsal.answer(other.get(other.size() - 1));
        rehearsal.answer(one.get(one.size() - 1));
        rehearsal.only("primed", SongEventKind.ACCEPTED);
        rehearsal.workAll();
        rehearsal.only("primed", SongEventKind.COMPLETED);
    }

    @Test
    void aPreparationThatPromisesMoreThanItGaveIsTriedAgain() {
        AudioTask task = rehearsal.audioTasks.poll();
        List<AudioSegment> answers = rehearsal.worker.prepared(task, "p");
        AudioSegment last = answers.get(answers.size() - 1);
        rehearsal.answer(AudioSegment.newBuilder(last)
                .setPrepared(SongPrepared.newBuilder(last.getPrepared())
                        .setPromptCodes(List.of(0, 0, 8))
                        .build())
                .build());
        assertThat(rehearsal.deadLetters).hasSize(1);
        rehearsal.pass(Duration.ofSeconds(3));
        assertThat(rehearsal.audioTasks.peek().getKind()).isEqualTo(AudioTaskKind.PREPARE);
        rehearsal.workAll();
        rehearsal.only("song", SongEventKind.COMPLETED);
    }

    @Test
    void soundOfAnotherRangeThanItsTasksIsTriedAgain() {
        rehearsal.prepareAll();
        while (rehearsal.audioTasks.isEmpty()) {
            rehearsal.answer(rehearsal.worker.done(rehearsal.windowTasks.poll(), rehearsal.now()));
        }
        AudioTask task = rehearsal.audioTasks.poll();
        AudioSegment good = rehearsal.worker.done(task, rehearsal.now()).get(0);
        rehearsal.answer(AudioSegment.newBuilder(good)
                .setStored(RangeStored.newBuilder(good.getStored()).setEnd(1).build())
                .build());
        assertThat(rehearsal.deadLetters).hasSize(1);
        rehearsal.pass(Duration.ofSeconds(3));
        rehearsal.workAll();
        rehearsal.only("song", SongEventKind.COMPLETED);
    }
}
