package dev.segue.worker.jukebox.alignment;

/**
 * What the alignment head attended to in one window.
 *
 * <p>The arrays are not copied, since they are large: who hands them over must not change them.
 *
 * @param start first code of the window
 * @param weights per code of the window, per lyric token: {@code [n_ctx][n_tokens]}; of a single stream, the rows after
 *     the lyric prefix and only the columns of its lyric tokens
 * @param indices per lyric token its place in the whole lyric, −1 for padding: {@code [n_tokens]}
 */
@SuppressWarnings("ArrayRecordComponent")
public record WindowAttention(int start, float[][] weights, int[] indices) {}
