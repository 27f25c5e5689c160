package dev.segue.worker.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;

/** Letters, lines and axes of a picture of losses. */
final class LossStyle {
    /** As a part of the axis of steps: room for the last label. */
    private static final double SPACE_BEHIND = 0.02;

    private static final Color GRID = new Color(0xdddddd);

    private LossStyle() {}

    static void apply(XYStyler style, LossAxis axis, double lastStep) {
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
            style.setYAxisTickLabelsFormattingFunction(LossStyle::labelOfDecade);
        }
    }

    /** Of a logarithmic axis only 1, 2 and 5 of each decade have room. */
    private static String labelOfDecade(double value) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(1)).stripTrailingZeros();
        int digit = rounded.unscaledValue().intValue();
        return digit == 1 || digit == 2 || digit == 5 ? rounded.toPlainString() : "";
    }
}
