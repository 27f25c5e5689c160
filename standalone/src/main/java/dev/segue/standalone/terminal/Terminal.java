package dev.segue.standalone.terminal;

/** What is known of the terminal: the launcher says whether there is one. */
public final class Terminal {
    private static final String PROPERTY = "segue.terminal";

    private Terminal() {}

    /** Whether lines can be written over. */
    public static boolean present() {
        return Boolean.getBoolean(PROPERTY);
    }
}
