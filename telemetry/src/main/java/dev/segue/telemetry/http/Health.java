package dev.segue.telemetry.http;

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
}
