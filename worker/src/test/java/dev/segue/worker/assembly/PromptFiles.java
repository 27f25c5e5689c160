package dev.segue.worker.assembly;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Sound files as users have them, written without a line of the code that reads them. */
final class PromptFiles {
    private static final int BLOCK = 4096;

    private PromptFiles() {}

    /** A tone that comes and goes, so that no two stretches of it sound alike. */
    static float[] tone(int samples, int rate) {
        float[] sound = new float[samples];
        for (int i = 0; i < samples; i++) {
            double time = (double) i / rate;
            sound[i] = (float) (0.4 * Math.sin(2 * Math.PI * (220 + 60 * time) * time) * Math.cos(3 * time));
        }
        return sound;
    }

    /** 16-bit mono WAV. */
    static byte[] wav(float[] sound, int rate) {
        ByteBuffer file = ByteBuffer.allocate(44 + 2 * sound.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF"))
                .putInt(file.capacity() - 8)
                .put(ascii("WAVEfmt "))
                .putInt(16);
        file.putShort((short) 1).putShort((short) 1).putInt(rate).putInt(2 * rate);
        file.putShort((short) 2).putShort((short) 16);
        file.put(ascii("data")).putInt(2 * sound.length);
        for (float sample : sound) {
            file.putShort((short) Math.floor(sample * 32768));
        }
        return file.array();
    }

    /** 24-bit stereo FLAC whose right channel is the left one's negative half, so that a mix of both is a quarter. */
    static byte[] stereoFlac(float[] sound, int rate) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(ascii("fLaC"));
        Bits info = new Bits();
        info.put(8, 0x80).put(24, 34).put(16, BLOCK).put(16, BLOCK).put(24, 0).put(24, 0);
        info.put(20, rate).put(3, 1).put(5, 23).put(36, sound.length);
        file.writeBytes(info.bytes());
        file.writeBytes(new byte[16]);
        for (int from = 0, frame = 0; from < sound.length; from += BLOCK, frame++) {
            file.writeBytes(frame(Arrays.copyOfRange(sound, from, Math.min(sound.length, from + BLOCK)), frame));
        }
        return file.toByteArray();
    }

    private static byte[] frame(float[] block, int number) {
        Bits frame = new Bits();
        // Fixed blocks; size of 16 bits at the end of the header; rate and 24 bits; two channels.
        frame.put(16, 0xFFF8).put(4, 7).put(4, 0).put(4, 1).put(4, 0b1100);
        if (number < 0x80) {
            frame.put(8, number);
        } else {
            frame.put(8, 0xC0 | (number >> 6)).put(8, 0x80 | (number & 0x3F));
        }
        frame.put(16, block.length - 1);
        frame.put(8, crc(frame.bytes(), 8, 0x07));
        for (int channel = 0; channel < 2; channel++) {
            frame.put(8, 0b0000_0010); // stored as they are
            for (float sample : block) {
                frame.put(24, (int) Math.floor((channel == 0 ? sample : -sample / 2) * (1 << 23)));
            }
        }
        frame.put(16, crc(frame.bytes(), 16, 0x8005));
        return frame.bytes();
    }

    private static int crc(byte[] bytes, int width, int polynomial) {
        int crc = 0;
        for (byte value : bytes) {
            crc ^= (value & 0xFF) << (width - 8);
            for (int bit = 0; bit < 8; bit++) {
                crc = ((crc & (1 << (width - 1))) == 0 ? crc << 1 : (crc << 1) ^ polynomial) & ((1 << width) - 1);
            }
        }
        return crc;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Numbers of any width, most significant bit first. */
    private static final class Bits {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private long held;
        private int count;

        Bits put(int width, long value) {
            for (int bit = width - 1; bit >= 0; bit--) {
                held = (held << 1) | ((value >> bit) & 1);
                if (++count % Byte.SIZE == 0) {
                    bytes.write((int) held);
                }
            }
            return this;
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }
}
