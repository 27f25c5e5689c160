package dev.segue.worker.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SafetensorsFileTest {
    @TempDir
    private Path folder;

    static Stream<Arguments> damagedHeaders() {
        return Stream.of(
                Arguments.of("not JSON", "{\"a\":", "not JSON"),
                Arguments.of("no object", "[1,2]", "not an object"),
                Arguments.of("two documents", "{} {}", "not JSON"),
                Arguments.of("deep nesting", "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}", "not JSON"),
                Arguments.of("duplicate name", tensor("F32", "[1]", "[0,4]") + tensor("F32", "[1]", "[0,4]"), "unique"),
                Arguments.of("no shape", "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}}", "a has no shape"),
                Arguments.of("no offsets", "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}", "needs data_offsets"),
                Arguments.of("negative shape", tensor("F32", "[-2]", "[0,8]"), "-2 in shape"),
                Arguments.of("fraction", tensor("F32", "[1.5]", "[0,8]"), "1.5 in shape"),
                Arguments.of("text", tensor("F32", "[\"2\"]", "[0,8]"), "\"2\" in shape"),
                Arguments.of("beyond the file", tensor("F32", "[3]", "[0,12]"), "holds 8 bytes of data"),
                Arguments.of("backwards", tensor("F32", "[2]", "[8,0]"), "claims bytes 8 to 0"),
                Arguments.of("wrong size", tensor("F32", "[1]", "[0,8]"), "takes 8 bytes, but [1] × F32 needs 4"),
                Arguments.of("overflow", tensor("F32", "[4611686018427387904,4]", "[0,8]"), "more than 2^63"),
                Arguments.of(
                        "overlap",
                        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                                + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
                        "overlap"),
                Arguments.of("hole", tensor("F32", "[1]", "[4,8]"), "hole"),
                Arguments.of("rest", tensor("F32", "[1]", "[0,4]"), "4 bytes follow the last tensor"));
    }

    private static String tensor(String type, String shape, String offsets) {
        return "{\"a\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}}"
                .formatted(type, shape, offsets)
                .replace("}}{", "},");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damagedHeaders")
    void aDamagedHeaderIsOneClearError(String what, String header, String message) throws IOException {
        Path file = write(header.replace("}}{\"a\"", "},\"a\""), 8);
        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(WeightsException.Malformed.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message);
    }

    @Test
    void anUnknownTypeIsRefusedWithTheKnownOnes() throws IOException {
        Path file = write(tensor("F8_E4M3", "[8]", "[0,8]"), 8);
        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(WeightsException.Unsupported.class)
                .hasMessageContaining("tensor a has dtype \"F8_E4M3\"")
                .hasMessageContaining("BF16");
    }

    @Test
    void everyTruncationIsOneClearError() throws IOException {
        byte[] whole = Files.readAllBytes(write(tensor("F32", "[2]", "[0,8]"), 8));
        Path cut = folder.resolve("cut");
        for (int length = 0; length < whole.length; length++) {
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SafetensorsFile.open(cut)).isInstanceOf(WeightsException.Malformed.class);
        }
    }

    @Test
    void aHeaderLongerThanTheFileIsRefusedBeforeItIsAllocated() throws IOException {
        Path file = folder.resolve("file");
        for (long length : new long[] {-1, Long.MAX_VALUE, 9}) {
            ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
            Files.write(file, bytes.putLong(length).array());
            assertThatThrownBy(() -> SafetensorsFile.open(file))
                    .isInstanceOf(WeightsException.Malformed.class)
                    .hasMessageContaining("header claims");
        }
    }

    @Test
    void scalarsAndEmptyTensorsAreTensors() throws IOException {
        Path file = write(
                "{\"__metadata__\":{\"format\":\"pt\"},"
                        + "\"empty\":{\"dtype\":\"F32\",\"shape\":[0,3],\"data_offsets\":[8,8]},"
                        + "\"scalar\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[0,8]}}",
                8);
        try (SafetensorsFile opened = SafetensorsFile.open(file)) {
            assertThat(opened.tensors()).containsOnlyKeys("empty", "scalar");
            assertThat(opened.map("empty").remaining()).isZero();
            assertThat(opened.map("scalar").getDouble()).isZero();
            try (Mapping empty = opened.mapping("empty")) {
                assertThat(empty.data().remaining()).isZero();
            }
        }
    }

    @Test
    void tensorsBeyondFourGigabytesOfAFileAreMapped() throws IOException {
        long each = 3L << 29;
        StringBuilder header = new StringBuilder("{");
        for (int i = 0; i < 3; i++) {
            header.append("%s\"t%d\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[%d,%d]}"
                    .formatted(i == 0 ? "" : ",", i, each, i * each, (i + 1) * each));
        }
        Path file = write(header.append('}').toString(), 0);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {42}), channel.size() + 3 * each - 1);
        }
        SafetensorsFile opened = SafetensorsFile.open(file);
        assertThat(opened.map("t2").get((int) each - 1)).isEqualTo((byte) 42);
        assertThat(opened.map("t0").get(0)).isZero();
    }

    @Test
    void aTensorOfTwoGigabytesIsRefusedWithTheLimit() throws IOException {
        Path file = write(tensor("U8", "[2147483648]", "[0,2147483648]"), 0);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), channel.size() + (1L << 31) - 1);
        }
        SafetensorsFile opened = SafetensorsFile.open(file);
        assertThatThrownBy(() -> opened.map("a"))
                .isInstanceOf(WeightsException.Unsupported.class)
                .hasMessageContaining("takes 2147483648 bytes")
                .hasMessageContaining("at most 2147483647");
    }

    @Test
    void anUnknownNameIsATypedError() throws IOException {
        SafetensorsFile opened = SafetensorsFile.open(write(tensor("F32", "[2]", "[0,8]"), 8));
        assertThatThrownBy(() -> opened.map("b"))
                .isInstanceOf(WeightsException.Mismatch.class)
                .hasMessageContaining("no tensor b");
    }

    @Test
    void aClosedMappingIsUnmappedAndRefuses() throws IOException {
        Path file = write(tensor("U8", "[67108864]", "[0,67108864]"), 0);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), channel.size() + (1 << 26) - 1);
        }
        Mapping mapping = SafetensorsFile.open(file).mapping("a");
        assertThat(mapping.data().get(1 << 25)).isZero();
        assertThat(mappedFiles()).contains(file.toRealPath().toString());
        mapping.close();
        mapping.close();
        assertThat(mappedFiles()).doesNotContain(file.toRealPath().toString());
        assertThatThrownBy(mapping::data).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aClosedFileRefusesMappings() throws IOException {
        SafetensorsFile opened = SafetensorsFile.open(write(tensor("F32", "[2]", "[0,8]"), 8));
        opened.close();
        assertThatThrownBy(() -> opened.map("a")).isInstanceOf(IllegalStateException.class);
    }

    /** What the kernel lists as mapped by this process; only Linux tells. */
    private static String mappedFiles() throws IOException {
        Path maps = Path.of("/proc/self/maps");
        assumeTrue(Files.exists(maps));
        return Files.readString(maps);
    }

    private Path write(String header, int dataBytes) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        return Files.write(folder.resolve("damaged-weights.safetensors"), bytes.array());
    }
}
