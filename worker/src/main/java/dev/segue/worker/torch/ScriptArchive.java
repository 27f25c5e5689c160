package dev.segue.worker.torch;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a TorchScript archive around a text: a zip of stored entries with the text under {@code code/} and one pickled
 * object of the text's class, whose attributes are the given values. Both libtorch and Python's {@code torch.jit.load}
 * read it.
 *
 * <p>Weights are not part of the archive. The class declares {@code List[Tensor]} attributes, which start empty and are
 * filled by a method of its own.
 */
public final class ScriptArchive {
    private static final int BINARY_PROTOCOL = 0x80;

    private ScriptArchive() {}

    /** An attribute that starts as an empty {@code List[Tensor]}. */
    public static final Object EMPTY_TENSOR_LIST = List.of();

    /** An attribute that starts as an empty {@code Dict[str, Tensor]}. */
    public static final Object EMPTY_TENSOR_MAP = Map.of();

    /** An attribute that is a module of another class of the same text. */
    public record Module(String className, Map<String, Object> attributes) {}

    /**
     * The archive as bytes.
     *
     * @param className the module class that {@code text} defines
     * @param text the class in TorchScript's serialised dialect, attributes declared with types
     * @param attributes a value for every attribute: Long, Integer, Double, Boolean, {@code long[]} (List[int]),
     *     {@link #EMPTY_TENSOR_LIST}, {@link #EMPTY_TENSOR_MAP} or a {@link Module}
     * @throws IllegalArgumentException if an attribute is of another type
     */
    public static byte[] write(String className, String text, Map<String, Object> attributes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            store(zip, "segue/data.pkl", pickle(className, attributes));
            store(zip, "segue/code/__torch__.py", text.getBytes(StandardCharsets.UTF_8));
            store(zip, "segue/constants.pkl", new byte[] {(byte) BINARY_PROTOCOL, 2, ')', '.'});
            store(zip, "segue/version", "3\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setCrc(crc.getValue());
        entry.setSize(content.length);
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static byte[] pickle(String className, Map<String, Object> attributes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(new byte[] {(byte) BINARY_PROTOCOL, 2});
        writeModule(out, new Module(className, attributes));
        out.writeByte('.');
        return bytes.toByteArray();
    }

    private static void writeModule(DataOutputStream out, Module module) throws IOException {
        out.writeBytes("c__torch__\n" + module.className() + "\n");
        out.writeByte(')'); // no constructor arguments
        out.writeByte(0x81); // NEWOBJ
        out.writeBytes("}(");
        for (Map.Entry<String, Object> attribute : module.attributes().entrySet()) {
            writeText(out, attribute.getKey());
            writeValue(out, attribute.getKey(), attribute.getValue());
        }
        out.writeBytes("ub");
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeByte('X');
        out.writeInt(Integer.reverseBytes(utf8.length));
        out.write(utf8);
    }

    private static void writeValue(DataOutputStream out, String name, Object value) throws IOException {
        if (value instanceof Boolean flag) {
            out.writeByte(flag ? 0x88 : 0x89);
        } else if (value instanceof Integer || value instanceof Long) {
            writeLong(out, ((Number) value).longValue());
        } else if (value instanceof Double number) {
            out.writeByte('G');
            out.writeDouble(number);
        } else if (value instanceof long[] numbers) {
            out.writeBytes("ctorch.jit._pickle\nbuild_intlist\n(](");
            for (long number : numbers) {
                writeLong(out, number);
            }
            out.writeBytes("etR");
        } else if (value instanceof Module module) {
            writeModule(out, module);
        } else if (value instanceof Map<?, ?> map && map.isEmpty()) {
            out.writeByte('}');
        } else if (value instanceof List<?> list && list.isEmpty()) {
            out.writeBytes("ctorch.jit._pickle\nbuild_tensorlist\n(](etR");
        } else {
            throw new IllegalArgumentException("attribute " + name + " is " + value + ", which no script can hold");
        }
    }

    private static void writeLong(DataOutputStream out, long number) throws IOException {
        out.writeByte(0x8a); // LONG1
        out.writeByte(8);
        out.writeLong(Long.reverseBytes(number));
    }
}
