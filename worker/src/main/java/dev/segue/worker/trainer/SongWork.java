package dev.segue.worker.trainer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Something that is done to each of many songs, several at once. */
final class SongWork {
    private final int threads;
    private final String what;
    private final TrainingListener listener;

    /**
     * Work that is told of.
     *
     * @param what is being done, such as "decoding songs"
     */
    SongWork(int threads, String what, TrainingListener listener) {
        this.threads = threads;
        this.what = what;
        this.listener = listener;
    }

    /** Makes one thing of another. */
    interface Step<A, B> {
        B make(A of) throws IOException;
    }

    /**
     * What {@code step} makes of each, in order.
     *
     * @throws IOException the first that a step throws; the others end before
     */
    <A, B> List<B> over(List<A> songs, Step<A, B> step) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<B>> running = new ArrayList<>();
            songs.forEach(song -> running.add(pool.submit(() -> step.make(song))));
            List<B> made = new ArrayList<>();
            for (Future<B> one : running) {
                made.add(one.get());
                listener.preparing(what, made.size(), songs.size());
            }
            return made;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException(what + " failed: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + what, e);
        } finally {
            pool.shutdownNow();
        }
    }
}
