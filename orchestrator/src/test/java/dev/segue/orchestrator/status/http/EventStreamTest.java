package dev.segue.orchestrator.status.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A reader of events who reads when the test says so. */
class EventStreamTest {
    private final SlowReader reader = new SlowReader();
    private final EventStream stream = EventStream.start(reader);

    @Test
    void whoDoesNotReadHearsOfTheLatestStateOnlyOnceReady() {
        reader.ready(1);
        stream.onWritePossible();
        tell("a", 1);
        tell("a", 2);
        tell("b", 1);
        tell("a", 3);
        assertThat(reader.text()).isEqualTo(text("a", 1));

        reader.ready(10);
        stream.onWritePossible();
        assertThat(reader.text()).isEqualTo(text("a", 1) + text("b", 1) + text("a", 3));
    }

    @Test
    void theEndComesWhenEverythingIsTold() {
        tell("a", 1);
        stream.end();
        tell("a", 2);
        assertThat(stream.done()).isNotDone();

        reader.ready(10);
        stream.onWritePossible();
        assertThat(reader.text()).isEqualTo(text("a", 1));
        assertThat(stream.done()).isDone();
    }

    @Test
    void aLineIsShownToBeOpenWhereNothingElseDoes() {
        reader.ready(10);
        stream.onWritePossible();
        stream.beat();
        assertThat(reader.text()).isEqualTo(":\n\n");
    }

    @Test
    void aReaderWhoIsGoneIsLetGo() {
        reader.ready(10);
        stream.onWritePossible();
        reader.gone = true;
        tell("a", 1);
        assertThat(stream.done()).isDone();
    }

    private void tell(String thing, int number) {
        stream.tell(thing, text(thing, number).getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String thing, int number) {
        byte[] json = ("\"" + thing + "\"").getBytes(StandardCharsets.UTF_8);
        return new String(EventStream.event("song", (long) number, json), StandardCharsets.UTF_8);
    }

    /** Is ready for so many writes and flushes as the test allows. */
    private static final class SlowReader extends ServletOutputStream {
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private int ready;
        private boolean gone;

        void ready(int times) {
            ready = times;
        }

        String text() {
            return written.toString(StandardCharsets.UTF_8);
        }

        @Override
        public boolean isReady() {
            return ready > 0;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            assertThat(listener).isNotNull();
        }

        @Override
        public void write(int one) {
            throw new AssertionError("an event is written at once");
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            if (gone) {
                throw new IOException("closed");
            }
            ready--;
            written.write(bytes);
        }

        @Override
        public void flush() {
            ready--;
        }
    }
}
