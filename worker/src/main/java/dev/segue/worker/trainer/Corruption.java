package dev.segue.worker.trainer;

import dev.segue.worker.training.PriorBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Codes made wrong before a prior reads them, while it still has to predict the right ones: word dropout (Bowman et al.,
 * 2016, §3.1), with random codes for the dropped ones and a rate of each window's own. A prior that always reads a whole
 * true past finds in it who sings and what is played, and takes little notice of its labels; when it samples, nothing but
 * the labels says so at first.
 *
 * @param from first step that it is done at
 * @param windows share of windows that it is done to
 * @param most such a window has a share of its codes replaced that is drawn evenly from 0 to this
 */
public record Corruption(int from, double windows, double most) {
    /** Checks the ranges. */
    public Corruption {
        if (from < 0) {
            throw new RecipeException("levels.corruption.from", from, "at least 0");
        }
        if (!(windows >= 0 && windows <= 1)) {
            throw new RecipeException("levels.corruption.windows", windows, "0 to 1");
        }
        if (!(most >= 0 && most <= 1)) {
            throw new RecipeException("levels.corruption.most", most, "0 to 1");
        }
    }

    /**
     * The batch as it is read at a step.
     *
     * @param vocabulary how many codes there are to draw from
     */
    PriorBatch of(PriorBatch batch, long step, int vocabulary, RandomGenerator random) {
        if (step < from) {
            return batch;
        }
        List<int[]> heard = new ArrayList<>();
        for (int[] codes : batch.codes()) {
            double rate = random.nextDouble() < windows ? most * random.nextDouble() : 0;
            int[] read = codes.clone();
            for (int i = 0; i < read.length; i++) {
                if (random.nextDouble() < rate) {
                    read[i] = random.nextInt(vocabulary);
                }
            }
            heard.add(read);
        }
        return new PriorBatch(batch.codes(), batch.labels(), batch.above(), batch.sung(), heard);
    }
}
