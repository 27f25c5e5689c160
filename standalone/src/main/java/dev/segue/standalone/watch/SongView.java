package dev.segue.standalone.watch;

import dev.segue.contracts.client.SongState;
import dev.segue.contracts.record.SongEvent;
import dev.segue.standalone.terminal.Terminal;
import java.io.PrintWriter;

/** Shows the events of one song as they come. Owned by the thread that follows them. */
public interface SongView extends AutoCloseable {
    /** Bars on a terminal, plain lines elsewhere; JSON for programs. */
    static SongView on(PrintWriter out, Sentences sentences, boolean json) {
        if (json) {
            return new EventJson(out);
        }
        return Terminal.present() ? new Bars(out, sentences) : new Lines(out, sentences);
    }

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
