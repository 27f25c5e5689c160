package dev.segue.worker.plots;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Spectrograms of sounds in one picture, under each other or side by side. All have the same axes of time and frequency
 * and the same colours, so that what looks louder is louder.
 */
public final class SpectrogramPlot {
    /** Panels that one picture can have. */
    public static final int MOST_PANELS = 32;
    /** Panels beside each other that a picture is wide enough for. */
    public static final int MOST_COLUMNS = 6;

    private SpectrogramPlot() {}

    /**
     * One sound.
     *
     * @param title above it; shortened where it is too long
     * @param sound mono, of [−1, 1), not copied
     * @param sampleRate in Hz
     */
    @SuppressWarnings("ArrayRecordComponent") // Minutes of sound, drawn once and compared with nothing.
    public record Row(String title, float[] sound, int sampleRate) {
        public Row {
            if (sampleRate < 1) {
                throw new IllegalArgumentException("sample rate of \"" + title + "\" is " + sampleRate
                        + " but must be at least 1; give samples per second");
            }
            if (sound.length == 0) {
                throw new IllegalArgumentException(
                        "sound of \"" + title + "\" has 0 samples but must have at least 1; leave it out");
            }
        }

        double seconds() {
            return sound.length / (double) sampleRate;
        }
    }

    /** Draws sounds under each other; see {@link #write(Path, List, int)}. */
    public static void write(Path png, List<Row> rows) throws IOException {
        write(png, rows, 1);
    }

    /**
     * Draws sounds, filling each line of the picture from the left.
     *
     * @param png to write; it appears when it is whole, and replaces what was there
     * @param rows 1 to {@link #MOST_PANELS}
     * @param columns how many stand beside each other, 1 to {@link #MOST_COLUMNS}
     * @throws NoFontsException if Java has no fonts here
     * @throws IllegalArgumentException if there are too few or too many of something
     */
    public static void write(Path png, List<Row> rows, int columns) throws IOException {
        require("rows", rows.size(), MOST_PANELS, "draw the others in another picture");
        require("columns", columns, MOST_COLUMNS, "draw the others below");
        double seconds = rows.stream().mapToDouble(Row::seconds).max().orElseThrow();
        double top = rows.stream().mapToInt(Row::sampleRate).max().orElseThrow() / 2.0;
        SpectrogramLayout layout = new SpectrogramLayout(rows.size(), Math.min(columns, rows.size()), seconds, top);
        List<float[][]> levels = new ArrayList<>();
        for (Row row : rows) {
            levels.add(new Spectrogram(row.sampleRate())
                    .levels(row.sound(), seconds / layout.panelWidth(), layout.panelHeight(), top));
        }
        SpectrogramDrawing drawing = new SpectrogramDrawing(layout, ColourScale.of(levels));
        Picture.write(png, drawing.draw(rows.stream().map(Row::title).toList(), levels));
    }

    private static void require(String name, int value, int most, String fix) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(
                    name + " is " + value + " but must be from 1 to " + most + (value < 1 ? "; give one" : "; " + fix));
        }
    }
}
