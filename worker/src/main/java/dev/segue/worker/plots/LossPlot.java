package dev.segue.worker.plots;

import dev.segue.worker.trainlog.TrainingLog.Entry;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Measures of a training by step: of each, what training measured as a pale line, smoothed as a strong one, and what
 * validation measured as points.
 */
public final class LossPlot {
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 700;
    /** Told apart by those who do not see red and green too. */
    private static final List<Color> COLOURS = List.of(
            new Color(0x1b5fa8),
            new Color(0xd5651a),
            new Color(0x2b8a63),
            new Color(0xa3417e),
            new Color(0x8a6d00),
            new Color(0x4a4a4a));

    private static final double PALENESS = 0.7;

    private LossPlot() {}

    /**
     * Draws 1200 × 700 pixels. Values that are not finite are gaps; the axis of values is logarithmic where they fall to
     * less than a tenth.
     *
     * @param png to write; it appears when it is whole, and replaces what was there
     * @param entries with steps in rising order, of which those of the kinds {@code train} and {@code validation} are drawn
     * @param names of the values to draw; one that no entry has yet is left out
     * @throws NoFontsException if Java has no fonts here
     * @throws IllegalArgumentException if there is nothing to draw, or more names than colours
     */
    public static void write(Path png, String title, List<Entry> entries, List<String> names) throws IOException {
        if (names.size() > COLOURS.size()) {
            throw new IllegalArgumentException("names are " + names.size() + " but must be at most " + COLOURS.size()
                    + "; draw the others in another picture");
        }
        List<Line> lines = lines(entries, names);
        if (lines.isEmpty()) {
            TreeSet<String> known = new TreeSet<>();
            entries.forEach(entry -> known.addAll(entry.values().keySet()));
            throw new IllegalArgumentException("names are " + names
                    + " but no event of training or validation has a finite value of them; known names are " + known);
        }
        LossAxis axis = LossAxis.of(lines.stream().map(Line::measured).toList());
        double lastStep = entries.stream().mapToDouble(Entry::step).max().orElseThrow();
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("step")
                .build();
        LossStyle.apply(chart.getStyler(), axis, Math.max(1, lastStep));
        lines.forEach(line -> line.addTo(chart, axis));
        Picture.write(png, Picture.draw(WIDTH, HEIGHT, graphics -> chart.paint(graphics, WIDTH, HEIGHT)));
    }

    /** Pale lines first, so that they are behind all others. */
    private static List<Line> lines(List<Entry> entries, List<String> names) {
        List<Line> lines = new ArrayList<>();
        for (String name : names) {
            Color pale = pale(COLOURS.get(names.indexOf(name)));
            Curve train = Curve.of(entries, "train", name).thinned();
            lines.add(new Line(name + ", each step", train, pale, 1, SeriesMarkers.NONE, false));
        }
        for (String name : names) {
            Color colour = COLOURS.get(names.indexOf(name));
            Curve train = Curve.of(entries, "train", name).smoothed();
            lines.add(new Line(name + ", training", train, colour, 2, SeriesMarkers.NONE, true));
            Curve validation = Curve.of(entries, "validation", name);
            lines.add(new Line(name + ", validation", validation, colour.darker(), 1, SeriesMarkers.CIRCLE, true));
        }
        lines.removeIf(line -> line.curve().empty());
        return lines;
    }

    private record Line(String name, Curve curve, Color colour, int width, Marker marker, boolean inLegend) {
        /** What the axis must show of it: of single steps not those that one bad step may have made. */
        Curve measured() {
            return inLegend ? curve : curve.withoutOutliers();
        }

        void addTo(XYChart chart, LossAxis axis) {
            Curve drawn = axis.logarithmic() ? curve.positive() : curve;
            XYSeries series = chart.addSeries(name, drawn.steps(), drawn.values());
            series.setLineColor(colour);
            series.setLineStyle(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            series.setMarker(marker);
            series.setMarkerColor(colour);
            series.setShowInLegend(inLegend);
        }
    }

    private static Color pale(Color colour) {
        return new Color(pale(colour.getRed()), pale(colour.getGreen()), pale(colour.getBlue()));
    }

    private static int pale(int part) {
        return (int) (part + PALENESS * (255 - part));
    }
}
