package dev.segue.worker.weights;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares the names and shapes of a file with those of the model it should hold. */
public final class StateDictCheck {
    private static final int SHOWN = 10;

    private StateDictCheck() {}

    /**
     * Accepts exactly the expected names with exactly the expected shapes.
     *
     * @param file what to name in the error
     * @throws WeightsException.Mismatch one that lists what is missing, unexpected and of another shape, ten of each
     */
    public static void check(Path file, Map<String, List<Long>> actual, Map<String, List<Long>> expected)
            throws WeightsException {
        List<String> missing =
                expected.keySet().stream().filter(n -> !actual.containsKey(n)).toList();
        List<String> unexpected =
                actual.keySet().stream().filter(n -> !expected.containsKey(n)).toList();
        List<String> wrong = new ArrayList<>();
        expected.forEach((name, shape) -> {
            if (actual.containsKey(name) && !actual.get(name).equals(shape)) {
                wrong.add(name + " is " + actual.get(name) + " instead of " + shape);
            }
        });
        List<String> faults = new ArrayList<>();
        add(faults, missing.size() + " names are missing", missing);
        add(faults, unexpected.size() + " names are unexpected", unexpected);
        add(faults, wrong.size() + " shapes differ", wrong);
        if (!faults.isEmpty()) {
            throw new WeightsException.Mismatch(
                    file,
                    "these are not the weights of the model: " + String.join("; ", faults)
                            + "; choose the model that the file belongs to");
        }
    }

    private static void add(List<String> faults, String what, List<String> items) {
        if (!items.isEmpty()) {
            String shown = String.join(", ", items.subList(0, Math.min(SHOWN, items.size())));
            faults.add(what + " (" + shown + (items.size() > SHOWN ? ", …" : "") + ")");
        }
    }
}
