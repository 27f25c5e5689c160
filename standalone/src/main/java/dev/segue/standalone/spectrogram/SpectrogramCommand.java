package dev.segue.standalone.spectrogram;

import dev.segue.worker.plots.NoFontsException;
import dev.segue.worker.plots.SpectrogramPlot;
import dev.segue.worker.sound.SoundReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue spectrogram}: draws what sounds look like, each at its own rate, all with the same axes. */
@Command(
        name = "spectrogram",
        description = "Draw the spectrograms of WAV and FLAC files in one PNG picture, with the same axes and colours.")
public final class SpectrogramCommand implements Callable<Integer> {
    private static final double MOST_SECONDS = 600;
    /** Only to ask a file for its own rate. */
    private static final int ANY_RATE = 8000;

    private static final double MOMENT = 0.01;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The sounds, at most 32.")
    private List<Path> files;

    @Option(names = "--out", required = true, paramLabel = "PNG", description = "The picture to write.")
    private Path out;

    @Option(
            names = "--columns",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many stand side by side, from 1 to 6. Default: 1.")
    private int columns;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "600",
            description = "How much of each to draw, from its beginning, at most 600. Default: 600.")
    private double seconds;

    @Option(
            names = "--title",
            paramLabel = "TEXT",
            description = "What stands above a picture: once for each file, in their order. Default: the file's name.")
    private List<String> titles = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        requireSense();
        List<SpectrogramPlot.Row> rows = new ArrayList<>();
        for (Path file : files) {
            String title = titles.isEmpty() ? file.getFileName().toString() : titles.get(rows.size());
            rows.add(row(file, title));
        }
        try {
            SpectrogramPlot.write(out, rows, columns);
        } catch (NoFontsException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(
                    "--out is " + out + " but no file can be written there (" + e + "); name another place", e);
        }
        double longest = rows.stream()
                .mapToDouble(row -> row.sound().length / (double) row.sampleRate())
                .max()
                .orElseThrow();
        spec.commandLine()
                .getOut()
                .printf(Locale.ROOT, "%s: %d sounds, %.1f s, %d bytes%n", out, rows.size(), longest, Files.size(out))
                .flush();
        return 0;
    }

    private void requireSense() {
        if (files.size() > SpectrogramPlot.MOST_PANELS) {
            throw wrong("FILE is given " + files.size() + " times but must be from 1 to " + SpectrogramPlot.MOST_PANELS
                    + " times; draw the others in another picture");
        }
        if (columns < 1 || columns > SpectrogramPlot.MOST_COLUMNS) {
            throw wrong("--columns is " + columns + " but must be from 1 to " + SpectrogramPlot.MOST_COLUMNS
                    + "; those that have no room stand below");
        }
        if (!(seconds > 0 && seconds <= MOST_SECONDS)) {
            throw wrong("--seconds is " + seconds + " but must be more than 0 and at most " + MOST_SECONDS
                    + "; cut a part of a longer sound to see it");
        }
        if (!titles.isEmpty() && titles.size() != files.size()) {
            throw wrong("--title is given " + titles.size() + " times but there are " + files.size()
                    + " files; give one for each, or none");
        }
        if (!out.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw wrong("--out is " + out + " but must end in .png, which is what is written; rename it");
        }
        if (Files.isDirectory(out)) {
            throw wrong("--out is " + out + " but that is a folder; name a file in it");
        }
    }

    private SpectrogramPlot.Row row(Path file, String title) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("FILE is " + file + " but there is no such file; name a WAV or FLAC file");
        }
        int rate;
        try (SoundReader beginning = SoundReader.open(file, ANY_RATE, MOMENT)) {
            rate = beginning.format().sampleRate();
        }
        try (SoundReader reader = SoundReader.open(file, rate, seconds)) {
            float[] sound = reader.readAll();
            if (sound.length == 0) {
                throw wrong(
                        "--seconds is " + seconds + " but one sample of " + file + " lasts longer; draw more of it");
            }
            return new SpectrogramPlot.Row(title, sound, rate);
        }
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
