package dev.segue.worker.plots;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where everything is in a picture of spectrograms, in pixels, and what stands at the axes.
 *
 * @param panels how many there are
 * @param columns of panels, at most as many as panels
 * @param seconds how long the axes of time are
 * @param top of the axes of frequency, in Hz
 */
record SpectrogramLayout(int panels, int columns, double seconds, double top) {
    /** Of the picture. */
    static final int WIDTH = 1100;

    static final int LEFT = 74;
    static final int RIGHT = 104;
    static final int UPPER = 10;
    static final int LOWER = 54;
    static final int TITLE = 28;
    static final int GAP_X = 22;
    static final int GAP_Y = 12;

    private static final List<Integer> FREQUENCIES =
            List.of(0, 250, 500, 1000, 2000, 4000, 8000, 16_000, 32_000, 64_000, 128_000);
    private static final double[] TIME_STEPS = {
        0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 3600
    };
    private static final int LEAST_BETWEEN_TIMES = 52;
    private static final int LEAST_BETWEEN_FREQUENCIES = 17;

    /** A mark at an axis: pixels from its beginning, and what stands there. */
    record Tick(int place, String label) {}

    int lines() {
        return (panels + columns - 1) / columns;
    }

    int panelWidth() {
        return (WIDTH - LEFT - RIGHT - (columns - 1) * GAP_X) / columns;
    }

    int panelHeight() {
        return lines() == 1 ? 300 : lines() < 5 ? 200 : 150;
    }

    int height() {
        return UPPER + lines() * (TITLE + panelHeight()) + (lines() - 1) * GAP_Y + LOWER;
    }

    /** Left edge of a panel. */
    int x(int panel) {
        return LEFT + panel % columns * (panelWidth() + GAP_X);
    }

    /** Upper edge of a panel, below its title. */
    int y(int panel) {
        return UPPER + TITLE + panel / columns * (TITLE + panelHeight() + GAP_Y);
    }

    boolean leftmost(int panel) {
        return panel % columns == 0;
    }

    /** Whether no panel is below this one. */
    boolean lowest(int panel) {
        return panel + columns >= panels;
    }

    /** From the left edge of a panel. */
    List<Tick> times() {
        double step = TIME_STEPS[TIME_STEPS.length - 1];
        for (int i = TIME_STEPS.length - 1; i >= 0; i--) {
            if (TIME_STEPS[i] * panelWidth() / seconds >= LEAST_BETWEEN_TIMES) {
                step = TIME_STEPS[i];
            }
        }
        int decimals = step >= 1 ? 0 : step >= 0.1 ? 1 : step >= 0.01 ? 2 : 3;
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i * step <= seconds * (1 + 1e-9); i++) {
            int place = (int) Math.round(i * step / seconds * panelWidth());
            ticks.add(new Tick(place, String.format(Locale.ROOT, "%." + decimals + "f", i * step)));
        }
        return ticks;
    }

    /** From the lower edge of a panel upwards. */
    List<Tick> frequencies() {
        List<Tick> ticks = new ArrayList<>();
        int last = -LEAST_BETWEEN_FREQUENCIES;
        for (int frequency : FREQUENCIES) {
            int place = (int) Math.round(MelScale.of(frequency) / MelScale.of(top) * panelHeight());
            if (frequency <= top && place >= last + LEAST_BETWEEN_FREQUENCIES) {
                ticks.add(new Tick(place, frequency < 1000 ? "" + frequency : frequency / 1000 + "k"));
                last = place;
            }
        }
        return ticks;
    }
}
