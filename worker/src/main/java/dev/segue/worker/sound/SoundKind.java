package dev.segue.worker.sound;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What the first bytes of a file say it is. */
final class SoundKind {
    private static final int LOOKED_AT = 12;
    private static final int ID3_HEADER = 10;

    private SoundKind() {}

    /**
     * The samples of a file of either kind. The stream owns {@code in} if it is returned.
     *
     * @throws SoundException if it is no sound, none that is read, or empty
     */
    static PcmStream open(String name, InputStream in) throws IOException {
        InputStream buffered = new BufferedInputStream(in, 1 << 16);
        byte[] start = peek(buffered);
        if (start.length == 0) {
            throw new SoundException.Empty(name);
        }
        boolean tagged = begins(start, 0, "ID3") && start.length >= ID3_HEADER;
        if (tagged) {
            skipTag(name, buffered);
            start = peek(buffered);
        }
        if (begins(start, 0, "fLaC")) {
            return FlacStream.open(name, buffered);
        }
        if (!tagged && begins(start, 0, "RIFF") && (begins(start, 8, "WAVE") || start.length < LOOKED_AT)) {
            return WavStream.open(name, buffered);
        }
        throw new SoundException.NotSound(name, tagged ? "an MP3 file (a tag, then no FLAC)" : describe(start));
    }

    private static byte[] peek(InputStream in) throws IOException {
        in.mark(LOOKED_AT);
        byte[] start = in.readNBytes(LOOKED_AT);
        in.reset();
        return start;
    }

    /** Tags of MP3 files stand before some FLAC files too; their length has four times seven bits. */
    private static void skipTag(String name, InputStream in) throws IOException {
        byte[] header = in.readNBytes(ID3_HEADER);
        long length = 0;
        for (int i = 6; i < ID3_HEADER; i++) {
            length = (length << 7) | (header[i] & 0x7F);
        }
        for (long left = length; left > 0; ) {
            long skipped = in.skip(left);
            if (skipped == 0 && in.read() < 0) {
                throw new SoundException.Damaged(name, "ends in the middle of its tag");
            }
            left -= Math.max(1, skipped);
        }
    }

    private static boolean begins(byte[] start, int at, String mark) {
        byte[] expected = mark.getBytes(StandardCharsets.ISO_8859_1);
        return start.length >= at + expected.length
                && Arrays.equals(Arrays.copyOfRange(start, at, at + expected.length), expected);
    }

    private static String describe(byte[] start) {
        if (begins(start, 0, "OggS")) {
            return "an Ogg file";
        }
        if (begins(start, 4, "ftyp")) {
            return "an MP4 file";
        }
        if (begins(start, 0, "FORM")) {
            return "an AIFF file";
        }
        if (begins(start, 0, "RF64") || begins(start, 0, "BW64")) {
            return "a WAV file of more than 4 GiB (RF64)";
        }
        if (start.length > 1 && (start[0] & 0xFF) == 0xFF && (start[1] & 0xE0) == 0xE0) {
            return "an MP3 or AAC file";
        }
        return printable(start);
    }

    /** Bytes as text where they are text, else as hexadecimal numbers. */
    static String printable(byte[] bytes) {
        StringBuilder text = new StringBuilder("\"");
        for (byte value : bytes) {
            if (value >= ' ' && value < 0x7F && value != '"') {
                text.append((char) value);
            } else {
                text.append(String.format("\\x%02x", value));
            }
        }
        return text.append('"').toString();
    }
}
