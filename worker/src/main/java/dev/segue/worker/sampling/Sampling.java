package dev.segue.worker.sampling;

import dev.segue.contracts.model.ModelCard;

/**
 * How codes are drawn from logits (specification §9.2).
 *
 * @param temperature logits are divided by it; more than 0, the lower the safer
 * @param topK only so many of the likeliest codes may be drawn, ties all; 0 for no such limit, 1 for always the likeliest
 * @param topP only the likeliest codes that together reach this probability may be drawn; 0 for no such limit
 */
public record Sampling(double temperature, int topK, double topP) {
    /** What the original samples with unless told otherwise. */
    public static final Sampling DEFAULT = new Sampling(ModelCard.TEMPERATURE, 0, 0);

    public Sampling {
        if (!(temperature >= ModelCard.SMALLEST_TEMPERATURE && temperature <= ModelCard.LARGEST_TEMPERATURE)) {
            throw new IllegalArgumentException("temperature is " + temperature + " but must be from "
                    + ModelCard.SMALLEST_TEMPERATURE + " to " + ModelCard.LARGEST_TEMPERATURE
                    + "; 0.99 is usual, and topK 1 always takes the likeliest code");
        }
        if (topK < 0) {
            throw new IllegalArgumentException("topK is " + topK + " but must be 0 (no limit) or more");
        }
        if (!(topP >= 0 && topP <= 1)) {
            throw new IllegalArgumentException("topP is " + topP + " but must be from 0 (no limit) to 1");
        }
        if (topK > 0 && topP > 0) {
            throw new IllegalArgumentException(
                    "topK is " + topK + " and topP is " + topP + " but only one of them can be more than 0");
        }
    }

    /** Whether any code is kept from being drawn. */
    public boolean limited() {
        return topK > 0 || topP > 0;
    }
}
