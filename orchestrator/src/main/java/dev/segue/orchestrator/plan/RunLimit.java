package dev.segue.orchestrator.plan;

import dev.segue.contracts.record.CodeBytes;
import java.util.Objects;
import java.util.function.IntUnaryOperator;

/**
 * How many windows one task may hold: always one; further ones while there is room for their codes and conditions.
 *
 * @param newCodes the most new codes of a task, by number of the level
 * @param conditionBytes the most bytes of conditions of a task
 */
public record RunLimit(IntUnaryOperator newCodes, int conditionBytes) {
    /** Tasks stay far below the largest record that topics take. */
    private static final int CONDITION_BYTES = 256 << 10;

    /** One window a task. */
    public static final RunLimit ONE_WINDOW = new RunLimit(level -> 0, 0);

    public RunLimit {
        Objects.requireNonNull(newCodes, "newCodes is null");
    }

    /**
     * A limit on new codes; conditions are limited by what a topic takes.
     *
     * @param newCodes the most of a task, by number of the level
     */
    public static RunLimit ofCodes(IntUnaryOperator newCodes) {
        return new RunLimit(newCodes, CONDITION_BYTES);
    }

    /** How many of some windows that follow each other, the first included, may be given out at once. */
    int windows(Iterable<PlannedWindow> windows) {
        long codes = 0;
        long bytes = 0;
        int count = 0;
        for (PlannedWindow window : windows) {
            codes += window.newCodes();
            bytes += conditionBytes(window);
            if (count > 0 && (codes > newCodes.applyAsInt(window.level()) || bytes > conditionBytes)) {
                return count;
            }
            count++;
        }
        return count;
    }

    private static long conditionBytes(PlannedWindow window) {
        return window.window().condition() == null
                ? 0
                : (long) CodeBytes.WIDTH * window.window().condition().length();
    }
}
