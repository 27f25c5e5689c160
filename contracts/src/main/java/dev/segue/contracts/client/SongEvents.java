package dev.segue.contracts.client;

import dev.segue.contracts.record.SongEvent;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * What happens to songs, in its order: committed events from a moment on.
 *
 * <p>Owned by one thread.
 */
public final class SongEvents implements AutoCloseable {
    private final TopicReader<SongEvent> reader;

    private SongEvents(TopicReader<SongEvent> reader) {
        this.reader = reader;
    }

    /**
     * Everything that is known of one song, and what comes.
     *
     * @throws ClusterException if the cluster does not answer, or Segue is not set up there
     */
    public static SongEvents of(Cluster cluster, String song) throws ClusterException {
        return new SongEvents(new TopicReader<>(cluster, cluster.topics().songEvents(), song::equals));
    }

    /**
     * What comes for one song after this moment, however late it is read.
     *
     * @throws ClusterException if the cluster does not answer, or Segue is not set up there
     */
    public static SongEvents fromNow(Cluster cluster, String song) throws ClusterException {
        SongEvents events = of(cluster, song);
        events.reader.toEnd();
        return events;
    }

    /**
     * Everything that is known of all songs, and what comes.
     *
     * @throws ClusterException if the cluster does not answer, or Segue is not set up there
     */
    public static SongEvents ofAll(Cluster cluster) throws ClusterException {
        return new SongEvents(new TopicReader<>(cluster, cluster.topics().songEvents(), song -> true));
    }

    /** Goes back to the first event that is kept. */
    public void rewind() {
        reader.toBeginning();
    }

    /**
     * The events that came, in their order.
     *
     * @param patience how long to wait for the first
     * @throws TimeoutException if the registry does not answer
     */
    public List<SongEvent> next(Duration patience) {
        return reader.next(patience);
    }

    /** All events from the first that is kept to this moment. */
    public List<SongEvent> upToNow() {
        return reader.upToNow();
    }

    @Override
    public void close() {
        reader.close();
    }
}
