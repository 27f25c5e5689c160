package dev.segue.worker.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The directory of a zip archive whose entries are stored as they are, with the positions of their data, zip64 or not.
 * The platform's own zip classes do not tell positions, which reading tensors in place needs.
 */
final class ZipEntries {
    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int LOCATOR_BYTES = 20;
    private static final int CENTRAL_BYTES = 46;
    private static final int LOCAL_BYTES = 30;
    private static final int MAX_DIRECTORY = 64 << 20;
    private static final long ALL_ONES = 0xffff_ffffL;

    private final Path file;
    private final FileChannel channel;
    private final long size;

    private ZipEntries(Path file, FileChannel channel, long size) {
        this.file = file;
        this.channel = channel;
        this.size = size;
    }

    /** Where the data of one entry lies. */
    record Entry(long position, long bytes) {}

    /** The entries by name, in the order of the directory. */
    static Map<String, Entry> read(Path file, FileChannel channel) throws IOException {
        return new ZipEntries(file, channel, channel.size()).entries();
    }

    private Map<String, Entry> entries() throws IOException {
        Directory directory = directory();
        if (directory.bytes > MAX_DIRECTORY) {
            throw new WeightsException.Hostile(
                    file,
                    "the zip directory takes " + directory.bytes + " bytes, and " + MAX_DIRECTORY + " are allowed");
        }
        if (directory.position < 0 || directory.bytes < 0 || directory.position > size - directory.bytes) {
            throw damaged("its directory lies outside the file");
        }
        ByteBuffer in = at(directory.position, (int) directory.bytes);
        Map<String, Entry> entries = new LinkedHashMap<>();
        while (in.remaining() >= CENTRAL_BYTES && in.getInt(in.position()) == 0x02014b50) {
            central(in, entries);
        }
        if (entries.size() != directory.count) {
            throw damaged("its directory has %d entries, not %d".formatted(entries.size(), directory.count));
        }
        return entries;
    }

    private void central(ByteBuffer in, Map<String, Entry> entries) throws IOException {
        int base = in.position();
        int flags = in.getShort(base + 8);
        int method = in.getShort(base + 10);
        long stored = Integer.toUnsignedLong(in.getInt(base + 20));
        long bytes = Integer.toUnsignedLong(in.getInt(base + 24));
        int nameBytes = Short.toUnsignedInt(in.getShort(base + 28));
        int extraBytes = Short.toUnsignedInt(in.getShort(base + 30));
        int commentBytes = Short.toUnsignedInt(in.getShort(base + 32));
        long local = Integer.toUnsignedLong(in.getInt(base + 42));
        int end = base + CENTRAL_BYTES + nameBytes + extraBytes + commentBytes;
        if (end > in.limit()) {
            throw damaged("its directory breaks off");
        }
        byte[] nameUtf8 = new byte[nameBytes];
        in.get(base + CENTRAL_BYTES, nameUtf8);
        String name = new String(nameUtf8, StandardCharsets.UTF_8);
        Wide wide = new Wide(in, base + CENTRAL_BYTES + nameBytes, extraBytes);
        bytes = wide.or(bytes);
        stored = wide.or(stored);
        local = wide.or(local);
        in.position(end);
        if (method != 0 || (flags & 1) != 0) {
            throw new WeightsException.Unsupported(
                    file,
                    "entry %s is %s; unpack the checkpoint and save it again with torch.save"
                            .formatted(name, method != 0 ? "compressed" : "encrypted"));
        }
        if (stored != bytes || entries.put(name, new Entry(dataPosition(name, local, bytes), bytes)) != null) {
            throw damaged(stored != bytes ? "entry " + name + " has two sizes" : "entry " + name + " occurs twice");
        }
    }

    private long dataPosition(String name, long local, long bytes) throws IOException {
        if (local < 0 || local > size - LOCAL_BYTES) {
            throw damaged("entry " + name + " lies outside the file");
        }
        ByteBuffer header = at(local, LOCAL_BYTES);
        if (header.getInt(0) != 0x04034b50) {
            throw damaged("entry " + name + " has no header at byte " + local);
        }
        long position = local
                + LOCAL_BYTES
                + Short.toUnsignedInt(header.getShort(26))
                + Short.toUnsignedInt(header.getShort(28));
        if (bytes < 0 || position > size - bytes) {
            throw damaged("entry %s claims %d bytes from byte %d of %d".formatted(name, bytes, position, size));
        }
        return position;
    }

    private record Directory(long position, long bytes, long count) {}

    private Directory directory() throws IOException {
        long from = Math.max(0, size - END_BYTES - LONGEST_COMMENT);
        ByteBuffer tail = at(from, (int) (size - from));
        int end = tail.limit() - END_BYTES;
        while (end >= 0 && tail.getInt(end) != 0x06054b50) {
            end--;
        }
        if (end < 0) {
            throw new WeightsException.Malformed(
                    file, "the zip archive has no directory at its end; it is truncated, fetch it again");
        }
        long position = Integer.toUnsignedLong(tail.getInt(end + 16));
        long bytes = Integer.toUnsignedLong(tail.getInt(end + 12));
        int count = Short.toUnsignedInt(tail.getShort(end + 10));
        long locator = from + end - LOCATOR_BYTES;
        if ((position == ALL_ONES || bytes == ALL_ONES || count == 0xffff) && locator >= 0) {
            ByteBuffer in = at(locator, LOCATOR_BYTES);
            if (in.getInt(0) == 0x07064b50) {
                return zip64(in.getLong(8));
            }
        }
        return new Directory(position, bytes, count);
    }

    private Directory zip64(long position) throws IOException {
        if (position < 0 || position > size - 56) {
            throw damaged("its zip64 record lies outside the file");
        }
        ByteBuffer in = at(position, 56);
        if (in.getInt(0) != 0x06064b50) {
            throw damaged("it has no zip64 record at byte " + position);
        }
        return new Directory(in.getLong(48), in.getLong(40), in.getLong(32));
    }

    private ByteBuffer at(long position, int bytes) throws IOException {
        return FileBytes.read(
                channel, file, position, ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN));
    }

    private WeightsException damaged(String what) {
        return new WeightsException.Malformed(file, "the zip archive is damaged: " + what + "; fetch it again");
    }

    /** The 64-bit numbers of an entry, which stand for those of 32 bits that are all ones, in a fixed order. */
    private final class Wide {
        private final ByteBuffer in;
        private int at;
        private int end;

        Wide(ByteBuffer in, int start, int bytes) {
            this.in = in;
            int field = start;
            while (field + 4 <= start + bytes) {
                int length = Short.toUnsignedInt(in.getShort(field + 2));
                if (in.getShort(field) == 1) {
                    at = field + 4;
                    end = Math.min(at + length, start + bytes);
                }
                field += 4 + length;
            }
        }

        long or(long narrow) throws WeightsException {
            if (narrow != ALL_ONES) {
                return narrow;
            }
            if (at + Long.BYTES > end) {
                throw damaged("an entry beyond 4 GiB lacks its zip64 numbers");
            }
            at += Long.BYTES;
            return in.getLong(at - Long.BYTES);
        }
    }
}
