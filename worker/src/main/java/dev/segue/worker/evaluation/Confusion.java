package dev.segue.worker.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What things were and what they were taken for.
 *
 * @param accuracy of all
 * @param counts per true label, per label that it was taken for, how many; all labels in both, in alphabetical order
 */
public record Confusion(Accuracy accuracy, Map<String, Map<String, Integer>> counts) {

    /** Collects them one by one. Owned by one thread. */
    public static final class Counter {
        private final Map<String, Map<String, Integer>> counts = new TreeMap<>();

        /** Counts one. */
        public void add(String truth, String taken) {
            counts.computeIfAbsent(taken, unused -> new TreeMap<>());
            counts.computeIfAbsent(truth, unused -> new TreeMap<>()).merge(taken, 1, Integer::sum);
        }

        /** What has been counted so far. */
        public Confusion confusion() {
            Map<String, Map<String, Integer>> full = new LinkedHashMap<>();
            int all = 0;
            int most = 0;
            int right = 0;
            for (String truth : counts.keySet()) {
                Map<String, Integer> row = new LinkedHashMap<>();
                counts.keySet()
                        .forEach(taken -> row.put(taken, counts.get(truth).getOrDefault(taken, 0)));
                full.put(truth, row);
                all += sum(row);
                most = Math.max(most, sum(row));
                right += row.get(truth);
            }
            double some = Math.max(1, all);
            return new Confusion(new Accuracy(right / some, most / some, all), full);
        }
    }

    private static int sum(Map<String, Integer> row) {
        return row.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many were of a label. */
    public int count(String truth) {
        return sum(counts.get(truth));
    }

    /** Which part of those of a label was named rightly; 0 if there were none. */
    public double right(String truth) {
        return counts.get(truth).get(truth) / (double) Math.max(1, count(truth));
    }
}
