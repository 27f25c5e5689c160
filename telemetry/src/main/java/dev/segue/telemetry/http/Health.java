package dev.segue.telemetry.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * How a process is. Any thread may ask.
 *
 * @param alive what must turn for the process to be of any use: where one stands still, it should be started again
 * @param ready what must be there for it to work, by what it is called
 */
public record Health(Map<String, BooleanSupplier> alive, Map<String, BooleanSupplier> ready) {
    public Health {
        alive = Map.copyOf(alive);
        ready = Map.copyOf(ready);
    }

    /** Of a process with several parts: everything that any of them needs. */
    public static Health ofAll(List<Health> parts) {
        return new Health(
                together(parts.stream().map(Health::alive).toList()),
                together(parts.stream().map(Health::ready).toList()));
    }

    private static Map<String, BooleanSupplier> together(List<Map<String, BooleanSupplier>> parts) {
        Map<String, BooleanSupplier> all = new HashMap<>();
        parts.forEach(part -> part.forEach((name, need) ->
                all.merge(name, need, (one, other) -> () -> one.getAsBoolean() && other.getAsBoolean())));
        return all;
    }
}
