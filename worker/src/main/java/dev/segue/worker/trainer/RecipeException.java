package dev.segue.worker.trainer;

import java.io.Serial;

/** A recipe that cannot be followed. The message is one sentence that names the field, its value, the limit and the fix. */
public final class RecipeException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    RecipeException(String field, Object value, String limit) {
        super("the recipe has " + field + " " + value + " but it must be " + limit + "; correct it in the recipe");
    }

    RecipeException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
