package dev.segue.contracts.topic;

import java.util.Locale;

/** Levels that are served by workers of one kind, whatever the model. */
public enum LevelPool {
    /** The coarsest level of a model. */
    TOP,
    /** All levels between. */
    MIDDLE,
    /** Level 0 of a model with several. */
    BOTTOM;

    /**
     * The pool of a level.
     *
     * @param level number of the level, 0 is the finest
     * @param levels how many levels the model has
     * @throws IllegalArgumentException if the model has no such level
     */
    public static LevelPool of(int level, int levels) {
        if (level < 0 || level >= levels) {
            throw new IllegalArgumentException("level is " + level + " but must be from 0 to " + (levels - 1));
        }
        if (level == levels - 1) {
            return TOP;
        }
        return level == 0 ? BOTTOM : MIDDLE;
    }

    /** As it stands in names of topics and groups. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
