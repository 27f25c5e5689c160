package dev.segue.orchestrator.topology;

import dev.segue.contracts.topic.Topic;
import dev.segue.contracts.wire.AvroFormat;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Values as bytes and back. A registry that does not answer is asked again for a while, since what it would say cannot be
 * guessed; then a {@link TimeoutException} says so, and nothing of the step may stand.
 *
 * <p>Owned by the thread of the orchestrator's task.
 */
final class Wire {
    private static final Logger LOG = LoggerFactory.getLogger(Wire.class);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private final AvroFormat format;
    private final Duration patience;
    private final Tally tally;
    private final Serializer<SpecificRecord> serializer;
    private final Map<String, Deserializer<?>> deserializers = new HashMap<>();

    Wire(AvroFormat format, Duration patience, Tally tally) {
        this.format = Objects.requireNonNull(format, "format is null");
        this.patience = Objects.requireNonNull(patience, "patience is null");
        this.tally = Objects.requireNonNull(tally, "tally is null");
        this.serializer = format.serializer();
    }

    /**
     * Reads a value.
     *
     * @throws dev.segue.contracts.wire.UnreadableRecordException if it will never be readable
     * @throws TimeoutException if the registry does not answer
     */
    <T extends SpecificRecord> T read(Topic<T> topic, byte[] value) {
        Deserializer<?> deserializer = deserializers.computeIfAbsent(topic.name(), name -> format.deserializer(topic));
        return topic.value().cast(patiently(() -> deserializer.deserialize(topic.name(), value)));
    }

    /**
     * Writes a value.
     *
     * @throws TimeoutException if the registry does not answer
     */
    <T extends SpecificRecord> byte[] write(Topic<T> topic, T value) {
        return patiently(() -> serializer.serialize(topic.name(), value));
    }

    private <T> T patiently(Supplier<T> step) {
        long end = System.nanoTime() + patience.toNanos();
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            try {
                return step.get();
            } catch (TimeoutException e) {
                tally.count(Tally.Event.REGISTRY_WAIT);
                LOG.warn("event=registry_silent reason=\"{}\"", e.getMessage());
                if (System.nanoTime() - end >= 0) {
                    throw e;
                }
                pause(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            }
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
