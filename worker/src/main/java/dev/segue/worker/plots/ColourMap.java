package dev.segue.worker.plots;

/**
 * Colours from dark to bright whose lightness grows evenly, so that equal steps of level look equal, in print without
 * colours too: a way through the CIELAB space from a dark violet over red and orange to a pale yellow.
 */
final class ColourMap {
    private static final double DARKEST = 4;
    private static final double BRIGHTEST = 97;
    /** Degrees of hue in CIELAB: violet, and yellow a turn later. */
    private static final double FIRST_HUE = 292;

    private static final double LAST_HUE = 460;
    private static final double CHROMA = 82;
    /** White of a screen (D65), as CIE XYZ. */
    private static final double[] WHITE = {0.95047, 1, 1.08883};

    private final int[] colours;

    /**
     * Makes one.
     *
     * @param steps how many colours it has, at least 2
     */
    ColourMap(int steps) {
        this.colours = new int[steps];
        for (int step = 0; step < steps; step++) {
            colours[step] = colour(step / (steps - 1.0));
        }
    }

    int steps() {
        return colours.length;
    }

    /** One of its colours as red, green and blue in eight bits each. */
    int rgb(int step) {
        return colours[step];
    }

    /** The colour of a place from 0, dark, to 1, bright; what lies outside has the colour of the nearer end. */
    int rgbAt(double place) {
        return colours[(int) Math.max(0, Math.min(colours.length - 1, Math.floor(place * colours.length)))];
    }

    private static int colour(double place) {
        double lightness = DARKEST + (BRIGHTEST - DARKEST) * place;
        double hue = Math.toRadians(FIRST_HUE + (LAST_HUE - FIRST_HUE) * place);
        double chroma = CHROMA * Math.pow(Math.sin(Math.PI * (0.06 + 0.86 * place)), 0.7);
        // A screen has no colour there: the same hue and lightness, paler.
        while (!shown(lightness, chroma, hue)) {
            chroma *= 0.98;
        }
        double[] rgb = linear(lightness, chroma, hue);
        return gamma(rgb[0]) << 16 | gamma(rgb[1]) << 8 | gamma(rgb[2]);
    }

    private static boolean shown(double lightness, double chroma, double hue) {
        for (double part : linear(lightness, chroma, hue)) {
            if (part < -1e-3 || part > 1.001) {
                return false;
            }
        }
        return true;
    }

    /** From CIELAB to sRGB before its gamma. */
    private static double[] linear(double lightness, double chroma, double hue) {
        double f = (lightness + 16) / 116;
        double x = WHITE[0] * inverse(f + chroma * Math.cos(hue) / 500);
        double y = WHITE[1] * inverse(f);
        double z = WHITE[2] * inverse(f - chroma * Math.sin(hue) / 200);
        return new double[] {
            3.2406 * x - 1.5372 * y - 0.4986 * z,
            -0.9689 * x + 1.8758 * y + 0.0415 * z,
            0.0557 * x - 0.2040 * y + 1.0570 * z
        };
    }

    private static double inverse(double f) {
        double corner = 6.0 / 29;
        return f > corner ? f * f * f : 3 * corner * corner * (f - 4.0 / 29);
    }

    private static int gamma(double linear) {
        double value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
        return (int) Math.round(255 * Math.max(0, Math.min(1, value)));
    }
}
