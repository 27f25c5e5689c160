package dev.segue.worker.weights;

import dev.segue.worker.weights.PickleValue.Call;
import dev.segue.worker.weights.PickleValue.Dictionary;
import dev.segue.worker.weights.PickleValue.Sequence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The values that a pickle has made and not yet used, the marks between them, and those it remembers. Counts everything
 * against {@link PickleLimits}. Owned by one reader.
 */
final class PickleStack {
    private final PickleInput in;
    private final List<PickleValue> stack = new ArrayList<>();
    private final Deque<Integer> marks = new ArrayDeque<>();
    private final Map<Integer, PickleValue> memo = new HashMap<>();
    private int values;

    PickleStack(PickleInput in) {
        this.in = in;
    }

    void push(PickleValue value) throws WeightsException {
        count();
        stack.add(value);
    }

    /** Counts a value that was made. */
    void count() throws WeightsException {
        if (++values > in.limits().values()) {
            throw hostile("the pickle makes more than " + in.limits().values() + " values");
        }
    }

    /** Begins a group. */
    void mark() throws WeightsException {
        count();
        marks.push(stack.size());
    }

    PickleValue pop() throws WeightsException {
        requireOnStack(1);
        return stack.remove(stack.size() - 1);
    }

    List<PickleValue> popLast(int count) throws WeightsException {
        requireOnStack(count);
        return popFrom(stack.size() - count);
    }

    /** Ends the last group and takes its values. */
    List<PickleValue> popToMark() throws WeightsException {
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

    /** Remembers the last value under the next free key. */
    void remember() throws WeightsException {
        remember(memo.size());
    }

    void remember(int key) throws WeightsException {
        if (memo.size() >= in.limits().values()) {
            throw hostile("the pickle remembers more than " + in.limits().values() + " values");
        }
        memo.put(key, peek());
    }

    void recall(int key) throws WeightsException {
        PickleValue value = memo.get(key);
        if (value == null) {
            throw malformed("the pickle recalls value " + key + ", which it never remembered");
        }
        push(value);
    }

    /** Appends to the list on top; what an object that is not made would get is dropped. */
    void append(List<PickleValue> items) throws WeightsException {
        PickleValue target = peek();
        if (target instanceof Sequence sequence) {
            items.forEach(sequence::add);
        } else if (!(target instanceof Call)) {
            throw malformed("the pickle appends to " + target);
        }
    }

    /** Sets items of the dictionary on top; what an object that is not made would get is dropped. */
    void set(List<PickleValue> keysAndValues) throws WeightsException {
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

    private PickleValue peek() throws WeightsException {
        requireOnStack(1);
        return stack.get(stack.size() - 1);
    }

    /** Values below the last mark are out of reach until its group ends. */
    private void requireOnStack(int count) throws WeightsException {
        int floor = marks.isEmpty() ? 0 : marks.peek();
        if (stack.size() - floor < count) {
            throw malformed("the pickle takes a value that it never made, before byte " + in.position());
        }
    }

    private WeightsException malformed(String what) {
        return new WeightsException.Malformed(in.file(), what);
    }

    private WeightsException hostile(String what) {
        return new WeightsException.Hostile(in.file(), what + "; no checkpoint needs that");
    }
}
