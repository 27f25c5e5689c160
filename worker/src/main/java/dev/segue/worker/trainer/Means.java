package dev.segue.worker.trainer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Means of values by name. */
final class Means {
    private Means() {}

    /** The mean of each name's values over all items, at least one, which have the same names. */
    static Map<String, Double> of(List<Map<String, Double>> items) {
        Map<String, Double> means = new LinkedHashMap<>();
        items.forEach(item -> item.forEach((name, value) -> means.merge(name, value / items.size(), Double::sum)));
        return means;
    }
}
