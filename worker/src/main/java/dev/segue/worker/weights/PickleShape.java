package dev.segue.worker.weights;

import dev.segue.worker.weights.PickleValue.Dictionary;
import dev.segue.worker.weights.PickleValue.Sequence;
import dev.segue.worker.weights.PickleValue.Text;
import dev.segue.worker.weights.PickleValue.Whole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Takes values of a pickle for what they must be, or says what they are instead. */
record PickleShape(Path file) {

    String text(PickleValue value, String what) throws WeightsException {
        if (value instanceof Text text) {
            return text.value();
        }
        throw wrong(value, what, "a text");
    }

    /** An integer from 0 that fits 64 bits. */
    long natural(PickleValue value, String what) throws WeightsException {
        if (value instanceof Whole whole) {
            long number = whole.asLong().orElse(-1L);
            if (number >= 0) {
                return number;
            }
        }
        throw wrong(value, what, "an integer from 0");
    }

    List<Long> naturals(PickleValue value, String what) throws WeightsException {
        List<Long> numbers = new ArrayList<>();
        for (PickleValue item : sequence(value, what).items()) {
            numbers.add(natural(item, what));
        }
        return numbers;
    }

    Sequence sequence(PickleValue value, String what) throws WeightsException {
        if (value instanceof Sequence sequence) {
            return sequence;
        }
        throw wrong(value, what, "a list");
    }

    Dictionary dictionary(PickleValue value, String what) throws WeightsException {
        if (value instanceof Dictionary dictionary) {
            return dictionary;
        }
        throw wrong(value, what, "a dictionary");
    }

    private WeightsException wrong(PickleValue value, String what, String wanted) {
        String is = value.toString();
        return new WeightsException.Malformed(
                file,
                what + " is " + (is.length() > 80 ? is.substring(0, 80) + "…" : is) + " where " + wanted
                        + " belongs; is this a checkpoint that torch.save wrote?");
    }
}
