package dev.segue.standalone.corpus;

import dev.segue.standalone.terminal.ProgressLine;
import dev.segue.worker.corpus.CorpusCard;
import dev.segue.worker.corpus.CorpusPlan;
import dev.segue.worker.corpus.CorpusWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code segue corpus}: composes and renders songs, the same bytes for the same seed on any machine. */
@Command(
        name = "corpus",
        description = "Compose and render songs to train on: four genres by four singers, with lyrics and the time of"
                + " every letter. The same seed gives the same bytes on any machine.")
public final class CorpusCommand implements Callable<Integer> {
    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for them, new or empty.")
    private Path out;

    @Option(names = "--songs", defaultValue = "400", description = "How many, at least 48. Default: 400.")
    private int songs;

    @Option(names = "--seconds", defaultValue = "24", description = "Length of a song, at most. Default: 24.")
    private double seconds;

    @Option(names = "--seed", defaultValue = "1", description = "What everything is drawn with. Default: 1.")
    private long seed;

    @Option(names = "--rate", defaultValue = "22050", description = "Samples per second. Default: 22050.")
    private int rate;

    @Option(names = "--threads", description = "Songs at the same time. Default: as many as there are cores.")
    private Integer threads;

    @Option(
            names = "--force",
            description =
                    "Write into a folder that is not empty; a corpus that is in it is replaced, other files stay.")
    private boolean force;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        CorpusPlan plan = plan();
        int workers = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        if (workers < 1) {
            throw wrong("--threads is " + workers + " but must be at least 1; leave it out for one per core");
        }
        requireEmpty();
        Progress progress = new Progress(ProgressLine.on(spec.commandLine().getErr()), songs);
        CorpusCard card = new CorpusWriter(plan).write(out, workers, progress);
        progress.end();
        String splits = card.splits().entrySet().stream()
                .map(split -> split.getValue() + " " + split.getKey().label())
                .collect(Collectors.joining(", "));
        PrintWriter answer = spec.commandLine().getOut();
        answer.printf(
                Locale.ROOT,
                "%s: %d songs (%s), %.0f s of sound, SHA-256 %s%n",
                out,
                songs,
                splits,
                card.soundSeconds(),
                card.sha256());
        answer.flush();
        return 0;
    }

    private CorpusPlan plan() {
        try {
            return new CorpusPlan(songs, seconds, seed, rate);
        } catch (IllegalArgumentException e) {
            throw wrong("--" + e.getMessage());
        }
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    private void requireEmpty() throws IOException {
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new IllegalArgumentException(
                    "--out is " + out + " but that is a file; name a folder, which is made if it is not there");
        }
        if (force || !Files.exists(out)) {
            return;
        }
        try (Stream<Path> files = Files.list(out)) {
            if (files.findAny().isPresent()) {
                throw new IllegalArgumentException(
                        "--out is " + out
                                + " but that folder is not empty; name another one, or add --force to replace the corpus in it");
            }
        }
    }
}
