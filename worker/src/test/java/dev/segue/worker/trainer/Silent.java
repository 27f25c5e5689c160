package dev.segue.worker.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps what it is told. */
final class Silent implements TrainingListener {
    final List<String> notes = new ArrayList<>();
    long steps;

    @Override
    public void preparing(String what, int done, int total) {}

    @Override
    public void stepped(long step, long total, Map<String, Double> values) {
        steps++;
    }

    @Override
    public void note(String sentence) {
        notes.add(sentence);
    }
}
