package dev.segue.worker.plots;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Draws panels, axes and the scale of colours where the layout says. */
record SpectrogramDrawing(SpectrogramLayout layout, ColourScale scale) {
    private static final Color INK = new Color(0x22, 0x22, 0x22);
    /** Where a sound has ended, or has no frequencies. */
    private static final int NOTHING = 0xeeeeee;

    private static final int TICK = 5;
    private static final int BAR_WIDTH = 16;
    private static final int BAR_GAP = 20;
    private static final int DECIBELS_BETWEEN_LABELS = 20;

    /**
     * Draws.
     *
     * @param levels per panel [column][row], rows upwards
     */
    BufferedImage draw(List<String> titles, List<float[][]> levels) throws NoFontsException {
        BufferedImage image = Picture.draw(SpectrogramLayout.WIDTH, layout.height(), graphics -> {
            graphics.setColor(INK);
            for (int panel = 0; panel < layout.panels(); panel++) {
                int x = layout.x(panel);
                int y = layout.y(panel);
                graphics.setFont(Picture.FONT.deriveFont(Font.BOLD));
                String title = Picture.fitting(titles.get(panel), graphics.getFontMetrics(), layout.panelWidth());
                graphics.drawString(title, x, y - 9);
                graphics.setFont(Picture.FONT);
                graphics.drawImage(panel(levels.get(panel)), x, y, null);
                graphics.drawRect(x - 1, y - 1, layout.panelWidth() + 1, layout.panelHeight() + 1);
                axes(graphics, panel, x, y);
            }
            bar(graphics);
        });
        return new IndexedColours(scale.colours()).convert(image);
    }

    private BufferedImage panel(float[][] levels) {
        int height = layout.panelHeight();
        BufferedImage image = new BufferedImage(layout.panelWidth(), height, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < layout.panelWidth(); x++) {
            for (int row = 0; row < height; row++) {
                float level = x < levels.length ? levels[x][row] : Float.NaN;
                image.setRGB(x, height - 1 - row, Float.isNaN(level) ? NOTHING : scale.rgb(level));
            }
        }
        return image;
    }

    private void axes(Graphics2D graphics, int panel, int x, int y) {
        FontMetrics metrics = graphics.getFontMetrics();
        int bottom = y + layout.panelHeight();
        for (SpectrogramLayout.Tick tick : layout.frequencies()) {
            int at = bottom - tick.place();
            graphics.drawLine(x - 1 - TICK, at, x - 1, at);
            if (layout.leftmost(panel)) {
                int left = x - TICK - 5 - metrics.stringWidth(tick.label());
                graphics.drawString(tick.label(), left, at + metrics.getAscent() / 2 - 1);
            }
        }
        for (SpectrogramLayout.Tick tick : layout.times()) {
            graphics.drawLine(x + tick.place(), bottom, x + tick.place(), bottom + TICK);
            if (layout.lowest(panel)) {
                int left = x + tick.place() - metrics.stringWidth(tick.label()) / 2;
                graphics.drawString(tick.label(), left, bottom + TICK + 2 + metrics.getAscent());
            }
        }
        if (layout.lowest(panel)) {
            String name = "time (s)";
            int left = x + (layout.panelWidth() - metrics.stringWidth(name)) / 2;
            graphics.drawString(name, left, bottom + TICK + 6 + 2 * metrics.getAscent());
        }
        if (layout.leftmost(panel)) {
            upwards(graphics, "frequency (Hz)", 18, y + layout.panelHeight() / 2);
        }
    }

    private void bar(Graphics2D graphics) {
        int x = SpectrogramLayout.WIDTH - SpectrogramLayout.RIGHT + BAR_GAP;
        int y = layout.y(0);
        int height = layout.panelHeight();
        for (int row = 0; row < height; row++) {
            double level = scale.loudest() - (row + 0.5) / height * ColourScale.DEPTH;
            graphics.setColor(new Color(scale.rgb(level)));
            graphics.fillRect(x, y + row, BAR_WIDTH, 1);
        }
        graphics.setColor(INK);
        graphics.drawRect(x - 1, y - 1, BAR_WIDTH + 1, height + 1);
        FontMetrics metrics = graphics.getFontMetrics();
        for (int below = 0; below <= ColourScale.DEPTH; below += DECIBELS_BETWEEN_LABELS) {
            int at = y + below * height / ColourScale.DEPTH;
            graphics.drawLine(x + BAR_WIDTH, at, x + BAR_WIDTH + TICK, at);
            String label = Integer.toString(scale.loudest() - below).replace('-', '−');
            graphics.drawString(label, x + BAR_WIDTH + TICK + 4, at + metrics.getAscent() / 2 - 1);
        }
        upwards(graphics, "level (dB)", SpectrogramLayout.WIDTH - 10, y + height / 2);
    }

    private static void upwards(Graphics2D graphics, String text, int x, int middle) {
        int y = middle + graphics.getFontMetrics().stringWidth(text) / 2;
        graphics.rotate(-Math.PI / 2, x, y);
        graphics.drawString(text, x, y);
        graphics.rotate(Math.PI / 2, x, y);
    }
}
