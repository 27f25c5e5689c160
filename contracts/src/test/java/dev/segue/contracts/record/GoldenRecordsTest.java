package dev.segue.contracts.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bytes that a released version wrote, in {@code contracts/schemas/released/<version>/<record>.avro}: they stay readable
 * for good, and what is written now stays readable for that version. {@code -Dsegue.schemas.write=true} writes those of
 * the version at hand, which is done once before it is released.
 */
class GoldenRecordsTest {
    private static final Path RELEASED = Path.of("schemas", "released");

    /** A record of now, and the folder of a released version that knows its kind. */
    record Case(SpecificRecord example, Path version) {
        Schema schema() throws IOException {
            return new Schema.Parser().parse(file(".avsc").toFile());
        }

        Path file(String ending) {
            return version.resolve(example.getSchema().getName() + ending);
        }

        @Override
        public String toString() {
            return example.getSchema().getName() + " of " + version.getFileName();
        }
    }

    static List<Case> records() throws IOException {
        TrustedRecords.trust();
        List<Case> cases = new ArrayList<>();
        try (Stream<Path> versions = Files.list(RELEASED)) {
            for (Path version : versions.sorted().toList()) {
                for (SpecificRecord example : Examples.all()) {
                    Case golden = new Case(example, version);
                    if (Files.exists(golden.file(".avsc"))) {
                        cases.add(golden);
                    }
                }
            }
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("records")
    void whatAReleaseWroteIsReadWhole(Case golden) throws IOException {
        if (Boolean.getBoolean("segue.schemas.write")) {
            Files.write(golden.file(".avro"), bytes(golden.example()));
        }
        byte[] written = Files.readAllBytes(golden.file(".avro"));

        SpecificRecord read = new SpecificDatumReader<SpecificRecord>(
                        golden.schema(), golden.example().getSchema())
                .read(null, DecoderFactory.get().binaryDecoder(written, null));

        assertThat(asSeenBy(golden, bytes(read), read.getSchema()))
                .isEqualTo(asSeenBy(golden, written, golden.schema()));
    }

    @ParameterizedTest
    @MethodSource("records")
    void whatIsWrittenNowIsReadWholeByARelease(Case golden) throws IOException {
        byte[] written = Files.readAllBytes(golden.file(".avro"));

        assertThat(asSeenBy(golden, bytes(golden.example()), golden.example().getSchema()))
                .isEqualTo(asSeenBy(golden, written, golden.schema()));
    }

    private static Object asSeenBy(Case release, byte[] bytes, Schema writer) throws IOException {
        return new GenericDatumReader<>(writer, release.schema(), new GenericData())
                .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    }

    private static byte[] bytes(SpecificRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new SpecificDatumWriter<>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}
