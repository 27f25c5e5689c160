package dev.segue.worker.sound;

/** The cyclic redundancy checks of FLAC frames: x⁸ + x² + x + 1 and x¹⁶ + x¹⁵ + x² + 1, from 0 (RFC 9639 §9.1.8, §9.3). */
final class FlacChecksums {
    private static final int[] CRC_8 = table(8, 0x07);
    private static final int[] CRC_16 = table(16, 0x8005);

    private FlacChecksums() {}

    private static int[] table(int width, int polynomial) {
        int[] table = new int[256];
        for (int value = 0; value < table.length; value++) {
            int crc = value << (width - 8);
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1 << (width - 1)) == 0 ? crc << 1 : crc << 1 ^ polynomial;
            }
            table[value] = crc & (1 << width) - 1;
        }
        return table;
    }

    static int crc8(int crc, int next) {
        return CRC_8[crc ^ next];
    }

    static int crc16(int crc, int next) {
        return ((crc << 8) & 0xFF00) ^ CRC_16[(crc >> 8) ^ next];
    }
}
