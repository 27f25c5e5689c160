package dev.segue.contracts.model;

import dev.segue.contracts.window.Tiles;
import java.util.Arrays;

/**
 * How far the VQ-VAE's convolutions see, exactly: which codes a stretch of sound depends on, and which samples a code
 * depends on. What lies farther away cannot change a result, which is what makes decoding in pieces possible.
 *
 * <p>It walks from the output of a stack of convolutions back to its input. A convolution of kernel 3 and dilation d
 * sees d on each side, so a residual stack sees D = Σ dilations; a transposed convolution of stride s and kernel 2s
 * turns samples [a, b) into [⌈(a − 3s/2 + 1)/s⌉, ⌊(b − 1 + s/2)/s⌋ + 1); a strided one turns [a, b) into
 * [sa − s/2, s(b − 1) + 3s/2). With u stretches of the time axis in a block, the decoder's margin is thus, but for a
 * code or two at the borders, the sum over its blocks of (1 + D/1 + D/s + … + D/s^(u−1)) / (codes' hop ÷ hop of the
 * block's input).
 *
 * <p>The released VQ-VAE's decoders need, on each side, 5742 codes at level 0 (1.04 s: its stacks reach dilation 2187,
 * D = 3280 at 1, 2 and 4 samples per code), 80 at level 1 (0.06 s) and 82 at level 2 (0.24 s), where D is 40.
 */
public final class ReceptiveField {
    private final VqVaeShape shape;
    private final int level;

    /** That of one level's encoder and decoder. */
    public ReceptiveField(VqVaeShape shape, int level) {
        this.shape = shape;
        this.level = level;
    }

    /** Codes before and after a range of codes that its sound depends on. */
    public int decoderMargin() {
        Span seen = decoderInput(new Span(0, shape.hop(level)));
        return Math.toIntExact(Math.max(-seen.from(), seen.to() - 1));
    }

    /** The grid on which songs are decoded unless told otherwise. */
    public Tiles decoderTiles() {
        return Tiles.around(decoderMargin(), shape.hop(level));
    }

    /** Codes' worth of sound before and after a range that its codes depend on. */
    public int encoderMargin() {
        long hop = shape.hop(level);
        Span seen = encoderInput(new Span(0, 1));
        return Math.toIntExact(Math.max(ceilDiv(-seen.from(), hop), ceilDiv(seen.to() - hop, hop)));
    }

    private Span decoderInput(Span samples) {
        Span seen = samples.widen(1); // out
        for (int block = 0; block <= level; block++) {
            for (int i = 0; i < shape.downs().get(block); i++) {
                seen = seen.beforeTransposed(shape.strides().get(block)).widen(stack());
            }
            seen = seen.widen(1);
        }
        return seen;
    }

    private Span encoderInput(Span codes) {
        Span seen = codes;
        for (int block = level; block >= 0; block--) {
            seen = seen.widen(1);
            for (int i = 0; i < shape.downs().get(block); i++) {
                seen = seen.widen(stack()).beforeStrided(shape.strides().get(block));
            }
        }
        return seen;
    }

    private long stack() {
        return Arrays.stream(Dilations.of(shape.depth(level), shape.dilationGrowth(), shape.dilationCycle(), false))
                .sum();
    }

    private static long ceilDiv(long dividend, long divisor) {
        return -Math.floorDiv(-dividend, divisor);
    }

    /** Positions [from, to) of some tensor's time axis, as if it went on for ever in both directions. */
    private record Span(long from, long to) {

        Span widen(long by) {
            return new Span(from - by, to + by);
        }

        Span beforeTransposed(long stride) {
            long half = stride / 2;
            return new Span(ceilDiv(from + half - 2 * stride + 1, stride), Math.floorDiv(to - 1 + half, stride) + 1);
        }

        Span beforeStrided(long stride) {
            long half = stride / 2;
            return new Span(from * stride - half, (to - 1) * stride - half + 2 * stride);
        }
    }
}
