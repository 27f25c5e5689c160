package dev.segue.worker.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostilePickleTest {
    @TempDir
    private Path folder;

    @Test
    void aCallOfTheSystemStaysANote() throws IOException {
        Path witness = folder.resolve("witness");
        PickleValue read = read(new PickleBytes()
                .global("os", "system")
                .text("touch " + witness)
                .op(0x85)
                .op('R')
                .end());
        assertThat(read).isInstanceOfSatisfying(PickleValue.Call.class, call -> assertThat(call.callee())
                .isEqualTo(new PickleValue.Global("os", "system")));
        assertThat(witness).doesNotExist();
    }

    @Test
    void aJavaClassNameIsNeverLookedUp() throws IOException {
        PickleValue read = read(new PickleBytes()
                .global("java.lang", "ProcessBuilder")
                .text("true")
                .op(0x85)
                .op(0x81)
                .op('}')
                .op('b')
                .end());
        assertThat(read).hasToString("a call of java.lang.ProcessBuilder");
    }

    @Test
    void aStringLongerThanTheFileIsRefusedBeforeItIsAllocated() {
        assertThatThrownBy(() -> read(new PickleBytes().op('X').int32(1000).end()))
                .isInstanceOf(WeightsException.Malformed.class)
                .hasMessageContaining("breaks off");
    }

    @Test
    void aStringOfGigabytesIsRefusedBeforeItIsAllocated() {
        assertThatThrownBy(() -> read(new PickleBytes().op('X').int32(-1).end()))
                .isInstanceOf(WeightsException.Hostile.class)
                .hasMessageContaining("4294967295 bytes")
                .hasMessageContaining("1048576 are allowed");
    }

    @Test
    void nestingOfAHundredThousandTuplesTakesNoStack() throws IOException {
        PickleBytes deep = new PickleBytes().op('N');
        for (int i = 0; i < 100_000; i++) {
            deep.op(0x85);
        }
        PickleValue read = read(deep.end());
        assertThat(read).hasToString("a sequence of 1");
        assertThatThrownBy(() -> new PlainValues(folder).json(read)).isInstanceOf(WeightsException.Hostile.class);
    }

    @Test
    void aBillionLaughsStayAHundredValues() throws IOException {
        PickleBytes laughs = new PickleBytes().text("lol").op('q', 0);
        for (int i = 0; i < 50; i++) {
            laughs.op('h', i).op('h', i).op(0x86).op('q', i + 1);
        }
        PickleValue read = read(laughs.end());
        assertThat(read).hasToString("a sequence of 2");
        assertThatThrownBy(() -> new PlainValues(folder).json(read))
                .isInstanceOf(WeightsException.Hostile.class)
                .hasMessageContaining("unfolds to more than");
    }

    @Test
    void aListThatContainsItselfIsReadAndRefusedAsSettings() throws IOException {
        PickleValue read =
                read(new PickleBytes().op(']').op('q', 0).op('h', 0).op('a').end());
        assertThat(read).hasToString("a sequence of 1");
        assertThatThrownBy(() -> new PlainValues(folder).json(read)).isInstanceOf(WeightsException.Hostile.class);
    }

    @Test
    void aDictionaryMayHaveItselfAsKey() throws IOException {
        PickleValue read = read(
                new PickleBytes().op('}').op('q', 0).op('h', 0).op('N').op('s').end());
        assertThat(read).hasToString("a dictionary of 1");
    }

    @Test
    void moreValuesThanACheckpointNeedsAreRefused() {
        PickleBytes many = new PickleBytes();
        for (int i = 0; i < PickleLimits.CHECKPOINT.values() + 1; i++) {
            many.op(']');
        }
        assertThatThrownBy(() -> read(many.end()))
                .isInstanceOf(WeightsException.Hostile.class)
                .hasMessageContaining("1500000 values");
    }

    @Test
    void moreMemoriesThanACheckpointNeedsAreRefused() {
        PickleBytes many = new PickleBytes().op('N');
        for (int i = 0; i < PickleLimits.CHECKPOINT.values() + 1; i++) {
            many.op('r').int32(i);
        }
        assertThatThrownBy(() -> read(many.end()))
                .isInstanceOf(WeightsException.Hostile.class)
                .hasMessageContaining("remembers more than");
    }

    @Test
    void anOperationThatTorchDoesNotWriteIsRefusedByItsPlace() {
        assertThatThrownBy(() -> read(new PickleBytes().op('i').end()))
                .isInstanceOf(WeightsException.Unsupported.class)
                .hasMessageContaining("operation 0x69 at byte 2")
                .hasMessageContaining("torch.save");
    }

    @Test
    void aProtocolOfTheFutureIsRefused() {
        assertThatThrownBy(() -> read(new byte[] {(byte) 0x80, 9, 'N', '.'}))
                .isInstanceOf(WeightsException.Unsupported.class)
                .hasMessageContaining("protocol 9");
    }

    @Test
    void nonsenseIsMalformedWhereverItGoesWrong() {
        byte[][] nonsense = {
            new PickleBytes().end(),
            new PickleBytes().op('t').end(),
            new PickleBytes().op('h', 3).end(),
            new PickleBytes().op('N').op('(').op(0x85).end(),
            new PickleBytes().op('K', 1).op('K', 1).op('R').end(),
            new PickleBytes().global("a", "b").op('K', 1).op('R').end(),
            new PickleBytes().op('K', 1).op('Q').end(),
            new PickleBytes().op('N').op('N').op('a').end(),
            new PickleBytes().op('N').op('N').op('N').op('s').end(),
            new PickleBytes().op('}').op('(').op('N').op('u').end(),
            new PickleBytes().op('N').op('N').op(0x93).end(),
            new PickleBytes().op('X').int32(1).op(0xff).end(),
            new PickleBytes().op('q', 1).end(),
            new PickleBytes()
                    .global("collections", "OrderedDict")
                    .op(']')
                    .op('N')
                    .op('a')
                    .op(0x85)
                    .op('R')
                    .end(),
        };
        for (byte[] pickle : nonsense) {
            assertThatThrownBy(() -> read(pickle)).isInstanceOf(WeightsException.Malformed.class);
        }
    }

    @Test
    void anOrderedDictionaryOfPairsKeepsItsOrder() throws IOException {
        PickleBytes pairs =
                new PickleBytes().global("collections", "OrderedDict").op(']').op('(');
        pairs.text("z").op('K', 1).op(0x86).text("a").op('K', 2).op(0x86).op('e');
        PickleValue read = read(pairs.op(0x85).op('R').end());
        assertThat(new PlainValues(folder).json(read)).hasToString("{\"z\":1,\"a\":2}");
    }

    private PickleValue read(byte[] pickle) throws IOException {
        Path file = folder.resolve("pickle");
        Files.write(file, pickle);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return PickleReader.read(
                    new PickleInput(file, channel, 0, pickle.length, PickleLimits.CHECKPOINT), outside -> {});
        }
    }
}
