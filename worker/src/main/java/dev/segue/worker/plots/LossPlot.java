package dev.segue.worker.plots;

import dev.segue.worker.trainlog.TrainingLog.Entry;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
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
    /** As a part of the axis of steps: room for the last label. */
    private static final double SPACE_BEHIND = 0.02;

    private static final Color GRID = new Color(0xdddddd);

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
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .theme(ChartTheme.XChart)
                .xAxisTitle("step")
                .build();
        List<Curve> shown = addSeries(chart, entries, names);
        if (shown.isEmpty()) {
            TreeSet<String> known = new TreeSet<>();
            entries.forEach(entry -> known.addAll(entry.values().keySet()));
            throw new IllegalArgumentException("names are " + names
                    + " but no event of training or validation has a finite value of them; known names are " + known);
        }
        double lastStep = entries.stream().mapToDouble(Entry::step).max().orElseThrow();
        style(chart.getStyler(), LossAxis.of(shown), Math.max(1, lastStep));
        Picture.write(png, Picture.draw(WIDTH, HEIGHT, graphics -> chart.paint(graphics, WIDTH, HEIGHT)));
    }

    /** Pale lines first, so that they are behind all others. */
    private static List<Curve> addSeries(XYChart chart, List<Entry> entries, List<String> names) {
        List<Curve> shown = new ArrayList<>();
        for (String name : names) {
            Curve raw = Curve.of(entries, "train", name).thinned();
            Color pale = pale(COLOURS.get(names.indexOf(name)));
            Optional<XYSeries> series = add(chart, name + ", each step", raw, pale, 1, SeriesMarkers.NONE);
            series.ifPresent(one -> {
                one.setShowInLegend(false);
                shown.add(raw.withoutOutliers());
            });
        }
        for (String name : names) {
            Color colour = COLOURS.get(names.indexOf(name));
            Curve train = Curve.of(entries, "train", name).smoothed();
            add(chart, name + ", training", train, colour, 2, SeriesMarkers.NONE)
                    .ifPresent(series -> shown.add(train));
            Curve validation = Curve.of(entries, "validation", name);
            add(chart, name + ", validation", validation, colour.darker(), 1, SeriesMarkers.CIRCLE)
                    .ifPresent(series -> shown.add(validation));
        }
        return shown;
    }

    private static Optional<XYSeries> add(
            XYChart chart, String name, Curve curve, Color colour, int width, Marker marker) {
        if (curve.empty()) {
            return Optional.empty();
        }
        XYSeries series = chart.addSeries(name, curve.steps(), curve.values());
        series.setLineColor(colour);
        series.setLineStyle(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        series.setMarker(marker);
        series.setMarkerColor(colour);
        return Optional.of(series);
    }

    private static Color pale(Color colour) {
        return new Color(pale(colour.getRed()), pale(colour.getGreen()), pale(colour.getBlue()));
    }

    private static int pale(int part) {
        return (int) (part + PALENESS * (255 - part));
    }

    private static void style(XYStyler style, LossAxis axis, double lastStep) {
        style.setLocale(Locale.ROOT);
        style.setChartBackgroundColor(Color.WHITE);
        style.setChartTitleBoxVisible(false);
        style.setChartTitlePadding(10);
        style.setChartTitleFont(Picture.FONT.deriveFont(Font.BOLD, 18));
        style.setAxisTitleFont(Picture.FONT.deriveFont(15f));
        style.setAxisTickLabelsFont(Picture.FONT);
        style.setLegendFont(Picture.FONT);
        style.setLegendPosition(LegendPosition.InsideNE);
        style.setLegendBorderColor(GRID);
        style.setPlotGridLinesColor(GRID);
        style.setPlotGridLinesStroke(new BasicStroke(1));
        style.setPlotContentSize(1);
        style.setMarkerSize(7);
        style.setPlotMargin(0);
        style.setAxisTicksLineVisible(false);
        style.setXAxisTickMarkSpacingHint(110);
        style.setXAxisMin(0.0);
        style.setXAxisMax(lastStep * (1 + SPACE_BEHIND));
        style.setYAxisLogarithmic(axis.logarithmic());
        style.setYAxisMin(axis.low());
        style.setYAxisMax(axis.high());
        style.setXAxisDecimalPattern("#,##0");
        if (axis.logarithmic()) {
            style.setYAxisLogarithmicDecadeOnly(false);
            style.setYAxisTickLabelsFormattingFunction(LossPlot::labelOfDecade);
        }
    }

    /** Of a logarithmic axis only 1, 2 and 5 of each decade have room. */
    private static String labelOfDecade(double value) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(1)).stripTrailingZeros();
        int digit = rounded.unscaledValue().intValue();
        return digit == 1 || digit == 2 || digit == 5 ? rounded.toPlainString() : "";
    }
}
