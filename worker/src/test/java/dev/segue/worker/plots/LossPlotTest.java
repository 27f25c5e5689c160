package dev.segue.worker.plots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.segue.worker.trainlog.TrainingLog.Entry;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossPlotTest {
    private static final int TRAINING = 0xff1b5fa8;
    /** Of the second name. */
    private static final int OTHER = 0xffd5651a;

    @TempDir
    private Path folder;

    private BufferedImage draw(List<Entry> entries, String... names) throws IOException {
        Path png = folder.resolve("loss.png");
        LossPlot.write(png, "A training", entries, List.of(names));
        BufferedImage image = ImageIO.read(png.toFile());
        assertThat(image.getWidth()).isEqualTo(1200);
        assertThat(image.getHeight()).isEqualTo(700);
        return image;
    }

    private static long pixels(BufferedImage image, int rgb) {
        return pixels(image, rgb, 0, image.getHeight());
    }

    private static long pixels(BufferedImage image, int rgb, int from, int to) {
        return IntStream.range(from, to)
                .mapToLong(y -> IntStream.range(0, image.getWidth())
                        .filter(x -> image.getRGB(x, y) == rgb)
                        .count())
                .sum();
    }

    private static long palePixels(BufferedImage image) {
        return IntStream.range(0, image.getWidth() * image.getHeight())
                .map(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()))
                .filter(rgb -> (rgb >> 16 & 0xff) > 0xb0 && (rgb & 0xff) > (rgb >> 16 & 0xff) + 20)
                .count();
    }

    private static List<Entry> falling(int steps, double noise) {
        Random random = new Random(1);
        List<Entry> entries = new ArrayList<>();
        for (int step = 1; step <= steps; step++) {
            double loss = 5 * Math.exp(-step / (steps / 6.0)) + 0.05;
            double seen = loss * Math.exp(noise * random.nextGaussian());
            entries.add(new Entry(step, "train", step, Map.of("loss", seen, "bits", 8 - loss)));
            if (step % 50 == 0) {
                entries.add(new Entry(step, "validation", step, Map.of("loss", 1.2 * loss)));
            }
        }
        return entries;
    }

    @Test
    void trainingIsALineOverItsPaleValuesAndValidationIsPoints() throws IOException {
        BufferedImage image = draw(falling(400, 0.2), "loss");
        assertThat(pixels(image, TRAINING)).isGreaterThan(700);
        assertThat(palePixels(image)).isGreaterThan(5 * palePixels(draw(falling(400, 0), "loss")));
        assertThat(pixels(image, TRAINING & 0xff000000 | 0x124275)).as("points").isGreaterThan(8 * 20);
        assertThat(pixels(image, OTHER)).isZero();
    }

    @Test
    void everyNameHasAColourAndOneThatNobodyHasYetIsLeftOut() throws IOException {
        BufferedImage image = draw(falling(200, 0), "loss", "bits", "later");
        assertThat(pixels(image, TRAINING)).isGreaterThan(500);
        assertThat(pixels(image, OTHER)).isGreaterThan(500);
    }

    @Test
    void aLineThatFallsIsHighAtFirstAndLowAtLast() throws IOException {
        BufferedImage image = draw(falling(400, 0), "loss");
        int[] middle = IntStream.of(100, 1150)
                .map(x -> (int) IntStream.range(40, 640)
                        .filter(y -> image.getRGB(x, y) == TRAINING)
                        .average()
                        .orElseThrow())
                .toArray();
        assertThat(middle[0]).isLessThan(250);
        assertThat(middle[1]).isGreaterThan(550);
    }

    @Test
    void theAxisIsLogarithmicWhereValuesFallToATenthAndSomethingIsAlwaysShown() {
        assertThat(LossAxis.of(List.of(curve(10, 0.5))).logarithmic()).isTrue();
        assertThat(LossAxis.of(List.of(curve(10, 2))).logarithmic()).isFalse();
        assertThat(LossAxis.of(List.of(curve(10, -2))).logarithmic()).isFalse();
        LossAxis flat = LossAxis.of(List.of(curve(3, 3)));
        assertThat(flat.low()).isLessThan(3);
        assertThat(flat.high()).isGreaterThan(3);
    }

    @Test
    void smoothingIsTheMeanAroundEachStepAndSkipsWhatIsNotFinite() {
        double[] steps = IntStream.range(0, 400).asDoubleStream().toArray();
        double[] values = IntStream.range(0, 400).mapToDouble(i -> i % 2).toArray();
        values[100] = Double.NaN;
        Curve smoothed = new Curve(steps, values).smoothed();
        assertThat(smoothed.steps()).isEqualTo(steps);
        assertThat(smoothed.values()[200]).isCloseTo(0.5, within(0.05));
        assertThat(smoothed.values()[100]).isCloseTo(0.6, within(0.05));
    }

    @Test
    void aLongTrainingIsThinnedToWhatAPictureShows() {
        double[] steps = IntStream.range(0, 100_000).asDoubleStream().toArray();
        Curve thinned = new Curve(steps, steps).thinned();
        assertThat(thinned.steps())
                .hasSizeLessThanOrEqualTo(4001)
                .startsWith(0, 25)
                .endsWith(99_999);
        assertThat(thinned.values()).isEqualTo(thinned.steps());
    }

    @Test
    void oneStepAndValuesThatAreNotFiniteAreDrawnAsFarAsTheyCanBe() throws IOException {
        draw(List.of(new Entry(1, "train", 1, Map.of("loss", 2.0))), "loss");
        BufferedImage image = draw(
                List.of(
                        new Entry(1, "train", 1, Map.of("loss", 2.0)),
                        new Entry(2, "train", 1, Map.of("loss", 1.5)),
                        new Entry(3, "train", 1, Map.of("loss", Double.NaN)),
                        new Entry(4, "train", 1, Map.of("loss", Double.POSITIVE_INFINITY)),
                        new Entry(5, "validation", 1, Map.of("loss", 1.0))),
                "loss");
        assertThat(pixels(image, TRAINING)).isGreaterThan(100);
    }

    @Test
    void oneValueThatALogarithmicAxisHasNoPlaceForIsAGap() throws IOException {
        List<Entry> entries = new ArrayList<>(falling(400, 0));
        entries.add(new Entry(401, "train", 401, Map.of("loss", 0.0)));
        assertThat(pixels(draw(entries, "loss"), TRAINING)).isGreaterThan(700);
    }

    @Test
    void nothingToDrawAndTooManyNamesAreRefused() {
        List<Entry> entries = falling(60, 0);
        Path png = folder.resolve("none.png");
        assertThatThrownBy(() -> LossPlot.write(png, "", entries, List.of("los")))
                .hasMessage("names are [los] but no event of training or validation has a finite value of them; known"
                        + " names are [bits, loss]");
        assertThatThrownBy(() -> LossPlot.write(png, "", entries, List.of("a", "b", "c", "d", "e", "f", "g")))
                .hasMessage("names are 7 but must be at most 6; draw the others in another picture");
        assertThat(png).doesNotExist();
    }

    private static Curve curve(double... values) {
        return new Curve(IntStream.range(0, values.length).asDoubleStream().toArray(), values);
    }
}
