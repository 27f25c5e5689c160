package dev.segue.contracts.window;

/**
 * One span of codes at one level that a prior samples in one go (specification §9.2).
 *
 * @param level number of the level
 * @param span all positions of the window, {@code [start, start + n_ctx)}; labels and conditions are those of the whole
 *     span even when not all of it is sampled
 * @param context codes it is primed with, from the start of the span
 * @param added codes that it writes; empty if there is nothing to do
 * @param condition codes of the level above that cover the span; null for a top level
 */
public record Window(int level, CodeRange span, CodeRange context, CodeRange added, CodeRange condition) {

    public Window {
        if (context.start() != span.start() || context.end() > span.end()) {
            throw new IllegalArgumentException(
                    "context " + context + " must begin where span " + span + " does and lie within it");
        }
        if (!added.isEmpty() && (added.start() != context.end() || added.end() > span.end())) {
            throw new IllegalArgumentException(
                    "added codes " + added + " must follow context " + context + " within span " + span);
        }
    }

    /** First position of the window, in codes of its level. */
    public int start() {
        return span.start();
    }

    /** Whether all its codes exist already. */
    public boolean isDone() {
        return added.isEmpty();
    }
}
