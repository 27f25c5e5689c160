package dev.segue.worker.plots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ColourMapTest {
    private final ColourMap map = new ColourMap(96);

    /** Of CIELAB, from what a screen shows. */
    private static double lightness(int rgb) {
        double luminance = 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
        return 116 * Math.cbrt(luminance) - 16;
    }

    private static double linear(int part) {
        double value = (part & 0xff) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    @Test
    void lightnessGrowsEvenlyFromNearlyBlackToNearlyWhite() {
        Set<Integer> different = new HashSet<>();
        // Below a lightness of 8, where it is no cube root, nothing can be compared.
        for (int step = 6; step < 96; step++) {
            assertThat(lightness(map.rgb(step))).as("step " + step).isCloseTo(4 + 93 * step / 95.0, within(1.0));
            different.add(map.rgb(step));
        }
        assertThat(different).hasSize(90);
        assertThat(map.rgb(0) & 0xff).isLessThan(0x40);
    }

    @Test
    void whatIsOutsideHasTheColourOfTheNearerEnd() {
        assertThat(map.rgbAt(-3)).isEqualTo(map.rgb(0));
        assertThat(map.rgbAt(0.5)).isEqualTo(map.rgb(48));
        assertThat(map.rgbAt(1)).isEqualTo(map.rgb(95));
        assertThat(map.rgbAt(7)).isEqualTo(map.rgb(95));
    }
}
