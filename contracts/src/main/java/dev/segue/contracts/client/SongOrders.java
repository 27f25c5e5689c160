package dev.segue.contracts.client;

import dev.segue.contracts.record.SongCommand;
import dev.segue.contracts.record.SongCommandKind;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.topic.Topic;
import dev.segue.contracts.topic.Topics;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Asks for songs, and for songs to be given up. Safe for any number of threads. */
public final class SongOrders implements AutoCloseable {
    private final Topics topics;
    private final ClusterWriter writer;

    /** Orders to an installation; nothing is sent yet. */
    public SongOrders(Cluster cluster) {
        this.topics = cluster.topics();
        this.writer = new ClusterWriter(cluster);
    }

    /**
     * Asks for a song, and returns when the cluster has the request; events tell what becomes of it.
     *
     * @throws RequestTooLargeException if the cluster does not take a record of its size
     * @throws ClusterException if the cluster or the registry does not answer
     */
    public void submit(SongRequest request) throws ClusterException, InterruptedException {
        submit(request, Optional.empty());
    }

    /**
     * Asks for a song, and returns when the cluster has the request; events tell what becomes of it.
     *
     * @param traceparent W3C trace context that the song's spans belong to
     * @throws RequestTooLargeException if the cluster does not take a record of its size
     * @throws ClusterException if the cluster or the registry does not answer
     */
    public void submit(SongRequest request, Optional<String> traceparent)
            throws ClusterException, InterruptedException {
        Topic<SongRequest> topic = topics.songRequests();
        try {
            writer.write(
                    topic,
                    request.getSongId(),
                    request,
                    traceparent.map(context -> Map.of("traceparent", context)).orElse(Map.of()));
        } catch (RecordTooLargeException e) {
            throw new RequestTooLargeException(request, topic.name(), Topics.LARGEST_RECORD, e);
        }
    }

    /**
     * Asks for a song to be given up, and returns when the cluster has the command; events tell whether it was.
     *
     * @param reason for people
     * @throws ClusterException if the cluster or the registry does not answer
     */
    public void cancel(String songId, String reason) throws ClusterException, InterruptedException {
        writer.write(
                topics.songCommands(),
                songId,
                SongCommand.newBuilder()
                        .setSongId(songId)
                        .setCommand(SongCommandKind.CANCEL)
                        .setReason(reason)
                        .build());
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
