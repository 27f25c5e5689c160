package dev.segue.worker.corpus;

import dev.segue.worker.audio.SampleDepth;
import dev.segue.worker.manifest.Annotations;
import dev.segue.worker.manifest.CharacterTime;
import dev.segue.worker.manifest.Manifest;
import dev.segue.worker.manifest.SongEntry;
import dev.segue.worker.sound.FlacWriter;
import dev.segue.worker.sound.SoundTags;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** Writes a corpus: songs on several threads, then the manifest, then {@code corpus.json}. Owned by one thread. */
public final class CorpusWriter {
    /** Of what is composed and how it sounds; another one makes other songs of the same seed. */
    static final int GENERATOR = 1;

    static final String SONGS = "songs";

    private final CorpusPlan plan;
    private final Lyricist lyricist = Lyricist.standard();
    private final Renderer renderer;

    /** A writer of one corpus. */
    public CorpusWriter(CorpusPlan plan) {
        this.plan = plan;
        this.renderer = new Renderer(plan.sampleRate());
    }

    /**
     * Writes it.
     *
     * @param folder is made if it is not there; an older corpus in it is replaced
     * @param threads that render
     * @param progress is told how many songs are done, on the calling thread
     */
    public CorpusCard write(Path folder, int threads, IntConsumer progress) throws IOException {
        CorpusFolder target = new CorpusFolder(folder);
        target.clear();
        List<SongEntry> songs = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<SongEntry>> running = new ArrayList<>();
            for (int song = 0; song < plan.songs(); song++) {
                int number = song;
                running.add(pool.submit(() -> write(number, folder)));
            }
            for (Future<SongEntry> song : running) {
                songs.add(song.get());
                progress.accept(songs.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(
                    "the corpus in " + folder + " was interrupted; make it again with --force");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("a song could not be made", e.getCause());
        } finally {
            end(pool);
        }
        StringBuilder manifest = new StringBuilder();
        songs.forEach(song -> manifest.append(song.toJson()).append('\n'));
        target.write(Manifest.FILE, manifest.toString());
        CorpusCard card = CorpusCard.of(plan, lyricist.vocabulary(), songs, target.digest(songs));
        target.write(CorpusCard.FILE, card.toJson());
        return card;
    }

    /** Leaves no song behind that is still being written, though this thread may have been told to stop. */
    private static void end(ExecutorService pool) {
        pool.shutdownNow();
        boolean interrupted = Thread.interrupted();
        while (!pool.isTerminated()) {
            try {
                pool.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private SongEntry write(int number, Path folder) throws IOException {
        Score score = Composer.compose(
                plan.genre(number), plan.artist(number), lyricist, plan.seconds(), plan.songSeed(number));
        float[] sound = renderer.render(score);
        SongEntry song = entry(number, score, sound.length / (double) plan.sampleRate());
        SoundTags tags = new SoundTags(song.title(), song.artist(), song.genre(), "segue-corpus-" + GENERATOR, "");
        try (FlacWriter file =
                FlacWriter.create(folder.resolve(song.file()), plan.sampleRate(), SampleDepth.BITS_16, tags)) {
            file.write(sound, sound.length);
            file.finish();
        }
        return song;
    }

    private SongEntry entry(int number, Score score, double seconds) {
        int lineEnd = score.lyrics().indexOf('\n');
        String firstLine = lineEnd < 0 ? score.lyrics() : score.lyrics().substring(0, lineEnd);
        List<CharacterTime> characters =
                new ArrayList<>(Collections.nCopies(score.lyrics().length(), CharacterTime.NONE));
        for (Sung sung : score.sung()) {
            for (Sung.Letter letter : sung.letters()) {
                characters.set(letter.index(), new CharacterTime(letter.start(), letter.end()));
            }
        }
        return new SongEntry(
                String.format(Locale.ROOT, "%s/%04d.flac", SONGS, number),
                firstLine.substring(0, 1).toUpperCase(Locale.ROOT) + firstLine.substring(1),
                score.artist().label(),
                score.genre().label(),
                score.lyrics(),
                plan.split(number),
                new Annotations(
                        OptionalDouble.of(seconds),
                        OptionalDouble.of(score.tempo()),
                        score.key(),
                        OptionalLong.of(plan.songSeed(number)),
                        characters,
                        score.chords(),
                        score.sections()));
    }
}
