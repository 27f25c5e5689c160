package dev.segue.worker.figures;

import java.util.ArrayList;
import java.util.List;

/** What stands for all where all would take too long. */
final class Some {
    private Some() {}

    /** At most so many of them, evenly spread; all if there are no more. */
    static <T> List<T> of(List<T> all, int most) {
        List<T> some = new ArrayList<>();
        int count = Math.min(most, all.size());
        for (int i = 0; i < count; i++) {
            some.add(all.get((int) ((long) i * all.size() / count)));
        }
        return some;
    }
}
