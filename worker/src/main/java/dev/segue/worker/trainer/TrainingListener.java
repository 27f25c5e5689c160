package dev.segue.worker.trainer;

import java.util.Map;

/** Is told how training goes on, by the thread that trains. */
public interface TrainingListener {
    /** Of {@code total} songs so many are prepared; {@code what} says how. */
    void preparing(String what, int done, int total);

    /**
     * A step was taken.
     *
     * @param step how many there are now
     * @param steps how many there will be
     * @param values what the log's last lines say, by name
     */
    void stepped(long step, long steps, Map<String, Double> values);

    /** Something else that a person would want to know, one sentence. */
    void note(String sentence);
}
