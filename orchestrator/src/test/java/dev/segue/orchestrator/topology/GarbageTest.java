package dev.segue.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.ModelRegistration;
import dev.segue.contracts.record.RequestProblem;
import dev.segue.contracts.record.SongCommand;
import dev.segue.contracts.record.SongCommandKind;
import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.record.SongEventKind;
import dev.segue.contracts.topic.Topic;
import dev.segue.orchestrator.plan.Cards;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GarbageTest {
    private static final ModelCard CARD = Cards.small();
    private static final byte[] KEY = "poor".getBytes(StandardCharsets.UTF_8);

    private Rehearsal rehearsal;

    @BeforeEach
    void startWithASongOnItsWay() throws IOException {
        FlowSettings impatient = new FlowSettings(
                FlowSettings.DEFAULT.limits(),
                FlowSettings.DEFAULT.songsInFlight(),
                FlowSettings.DEFAULT.lostAfter(),
                FlowSettings.DEFAULT.unclaimedAfter(),
                FlowSettings.DEFAULT.retryAfter(),
                FlowSettings.DEFAULT.keepEnded(),
                FlowSettings.DEFAULT.taskLength(),
                Duration.ofMillis(200));
        rehearsal = new Rehearsal(CARD, impatient);
        rehearsal.send(rehearsal.request("good", 0.3).build());
    }

    @AfterEach
    void close() throws IOException {
        rehearsal.close();
    }

    /** Values that no topic can hold. */
    static Stream<byte[]> unreadable() {
        byte[] noise = new byte[300];
        new Random(1).nextBytes(noise);
        noise[0] = 7;
        return Stream.of(
                null,
                new byte[0],
                noise,
                new byte[] {0, 0, 0},
                ByteBuffer.allocate(20).put((byte) 0).putInt(4711).array());
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void aRequestThatCannotBeReadIsKeptAsItCameAndAnswered(byte[] value) {
        rehearsal.sendBytes(Rehearsal.TOPICS.songRequests(), KEY, value);
        assertDeadLetter(Rehearsal.TOPICS.songRequests(), KEY, value);
        RequestProblem problem = rehearsal.only("poor", SongEventKind.REJECTED).getProblem();
        assertThat(problem.getField()).isEqualTo("value");
        assertThat(problem.getValue()).contains(value == null ? "null" : value.length + " bytes");
        assertTheOtherSongIsUnharmed();
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void anAnswerThatCannotBeReadIsKeptAsItCame(byte[] value) {
        byte[] key = "good".getBytes(StandardCharsets.UTF_8);
        for (Topic<?> topic : new Topic<?>[] {
            Rehearsal.TOPICS.codeSegments(), Rehearsal.TOPICS.audioSegments(), Rehearsal.TOPICS.songCommands()
        }) {
            rehearsal.sendBytes(topic, key, value);
            assertDeadLetter(topic, key, value);
            rehearsal.deadLetters.clear();
        }
        assertTheOtherSongIsUnharmed();
    }

    @Test
    void aTruncatedRequestIsKeptAsItCame() {
        byte[] whole = rehearsal.bytes(
                Rehearsal.TOPICS.songRequests(), rehearsal.request("poor", 1).build());
        byte[] truncated = Arrays.copyOf(whole, whole.length / 2);
        rehearsal.sendBytes(Rehearsal.TOPICS.songRequests(), KEY, truncated);
        assertDeadLetter(Rehearsal.TOPICS.songRequests(), KEY, truncated);
        rehearsal.only("poor", SongEventKind.REJECTED);
        assertTheOtherSongIsUnharmed();
    }

    @Test
    void aRecordOfAnotherTypeIsKeptAsItCame() {
        byte[] command =
                rehearsal.bytes(Rehearsal.TOPICS.songCommands(), new SongCommand("poor", SongCommandKind.CANCEL, ""));
        rehearsal.sendBytes(Rehearsal.TOPICS.songRequests(), KEY, command);
        assertDeadLetter(Rehearsal.TOPICS.songRequests(), KEY, command);
        rehearsal.only("poor", SongEventKind.REJECTED);
    }

    @Test
    void aRecordWithoutAKeyIsKeptAsItCame() {
        byte[] value = rehearsal.bytes(
                Rehearsal.TOPICS.songRequests(), rehearsal.request("poor", 1).build());
        rehearsal.sendBytes(Rehearsal.TOPICS.songRequests(), null, value);
        assertDeadLetter(Rehearsal.TOPICS.songRequests(), null, value);
        rehearsal.deadLetters.clear();
        rehearsal.sendBytes(Rehearsal.TOPICS.songRequests(), new byte[0], value);
        assertDeadLetter(Rehearsal.TOPICS.songRequests(), new byte[0], value);
        assertTheOtherSongIsUnharmed();
    }

    @Test
    void aRequestUnderAnotherKeyIsAnsweredToTheKey() {
        rehearsal.send(
                Rehearsal.TOPICS.songRequests(),
                "poor",
                rehearsal.request("other", 1).build());
        assertThat(rehearsal.only("poor", SongEventKind.REJECTED).getProblem().getField())
                .isEqualTo("songId");
        assertThat(rehearsal.events("other")).isEmpty();
        assertThat(rehearsal.deadLetters).hasSize(1);
    }

    @Test
    void aBrokenRequestUnderTheIdOfARunningSongDoesNotEndIt() {
        byte[] key = "good".getBytes(StandardCharsets.UTF_8);
        rehearsal.sendBytes(Rehearsal.TOPICS.songRequests(), key, new byte[] {1, 2, 3});
        rehearsal.only("good", SongEventKind.REFUSED);
        assertTheOtherSongIsUnharmed();
        rehearsal.sendBytes(Rehearsal.TOPICS.songRequests(), key, new byte[] {1, 2, 3});
        assertThat(rehearsal.last("good").getKind()).isEqualTo(SongEventKind.REFUSED);
    }

    @Test
    void aMalformedIdIsRejectedUnderThatId() {
        rehearsal.send(rehearsal.request("Not An Id", 1).build());
        assertThat(rehearsal
                        .only("Not An Id", SongEventKind.REJECTED)
                        .getProblem()
                        .getField())
                .isEqualTo("songId");
    }

    @Test
    void aModelThatContradictsItselfIsNotPublished() {
        ModelCard other = Cards.single();
        rehearsal.send(
                Rehearsal.TOPICS.models(),
                other.name(),
                new ModelRegistration(other.name(), "0".repeat(64), other.toJson(), List.of(), List.of()));
        rehearsal.send(
                Rehearsal.TOPICS.models(),
                "alias",
                new ModelRegistration("alias", other.digest(), other.toJson(), List.of(), List.of()));
        rehearsal.send(
                Rehearsal.TOPICS.models(),
                other.name(),
                new ModelRegistration(other.name(), other.digest(), "{}", List.of(), List.of()));
        assertThat(rehearsal.deadLetters).hasSize(3);
        rehearsal.send(rehearsal.request("poor", 1).setModel(other.name()).build());
        rehearsal.only("poor", SongEventKind.REJECTED);
    }

    @Test
    void anUnknownCommandAndOneAboutNoSongAreRefused() {
        rehearsal.send(Rehearsal.TOPICS.songCommands(), "good", new SongCommand("good", SongCommandKind.UNKNOWN, ""));
        assertThat(rehearsal.only("good", SongEventKind.REFUSED).getProblem().getField())
                .isEqualTo("command");
        rehearsal.cancel("nobody");
        assertThat(rehearsal.only("nobody", SongEventKind.REFUSED).getProblem().getField())
                .isEqualTo("songId");
        assertTheOtherSongIsUnharmed();
    }

    @Test
    void whatCannotBeReadWhileTheRegistryIsSilentIsTriedAgainAndNeverDeadLettered() {
        byte[] unknownSchema =
                ByteBuffer.allocate(20).put((byte) 0).putInt(4711).array();
        rehearsal.registrySilent(true);
        assertThatThrownBy(() -> rehearsal.sendBytes(Rehearsal.TOPICS.songRequests(), KEY, unknownSchema))
                .isInstanceOf(StreamsException.class)
                .hasStackTraceContaining("nothing of the step stands")
                .hasStackTraceContaining(TimeoutException.class.getName());
        assertThat(rehearsal.tally.of(Tally.Event.REGISTRY_WAIT)).isGreaterThan(1);
        assertThat(rehearsal.deadLetters).isEmpty();
        assertThat(rehearsal.events("poor")).isEmpty();
    }

    private void assertDeadLetter(Topic<?> topic, byte[] key, byte[] value) {
        assertThat(rehearsal.deadLetters).hasSize(1);
        TestRecord<byte[], byte[]> letter = rehearsal.deadLetters.get(0);
        assertThat(letter.key()).isEqualTo(key);
        assertThat(letter.value()).isEqualTo(value);
        assertThat(header(letter, "segue.topic")).isEqualTo(topic.name());
        assertThat(header(letter, "segue.partition")).isEqualTo("0");
        assertThat(header(letter, "segue.offset")).matches("\\d+");
        assertThat(header(letter, "segue.reason")).isNotBlank();
        assertThat(header(letter, "segue.at")).isEqualTo(rehearsal.now().toString());
    }

    private static String header(TestRecord<byte[], byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private void assertTheOtherSongIsUnharmed() {
        rehearsal.workAll();
        SongEvent end = rehearsal.only("good", SongEventKind.COMPLETED);
        assertThat(end.getCompleted().getSamples()).isPositive();
    }
}
