package dev.segue.orchestrator.plan;

import dev.segue.contracts.window.CodeRange;

/**
 * Where some codes of a level lie: among those that one window wrote, or in the prompt.
 *
 * @param window number of the window at its level; {@link #PROMPT} if the prompt gave them
 * @param codes which ones, counted from the start of the song
 * @param from place of the first of them among the codes that the window wrote; counted from the start of the song in the
 *     prompt
 */
public record Piece(int window, CodeRange codes, int from) {
    /** The number of no window: codes of the prompt. */
    public static final int PROMPT = -1;

    /** Whether the prompt gave the codes. */
    public boolean isPrompt() {
        return window == PROMPT;
    }
}
