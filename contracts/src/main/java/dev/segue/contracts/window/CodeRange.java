package dev.segue.contracts.window;

/**
 * Consecutive codes of one level.
 *
 * @param start the first code
 * @param end the first code after them
 */
public record CodeRange(int start, int end) {

    public CodeRange {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException(
                    "code range [" + start + ", " + end + ") is not one: start must be from 0 to end");
        }
    }

    /** How many codes it holds. */
    public int length() {
        return end - start;
    }

    /** Whether it holds no code. */
    public boolean isEmpty() {
        return start == end;
    }

    /** Whether every code of {@code other} is among its own. */
    public boolean contains(CodeRange other) {
        return start <= other.start && other.end <= end;
    }
}
