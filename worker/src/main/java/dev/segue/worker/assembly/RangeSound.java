package dev.segue.worker.assembly;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.model.ReceptiveField;
import dev.segue.contracts.record.CodeBytes;
import dev.segue.contracts.record.DecodeRange;
import dev.segue.contracts.record.Seam;
import dev.segue.contracts.window.CodeRange;
import dev.segue.worker.jukebox.ChunkedDecoder;
import dev.segue.worker.jukebox.VqVae;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The sound of one range of a song. Where two segments meet, the codes that the earlier one went on with are decoded in
 * place of the later one's, and the sound fades from those to these; outside such tails it is, bit for bit, what the
 * song's own codes sound like.
 *
 * <p>Immutable; the thread that owns the VQ-VAE decodes it.
 */
final class RangeSound {
    private final int level;
    private final CodeRange range;
    private final int total;
    /** The codes that are known: the range with its margins. */
    private final CodeRange given;

    private final long[] codes;
    private final List<Seam> seams;

    private RangeSound(int level, CodeRange range, int total, CodeRange given, long[] codes, List<Seam> seams) {
        this.level = level;
        this.range = range;
        this.total = total;
        this.given = given;
        this.codes = codes;
        this.seams = seams;
    }

    /** Number of the level. */
    int level() {
        return level;
    }

    /**
     * What a task asks for.
     *
     * @throws TaskFailedException if the model has no such codes or the task lacks some that are needed
     */
    static RangeSound of(DecodeRange task, ModelCard card) throws TaskFailedException {
        int level = task.getLevel();
        if (level < 0 || level >= card.levels().size()) {
            throw TaskFailedException.invalid("level is " + level + ", but the model " + card.name()
                    + " has levels 0 to " + (card.levels().size() - 1));
        }
        if (task.getStart() < 0 || task.getEnd() <= task.getStart() || task.getEnd() > task.getTotalCodes()) {
            throw TaskFailedException.invalid("the range [" + task.getStart() + ", " + task.getEnd()
                    + ") is empty or beyond the song's " + task.getTotalCodes() + " codes of level " + level);
        }
        CodeRange range = new CodeRange(task.getStart(), task.getEnd());
        long[] codes = codes(task.getCodes(), card.codes());
        CodeRange needed =
                new ReceptiveField(card.vqVae().shape(), level).decoderTiles().needed(range, task.getTotalCodes());
        if (task.getCodesStart() != needed.start() || codes.length != needed.length()) {
            throw TaskFailedException.invalid("codes [" + task.getCodesStart() + ", "
                    + (task.getCodesStart() + codes.length) + ") are given for the sound of [" + range.start() + ", "
                    + range.end() + "), which takes exactly [" + needed.start() + ", " + needed.end() + ")");
        }
        for (Seam seam : task.getSeams()) {
            codes(seam.getTail(), card.codes());
        }
        return new RangeSound(level, range, task.getTotalCodes(), needed, codes, task.getSeams());
    }

    private static long[] codes(ByteBuffer bytes, int width) throws TaskFailedException {
        int[] read;
        try {
            read = CodeBytes.read(bytes);
        } catch (IllegalArgumentException e) {
            throw TaskFailedException.invalid(e.getMessage());
        }
        for (int code : read) {
            if (code >= width) {
                throw TaskFailedException.invalid("code is " + code + ", but the model has codes 0 to " + (width - 1));
            }
        }
        return Arrays.stream(read).asLongStream().toArray();
    }

    /** Decodes it: range.length * hop samples, not clamped. Called by the thread that owns the VQ-VAE. */
    float[] decode(VqVae vqVae) {
        ChunkedDecoder decoder = new ChunkedDecoder(vqVae.level(level));
        int hop = vqVae.level(level).hop();
        float[] sound = decode(decoder, codes, range);
        for (Seam seam : seams) {
            long[] tail = codesOf(seam);
            int from = Math.max(range.start(), seam.getAt());
            int to = Math.min(range.end(), seam.getAt() + tail.length);
            if (from < to) {
                float[] went = decode(decoder, withTail(seam.getAt(), tail), new CodeRange(from, to));
                new SeamFade(tail.length * hop)
                        .mix(sound, went, (from - range.start()) * hop, went.length, (from - seam.getAt()) * hop);
            }
        }
        return sound;
    }

    private float[] decode(ChunkedDecoder decoder, long[] all, CodeRange part) {
        CodeRange needed = decoder.needed(part, total);
        return decoder.decode(
                Arrays.copyOfRange(all, needed.start() - given.start(), needed.end() - given.start()), part, total);
    }

    private static long[] codesOf(Seam seam) {
        return Arrays.stream(CodeBytes.read(seam.getTail())).asLongStream().toArray();
    }

    /** The given codes with a tail in place of theirs, as far as it lies among them. */
    private long[] withTail(int at, long[] tail) {
        long[] changed = codes.clone();
        int from = Math.max(given.start(), at);
        int to = Math.min(given.end(), at + tail.length);
        if (from < to) {
            System.arraycopy(tail, from - at, changed, from - given.start(), to - from);
        }
        return changed;
    }

    /** The range's own codes, without margins: little-endian unsigned 16-bit. */
    byte[] ownCodes(DecodeRange task) {
        byte[] own = new byte[range.length() * CodeBytes.WIDTH];
        task.getCodes()
                .duplicate()
                .position(task.getCodes().position() + (range.start() - given.start()) * CodeBytes.WIDTH)
                .get(own);
        return own;
    }
}
