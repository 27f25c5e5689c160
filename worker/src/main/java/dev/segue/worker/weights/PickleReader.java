package dev.segue.worker.weights;

import dev.segue.worker.weights.PickleValue.Call;
import dev.segue.worker.weights.PickleValue.Dictionary;
import dev.segue.worker.weights.PickleValue.Flag;
import dev.segue.worker.weights.PickleValue.Global;
import dev.segue.worker.weights.PickleValue.None;
import dev.segue.worker.weights.PickleValue.Outside;
import dev.segue.worker.weights.PickleValue.Real;
import dev.segue.worker.weights.PickleValue.Sequence;
import dev.segue.worker.weights.PickleValue.Text;
import dev.segue.worker.weights.PickleValue.Whole;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads one pickle as data. Only the operations that torch writes are known, and none of them runs anything: a global
 * is a name, a call is a note that somebody wanted one. Work and memory are linear in the bytes read and bounded by
 * {@link PickleLimits}; nesting takes no stack of ours. (A general pickle library was tried: it allocates whatever
 * length a string claims, fails with unchecked exceptions, and loses the order of dictionaries.) The class is longer
 * than others, because the list of operations is the rule and should be read in one place.
 */
final class PickleReader {
    private static final int HIGHEST_PROTOCOL = 5;

    private final PickleInput in;
    private final PickleStack stack;
    private final Consumer<Outside> references;

    private PickleReader(PickleInput in, Consumer<Outside> references) {
        this.in = in;
        this.stack = new PickleStack(in);
        this.references = references;
    }

    /**
     * Reads the pickle up to its end; {@code in} then stands behind it. Every reference to something outside is also
     * given to {@code references}, in the order of the pickle.
     *
     * @throws WeightsException if it is truncated, uses an operation that torch does not, or exceeds its limits
     */
    static PickleValue read(PickleInput in, Consumer<Outside> references) throws IOException {
        return new PickleReader(in, references).run();
    }

    private PickleValue run() throws IOException {
        while (true) {
            long at = in.position();
            int op = in.unsignedByte();
            if (op == '.') {
                return stack.pop();
            }
            if (!scalar(op) && !container(op) && !memo(op) && !object(op)) {
                throw new WeightsException.Unsupported(
                        in.file(),
                        "the pickle uses operation 0x%02x at byte %d, which no checkpoint needs; save the model again with torch.save"
                                .formatted(op, at));
            }
        }
    }

    private boolean scalar(int op) throws IOException {
        switch (op) {
            case 'N' -> stack.push(None.NONE);
            case 0x88 -> stack.push(new Flag(true)); // NEWTRUE
            case 0x89 -> stack.push(new Flag(false)); // NEWFALSE
            case 'J' -> stack.push(whole(in.signedInt())); // BININT
            case 'K' -> stack.push(whole(in.unsignedByte())); // BININT1
            case 'M' -> stack.push(whole(in.unsignedShort())); // BININT2
            case 0x8a -> stack.push(new Whole(littleEndian(in.bytes(in.unsignedByte())))); // LONG1
            case 'G' -> stack.push(new Real(in.bigEndianDouble())); // BINFLOAT
            case 'X' -> stack.push(new Text(in.utf8(in.unsignedInt()))); // BINUNICODE
            case 0x8c -> stack.push(new Text(in.utf8(in.unsignedByte()))); // SHORT_BINUNICODE
            // Byte strings, which only Python 2 and numpy's scalars use: one character per byte.
            case 'T', 'B' -> stack.push(latin1(in.unsignedInt())); // BINSTRING, BINBYTES
            case 'U', 'C' -> stack.push(latin1(in.unsignedByte())); // SHORT_BINSTRING, SHORT_BINBYTES
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean container(int op) throws IOException {
        switch (op) {
            case '(' -> stack.mark();
            case '}' -> stack.push(new Dictionary());
            case ']', ')', 0x8f -> stack.push(new Sequence()); // list, tuple, set
            case 't' -> stack.push(sequence(stack.popToMark())); // TUPLE
            case 0x85 -> stack.push(sequence(stack.popLast(1))); // TUPLE1
            case 0x86 -> stack.push(sequence(stack.popLast(2))); // TUPLE2
            case 0x87 -> stack.push(sequence(stack.popLast(3))); // TUPLE3
            case 'a' -> stack.append(stack.popLast(1)); // APPEND
            case 'e', 0x90 -> stack.append(stack.popToMark()); // APPENDS, ADDITEMS
            case 's' -> stack.set(stack.popLast(2)); // SETITEM
            case 'u' -> stack.set(stack.popToMark()); // SETITEMS
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean memo(int op) throws IOException {
        switch (op) {
            case 'q' -> stack.remember(in.unsignedByte()); // BINPUT
            case 'r' -> stack.remember(in.signedInt()); // LONG_BINPUT
            case 0x94 -> stack.remember(); // MEMOIZE
            case 'h' -> stack.recall(in.unsignedByte()); // BINGET
            case 'j' -> stack.recall(in.signedInt()); // LONG_BINGET
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean object(int op) throws IOException {
        switch (op) {
            case 0x80 -> protocol(in.unsignedByte());
            case 0x95 -> in.signedLong(); // FRAME: a hint of how much to read ahead
            case 'c' -> stack.push(new Global(in.line(), in.line()));
            case 0x93 -> { // STACK_GLOBAL
                List<PickleValue> names = stack.popLast(2);
                stack.push(new Global(text(names.get(0)), text(names.get(1))));
            }
            case 'R', 0x81 -> { // REDUCE, NEWOBJ
                List<PickleValue> call = stack.popLast(2);
                stack.push(call(call.get(0), call.get(1)));
            }
            case 'b' -> stack.pop(); // BUILD: the state of an object that is not made
            case 'Q' -> { // BINPERSID
                Outside outside = new Outside(tuple(stack.pop()));
                references.accept(outside);
                stack.push(outside);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void protocol(int version) throws IOException {
        if (version > HIGHEST_PROTOCOL) {
            throw new WeightsException.Unsupported(
                    in.file(),
                    "the pickle has protocol %d, and at most %d is read".formatted(version, HIGHEST_PROTOCOL));
        }
    }

    /** Ordered dictionaries are the one call whose meaning is needed; every other stays a note. */
    private PickleValue call(PickleValue callee, PickleValue arguments) throws IOException {
        if (!(callee instanceof Global global)) {
            throw malformed("the pickle calls " + callee + ", which is no function");
        }
        Sequence given = tuple(arguments);
        if (!global.is("collections", "OrderedDict")) {
            return new Call(global, given);
        }
        Dictionary dictionary = new Dictionary();
        if (!given.items().isEmpty()) {
            for (PickleValue pair : tuple(given.items().get(0)).items()) {
                List<PickleValue> keyAndValue = tuple(pair).items();
                if (keyAndValue.size() != 2) {
                    throw malformed("the pickle fills an ordered dictionary with something else than pairs");
                }
                stack.count();
                dictionary.put(keyAndValue.get(0), keyAndValue.get(1));
            }
        }
        return dictionary;
    }

    private Sequence tuple(PickleValue value) throws IOException {
        if (value instanceof Sequence sequence) {
            return sequence;
        }
        throw malformed("the pickle has " + value + " where a tuple belongs, before byte " + in.position());
    }

    private String text(PickleValue value) throws IOException {
        if (value instanceof Text text) {
            return text.value();
        }
        throw malformed("the pickle has " + value + " where a name belongs, before byte " + in.position());
    }

    private Text latin1(long bytes) throws IOException {
        return new Text(new String(in.bytes(bytes), StandardCharsets.ISO_8859_1));
    }

    private static Sequence sequence(List<PickleValue> items) {
        Sequence sequence = new Sequence();
        items.forEach(sequence::add);
        return sequence;
    }

    private static Whole whole(long value) {
        return new Whole(BigInteger.valueOf(value));
    }

    private static BigInteger littleEndian(byte[] bytes) {
        byte[] bigEndian = new byte[bytes.length + (bytes.length == 0 ? 1 : 0)];
        for (int i = 0; i < bytes.length; i++) {
            bigEndian[bytes.length - 1 - i] = bytes[i];
        }
        return new BigInteger(bigEndian);
    }

    private WeightsException malformed(String what) {
        return new WeightsException.Malformed(in.file(), what);
    }
}
