package dev.segue.worker.sound;

import java.io.IOException;

/**
 * The beginning of a FLAC frame (RFC 9639 §9.1).
 *
 * @param frames samples of each channel
 * @param assignment how channels are stored: up to 7, one less than their number, independently; then left and
 *     side, side and right, mid and side
 */
record FlacFrameHeader(int frames, int assignment) {
    static final int LEFT_SIDE = 8;
    static final int SIDE_RIGHT = 9;
    static final int MID_SIDE = 10;

    /** Fourteen bits that a frame begins with, and a reserved zero. */
    static final int SYNC = 0b111_1111_1111_1100;

    private static final int[] RATES = {0, 88200, 176400, 192000, 8000, 16000, 22050, 24000, 32000, 44100, 48000, 96000
    };
    private static final int[] BITS = {0, 8, 12, -1, 16, 20, 24, 32};
    /** Bytes that a coded number of 36 bits takes. */
    private static final int LONGEST_NUMBER = 7;

    /** How a frame names a rate; 0 if only the file's beginning can. */
    static int rateCode(int sampleRate) {
        return indexOf(RATES, sampleRate);
    }

    /** How a frame names a depth; 0 if only the file's beginning can. */
    static int bitsCode(int bits) {
        return indexOf(BITS, bits);
    }

    private static int indexOf(int[] values, int value) {
        for (int i = 1; i < values.length; i++) {
            if (values[i] == value) {
                return i;
            }
        }
        return 0;
    }

    int channels() {
        return assignment < LEFT_SIDE ? assignment + 1 : 2;
    }

    /** Reads one, which must agree with the whole file's {@code format}. */
    static FlacFrameHeader read(FlacInput in, SoundFormat format) throws IOException {
        in.beginFrame();
        if (in.unsigned(15) != SYNC) {
            throw in.damaged("has no frame where one must begin");
        }
        in.unsigned(1); // Fixed or variable block size: each frame tells its own.
        int sizeCode = (int) in.unsigned(4);
        int rateCode = (int) in.unsigned(4);
        int assignment = (int) in.unsigned(4);
        int bitsCode = (int) in.unsigned(3);
        in.unsigned(1);
        skipNumber(in);
        int frames = frames(in, sizeCode);
        long rate = rate(in, rateCode, format.sampleRate());
        int bits = bitsCode == 0 ? format.bits() : BITS[bitsCode];
        int computed = in.crc8();
        if (in.unsigned(Byte.SIZE) != computed) {
            throw in.damaged("has a frame header that fails its checksum");
        }
        FlacFrameHeader header = new FlacFrameHeader(frames, assignment);
        if (assignment > MID_SIDE
                || rate != format.sampleRate()
                || bits != format.bits()
                || header.channels() != format.channels()) {
            throw in.damaged("has a frame of another rate, depth or number of channels than its beginning says");
        }
        return header;
    }

    private static void skipNumber(FlacInput in) throws IOException {
        int first = (int) in.unsigned(Byte.SIZE);
        int ones = Integer.numberOfLeadingZeros(~(first << (Integer.SIZE - Byte.SIZE)));
        if (ones == 1 || ones > LONGEST_NUMBER) {
            throw in.damaged("has a frame whose number is none");
        }
        for (int i = 1; i < ones; i++) {
            in.unsigned(Byte.SIZE);
        }
    }

    private static int frames(FlacInput in, int code) throws IOException {
        return switch (code) {
            case 0 -> throw in.damaged("has a frame of a reserved size");
            case 1 -> 192;
            case 2, 3, 4, 5 -> 144 << code;
            case 6 -> (int) in.unsigned(8) + 1;
            case 7 -> (int) in.unsigned(16) + 1;
            default -> 1 << code;
        };
    }

    private static long rate(FlacInput in, int code, int unstated) throws IOException {
        return switch (code) {
            case 0 -> unstated;
            case 12 -> 1000 * in.unsigned(8);
            case 13 -> in.unsigned(16);
            case 14 -> 10 * in.unsigned(16);
            case 15 -> throw in.damaged("has a frame of a forbidden sample rate");
            default -> RATES[code];
        };
    }
}
