package dev.segue.worker.jukebox.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlignmentMergeTest {

    @Test
    void whereWindowsOverlapTheEarlierOneCounts() {
        Alignment alignment = merged(
                3,
                1,
                new WindowAttention(0, new float[][] {{.1f}, {.2f}}, new int[] {0}),
                new WindowAttention(1, new float[][] {{.3f}, {.4f}}, new int[] {0}));
        assertThat(alignment.weight(0, 0)).isEqualTo(.1f);
        assertThat(alignment.weight(1, 0)).isEqualTo(.2f);
        assertThat(alignment.weight(2, 0)).isEqualTo(.4f);
    }

    @Test
    void aCharacterThatTheEarlierWindowDoesNotHearIsTheLaterOnes() {
        Alignment alignment = merged(
                1,
                6,
                new WindowAttention(0, new float[][] {{0, .2f}}, new int[] {3, 4}),
                new WindowAttention(0, new float[][] {{.3f, .4f, .5f}}, new int[] {1, 3, 5}));
        assertThat(row(alignment, 0)).containsExactly(0, .3f, 0, 0, .2f, .5f);
    }

    @Test
    void paddingOfCodesAndOfLyricsIsDropped() {
        Alignment alignment =
                merged(1, 1, new WindowAttention(0, new float[][] {{.9f, .1f}, {.9f, .2f}}, new int[] {-1, 0}));
        assertThat(alignment.codes()).isEqualTo(1);
        assertThat(alignment.weight(0, 0)).isEqualTo(.1f);
    }

    @Test
    void mergingWindowByWindowIsMergingThemAllFromTheLastToTheFirst() {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            int codes = random.nextInt(40);
            int characters = random.nextInt(30);
            List<WindowAttention> windows = windows(random, codes, characters);
            float[][] expected = new float[codes][characters];
            for (int i = windows.size() - 1; i >= 0; i--) {
                WindowAttention window = windows.get(i);
                for (int row = 0; row < window.weights().length && window.start() + row < codes; row++) {
                    for (int token = 0; token < window.indices().length; token++) {
                        if (window.indices()[token] >= 0) {
                            expected[window.start() + row][window.indices()[token]] = window.weights()[row][token];
                        }
                    }
                }
            }

            Alignment alignment = merged(codes, characters, windows.toArray(WindowAttention[]::new));

            for (int code = 0; code < codes; code++) {
                assertThat(row(alignment, code))
                        .as("code %d of round %d", code, round)
                        .isEqualTo(expected[code]);
            }
            assertThat(alignment.heardCharacters())
                    .isEqualTo(Arrays.stream(expected)
                            .mapToInt(row -> IntStream.range(0, characters)
                                            .filter(character -> row[character] > 0)
                                            .max()
                                            .orElse(-1)
                                    + 1)
                            .max()
                            .orElse(0));
        }
    }

    @Test
    void aWindowMayBeUsedForTheNextOnceItIsMerged() {
        AlignmentMerge merge = new AlignmentMerge(2, 1);
        float[][] weights = {{.1f}};
        merge.add(new WindowAttention(0, weights, new int[] {0}));
        weights[0][0] = .2f;
        merge.add(new WindowAttention(1, weights, new int[] {0}));
        weights[0][0] = .3f;
        Alignment alignment = merge.alignment();
        assertThat(alignment.weight(0, 0)).isEqualTo(.1f);
        assertThat(alignment.weight(1, 0)).isEqualTo(.2f);
    }

    @Test
    void memoryIsThatOfWhatWindowsHearAndNotOfTheWholeLyric() {
        int codes = 200_000;
        int characters = 20_000;
        int size = 1_000;
        int[] heard = new int[8];
        float[][] weights = new float[size][heard.length];
        for (float[] row : weights) {
            Arrays.fill(row, .5f);
        }
        // A full matrix would take 16 GB, which no JVM of these tests has.
        AlignmentMerge merge = new AlignmentMerge(codes, characters);
        for (int start = 0; start < codes; start += size) {
            int first = start / 11;
            Arrays.setAll(heard, token -> first + token);
            merge.add(new WindowAttention(start, weights, heard));
        }
        Alignment alignment = merge.alignment();
        assertThat(alignment.weight(codes - 1, (codes - size) / 11)).isEqualTo(.5f);
        assertThat(alignment.weight(codes - 1, characters - 1)).isZero();
        assertThat(alignment.heardCharacters()).isEqualTo((codes - size) / 11 + heard.length);
    }

    @Test
    void windowsOutOfOrderAndAfterTheEndAreRefused() {
        AlignmentMerge merge = new AlignmentMerge(9, 1);
        merge.add(new WindowAttention(4, new float[][] {{1}}, new int[] {0}));
        assertThatThrownBy(() -> merge.add(new WindowAttention(3, new float[][] {{1}}, new int[] {0})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("window starts at code 3 but one that starts at 4 is merged; merge them in the order of"
                        + " their starts");
        merge.alignment();
        assertThatThrownBy(() -> merge.add(new WindowAttention(5, new float[][] {{1}}, new int[] {0})))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("begin another merge");
    }

    private static List<WindowAttention> windows(Random random, int codes, int characters) {
        List<WindowAttention> windows = new ArrayList<>();
        int start = 0;
        while (start < codes) {
            int[] heard = random.ints(0, characters + 1)
                    .distinct()
                    .limit(random.nextInt(characters + 1))
                    .map(index -> index - 1)
                    .toArray();
            float[][] weights = new float[1 + random.nextInt(12)][heard.length];
            for (float[] row : weights) {
                for (int token = 0; token < row.length; token++) {
                    row[token] = random.nextInt(3) == 0 ? 0 : random.nextFloat();
                }
            }
            windows.add(new WindowAttention(start, weights, heard));
            start += random.nextInt(8);
        }
        return windows;
    }

    private static Alignment merged(int codes, int characters, WindowAttention... windows) {
        AlignmentMerge merge = new AlignmentMerge(codes, characters);
        for (WindowAttention window : windows) {
            merge.add(window);
        }
        return merge.alignment();
    }

    private static float[] row(Alignment alignment, int code) {
        float[] row = new float[alignment.characters()];
        for (int character = 0; character < row.length; character++) {
            row[character] = alignment.weight(code, character);
        }
        return row;
    }
}
