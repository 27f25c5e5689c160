package dev.segue.worker.jukebox;

import java.util.ArrayList;
import java.util.List;

/** How a batch is filled when fewer descriptions or prompts are given than songs are asked for. */
public final class BatchItems {
    private BatchItems() {}

    /**
     * {@code given} doubled until it has {@code count} entries, then cut (specification §8.5, §9.3).
     *
     * @throws IllegalArgumentException if nothing is given but something asked for
     */
    public static <T> List<T> fill(List<T> given, int count) {
        if (given.isEmpty() && count > 0) {
            throw new IllegalArgumentException("given are 0 items but " + count + " are asked for; give at least one");
        }
        List<T> items = new ArrayList<>(given);
        while (items.size() < count) {
            items.addAll(List.copyOf(items));
        }
        return List.copyOf(items.subList(0, count));
    }
}
