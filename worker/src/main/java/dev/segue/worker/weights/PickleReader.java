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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads one pickle as data. Only the operations that torch writes are known, and none of them runs anything: a global
 * is a name, a call is a note that somebody wanted one. Work and memory are linear in the bytes read and bounded by
 * {@link PickleLimits}; nesting takes no stack of ours. (A general pickle library was tried: it allocates whatever
 * length a string claims, fails with unchecked exceptions, and loses the order of dictionaries.)
 */
final class PickleReader {
    private static final int HIGHEST_PROTOCOL = 5;

    private final PickleInput in;
    private final List<PickleValue> stack = new ArrayList<>();
    private final Deque<Integer> marks = new ArrayDeque<>();
    private final Map<Integer, PickleValue> memo = new HashMap<>();
    private final Consumer<Outside> references;
    private int values;

    private PickleReader(PickleInput in, Consumer<Outside> references) {
        this.in = in;
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
                return pop();
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
            case 'N' -> push(None.NONE);
            case 0x88 -> push(new Flag(true)); // NEWTRUE
            case 0x89 -> push(new Flag(false)); // NEWFALSE
            case 'J' -> push(whole(in.signedInt())); // BININT
            case 'K' -> push(whole(in.unsignedByte())); // BININT1
            case 'M' -> push(whole(in.unsignedShort())); // BININT2
            case 0x8a -> push(new Whole(littleEndian(in.bytes(in.unsignedByte())))); // LONG1
            case 'G' -> push(new Real(in.bigEndianDouble())); // BINFLOAT
            case 'X' -> push(new Text(in.utf8(in.unsignedInt()))); // BINUNICODE
            case 0x8c -> push(new Text(in.utf8(in.unsignedByte()))); // SHORT_BINUNICODE
            // Byte strings, which only Python 2 and numpy's scalars use: one character per byte.
            case 'T', 'B' -> push(latin1(in.unsignedInt())); // BINSTRING, BINBYTES
            case 'U', 'C' -> push(latin1(in.unsignedByte())); // SHORT_BINSTRING, SHORT_BINBYTES
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean container(int op) throws IOException {
        switch (op) {
            case '(' -> mark();
            case '}' -> push(new Dictionary());
            case ']', ')', 0x8f -> push(new Sequence()); // list, tuple, set
            case 't' -> push(sequence(popToMark())); // TUPLE
            case 0x85 -> push(sequence(popLast(1))); // TUPLE1
            case 0x86 -> push(sequence(popLast(2))); // TUPLE2
            case 0x87 -> push(sequence(popLast(3))); // TUPLE3
            case 'a' -> append(popLast(1)); // APPEND
            case 'e', 0x90 -> append(popToMark()); // APPENDS, ADDITEMS
            case 's' -> set(popLast(2)); // SETITEM
            case 'u' -> set(popToMark()); // SETITEMS
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean memo(int op) throws IOException {
        switch (op) {
            case 'q' -> remember(in.unsignedByte()); // BINPUT
            case 'r' -> remember(in.signedInt()); // LONG_BINPUT
            case 0x94 -> remember(memo.size()); // MEMOIZE
            case 'h' -> recall(in.unsignedByte()); // BINGET
            case 'j' -> recall(in.signedInt()); // LONG_BINGET
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
            case 'c' -> push(new Global(in.line(), in.line()));
            case 0x93 -> { // STACK_GLOBAL
                List<PickleValue> names = popLast(2);
                push(new Global(text(names.get(0)), text(names.get(1))));
            }
            case 'R', 0x81 -> { // REDUCE, NEWOBJ
                List<PickleValue> call = popLast(2);
                push(call(call.get(0), call.get(1)));
            }
            case 'b' -> pop(); // BUILD: the state of an object that is not made
            case 'Q' -> { // BINPERSID
                Outside outside = new Outside(tuple(pop()));
                references.accept(outside);
                push(outside);
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
                count();
                dictionary.put(keyAndValue.get(0), keyAndValue.get(1));
            }
        }
        return dictionary;
    }

    private void append(List<PickleValue> items) throws IOException {
        PickleValue target = peek();
        if (target instanceof Sequence sequence) {
            items.forEach(sequence::add);
        } else if (!(target instanceof Call)) {
            throw malformed("the pickle appends to " + target);
        }
    }

    private void set(List<PickleValue> keysAndValues) throws IOException {
        PickleValue target = peek();
        if (keysAndValues.size() % 2 != 0) {
            throw malformed("the pickle sets a key without a value");
        }
        if (target instanceof Dictionary dictionary) {
            for (int i = 0; i < keysAndValues.size(); i += 2) {
                dictionary.put(keysAndValues.get(i), keysAndValues.get(i + 1));
            }
        } else if (!(target instanceof Call)) {
            throw malformed("the pickle sets an item of " + target);
        }
    }

    private void remember(int key) throws IOException {
        if (memo.size() >= in.limits().values()) {
            throw hostile("the pickle remembers more than " + in.limits().values() + " values");
        }
        memo.put(key, peek());
    }

    private void recall(int key) throws IOException {
        PickleValue value = memo.get(key);
        if (value == null) {
            throw malformed("the pickle recalls value " + key + ", which it never remembered");
        }
        push(value);
    }

    private void mark() throws IOException {
        count();
        marks.push(stack.size());
    }

    private void push(PickleValue value) throws IOException {
        count();
        stack.add(value);
    }

    private void count() throws IOException {
        if (++values > in.limits().values()) {
            throw hostile("the pickle makes more than " + in.limits().values() + " values");
        }
    }

    private PickleValue peek() throws IOException {
        requireOnStack(1);
        return stack.get(stack.size() - 1);
    }

    private PickleValue pop() throws IOException {
        requireOnStack(1);
        return stack.remove(stack.size() - 1);
    }

    private List<PickleValue> popLast(int count) throws IOException {
        requireOnStack(count);
        return popFrom(stack.size() - count);
    }

    private List<PickleValue> popToMark() throws IOException {
        if (marks.isEmpty()) {
            throw malformed("the pickle ends a group that it never began, before byte " + in.position());
        }
        return popFrom(marks.pop());
    }

    private List<PickleValue> popFrom(int index) {
        List<PickleValue> tail = stack.subList(index, stack.size());
        List<PickleValue> popped = new ArrayList<>(tail);
        tail.clear();
        return popped;
    }

    /** Values below the last mark are out of reach until its group ends. */
    private void requireOnStack(int count) throws IOException {
        int floor = marks.isEmpty() ? 0 : marks.peek();
        if (stack.size() - floor < count) {
            throw malformed("the pickle takes a value that it never made, before byte " + in.position());
        }
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

    private WeightsException hostile(String what) {
        return new WeightsException.Hostile(in.file(), what + "; no checkpoint needs that");
    }
}
