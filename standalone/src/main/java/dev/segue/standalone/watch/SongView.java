package dev.segue.standalone.watch;

import dev.segue.contracts.client.SongState;
import dev.segue.contracts.record.SongEvent;

/** Shows the events of one song as they come. Owned by the thread that follows them. */
public interface SongView extends AutoCloseable {
    /**
     * Shows one event.
     *
     * @param event what happened
     * @param before what was known of the song until then
     * @param now what is known of it now
     */
    void show(SongEvent event, SongState before, SongState now);

    /** Says something that is no event. */
    void say(String sentence);

    /** Leaves the screen as it is. */
    @Override
    void close();
}
