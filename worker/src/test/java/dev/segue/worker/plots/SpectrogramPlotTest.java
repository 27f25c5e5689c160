package dev.segue.worker.plots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.worker.plots.SpectrogramPlot.Row;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pixels of pictures as whoever opens the file sees them. */
class SpectrogramPlotTest {
    private static final int RATE = 8000;

    @TempDir
    private Path folder;

    private static Row sine(double hertz, double amplitude, double seconds) {
        return new Row(hertz + " Hz", SpectrogramTest.sine(hertz, amplitude, seconds, RATE), RATE);
    }

    private BufferedImage draw(int columns, Row... rows) throws IOException {
        Path png = folder.resolve("pictures").resolve("sounds.png");
        SpectrogramPlot.write(png, List.of(rows), columns);
        assertThat(png.getParent()).isDirectoryNotContaining("glob:**.part");
        return ImageIO.read(png.toFile());
    }

    private static int brightness(BufferedImage image, int x, int y) {
        Color colour = new Color(image.getRGB(x, y));
        return colour.getRed() + colour.getGreen() + colour.getBlue();
    }

    private static int brightest(BufferedImage image, int x, int y, int height) {
        return IntStream.range(y, y + height)
                .reduce((a, b) -> brightness(image, x, b) > brightness(image, x, a) ? b : a)
                .orElseThrow();
    }

    @Test
    void aSineIsALineAtItsFrequencyInItsOwnPanel() throws IOException {
        BufferedImage image = draw(1, sine(500, 0.5, 3), sine(2000, 0.5, 3));
        SpectrogramLayout layout = new SpectrogramLayout(2, 1, 3, RATE / 2.0);
        assertThat(image.getWidth()).isEqualTo(1100);
        assertThat(image.getHeight()).isEqualTo(layout.height());
        double[] frequencies = {500, 2000};
        for (int panel = 0; panel < 2; panel++) {
            int height = layout.panelHeight();
            int y = brightest(image, layout.x(panel) + layout.panelWidth() / 2, layout.y(panel), height);
            double place = (layout.y(panel) + height - y - 0.5) / height * MelScale.of(RATE / 2.0);
            assertThat(MelScale.hertz(place)).isBetween(frequencies[panel] * 0.98, frequencies[panel] * 1.02);
        }
    }

    @Test
    void theLouderOfTwoSoundsBesideEachOtherIsBrighter() throws IOException {
        BufferedImage image = draw(2, sine(1000, 0.5, 2), sine(1000, 0.05, 2));
        SpectrogramLayout layout = new SpectrogramLayout(2, 2, 2, RATE / 2.0);
        assertThat(layout.y(0)).isEqualTo(layout.y(1));
        int[] line = IntStream.range(0, 2)
                .map(panel -> {
                    int x = layout.x(panel) + layout.panelWidth() / 2;
                    return brightness(image, x, brightest(image, x, layout.y(panel), layout.panelHeight()));
                })
                .toArray();
        assertThat(line[0]).isGreaterThan(line[1] + 50);
    }

    @Test
    void aShorterSoundEndsWhereItEndsOnTheSameAxisOfTime() throws IOException {
        BufferedImage image = draw(1, sine(1000, 0.5, 4), sine(1000, 0.5, 1));
        SpectrogramLayout layout = new SpectrogramLayout(2, 1, 4, RATE / 2.0);
        int y = layout.y(1) + 5;
        int quarter = layout.x(1) + layout.panelWidth() / 4;
        assertThat(image.getRGB(quarter + 2, y)).isNotEqualTo(image.getRGB(quarter - 2, y));
        assertThat(image.getRGB(quarter + 2, y)).isEqualTo(image.getRGB(quarter + 600, y));
        assertThat(new Color(image.getRGB(quarter + 2, y)).getRed()).isGreaterThan(0xe0);
    }

    @Test
    void twoSongsOfNoiseAreAFileThatAPageCanShow() throws IOException {
        Random random = new Random(1);
        float[] noise = new float[20 * 22_050];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) (0.1 * random.nextGaussian());
        }
        Path png = folder.resolve("noise.png");
        SpectrogramPlot.write(png, List.of(new Row("a", noise, 22_050), new Row("b", noise, 22_050)), 2);
        assertThat(Files.size(png)).isLessThan(300_000);
    }

    @Test
    void silenceAndVeryShortSoundsAreDrawn() throws IOException {
        assertThat(draw(1, new Row("silence", new float[RATE], RATE)).getWidth())
                .isEqualTo(1100);
        assertThat(draw(3, new Row("one", new float[] {1}, RATE)).getWidth()).isEqualTo(1100);
    }

    @Test
    void axesHaveRoundTimesAndFrequenciesThatDoNotTouch() {
        SpectrogramLayout song = new SpectrogramLayout(2, 2, 21.4, 11_025);
        assertThat(song.times().stream().map(SpectrogramLayout.Tick::label))
                .containsExactly("0", "5", "10", "15", "20");
        assertThat(song.frequencies().stream().map(SpectrogramLayout.Tick::label))
                .containsExactly("0", "250", "500", "1k", "2k", "4k", "8k");
        SpectrogramLayout blink = new SpectrogramLayout(1, 1, 0.5, 4000);
        assertThat(blink.times().stream().map(SpectrogramLayout.Tick::label)).contains("0.00", "0.05", "0.50");
        SpectrogramLayout hours = new SpectrogramLayout(6, 6, 14_400, 4000);
        assertThat(hours.times().stream().map(SpectrogramLayout.Tick::label)).contains("0", "14400");
    }

    @Test
    void tooMuchOrTooLittleForAPictureIsRefused() {
        Row row = sine(100, 1, 0.1);
        Path png = folder.resolve("a.png");
        assertThatThrownBy(() -> SpectrogramPlot.write(png, List.of()))
                .hasMessage("rows is 0 but must be from 1 to 32; give one");
        assertThatThrownBy(() -> SpectrogramPlot.write(png, Collections.nCopies(33, row)))
                .hasMessage("rows is 33 but must be from 1 to 32; draw the others in another picture");
        assertThatThrownBy(() -> SpectrogramPlot.write(png, List.of(row), 7))
                .hasMessage("columns is 7 but must be from 1 to 6; draw the others below");
        assertThatThrownBy(() -> new Row("a", new float[0], RATE))
                .hasMessage("sound of \"a\" has 0 samples but must have at least 1; leave it out");
        assertThatThrownBy(() -> new Row("a", new float[1], 0)).hasMessageContaining("sample rate of \"a\" is 0");
        assertThat(png).doesNotExist();
    }

    @Test
    void aPictureThatCannotBePutThereLeavesNothingBehind() throws IOException {
        Path taken = Files.createDirectories(folder.resolve("taken.png").resolve("in it"))
                .getParent();
        assertThatThrownBy(() -> SpectrogramPlot.write(taken, List.of(sine(100, 1, 0.1))))
                .isInstanceOf(IOException.class);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aJavaWithoutFontsIsToldToGetSome() {
        assertThatThrownBy(() -> Picture.requireFonts(() -> {
                    throw new InternalError("no font configuration");
                }))
                .isInstanceOf(NoFontsException.class)
                .hasMessageContaining("no font configuration")
                .hasMessageEndingWith("apt-get install fontconfig fonts-dejavu-core");
    }
}
