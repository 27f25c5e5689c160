package dev.segue.standalone.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.segue.contracts.model.ModelFile;
import dev.segue.worker.figures.Figures;
import dev.segue.worker.manifest.Manifest;
import dev.segue.worker.manifest.Split;
import dev.segue.worker.weights.Sha256;
import java.io.IOException;
import java.io.Serial;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** An evaluation as one JSON object. Numbers have five significant digits; what was not measured is left out. */
final class OutcomeJson {
    /** Of this layout. */
    private static final int VERSION = 1;

    private static final String CORPUS = "corpus.json";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .addModule(new SimpleModule()
                    .addSerializer(new Rounded())
                    .addSerializer(double.class, new Rounded())
                    .addSerializer(new Labels())
                    .addKeySerializer(Enum.class, new Keys()))
            .build();

    private OutcomeJson() {}

    private static final class Rounded extends StdSerializer<Double> {
        @Serial
        private static final long serialVersionUID = 1L;

        Rounded() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator out, SerializerProvider unused) throws IOException {
            if (Double.isFinite(value)) {
                BigDecimal rounded = new BigDecimal(value).round(new MathContext(5));
                out.writeNumber(rounded.stripTrailingZeros().toPlainString());
            } else {
                out.writeNull();
            }
        }
    }

    @SuppressWarnings("rawtypes")
    private static final class Labels extends StdSerializer<Enum> {
        @Serial
        private static final long serialVersionUID = 1L;

        Labels() {
            super(Enum.class);
        }

        @Override
        public void serialize(Enum value, JsonGenerator out, SerializerProvider unused) throws IOException {
            out.writeString(label(value));
        }
    }

    @SuppressWarnings("rawtypes")
    private static final class Keys extends StdSerializer<Enum> {
        @Serial
        private static final long serialVersionUID = 1L;

        Keys() {
            super(Enum.class);
        }

        @Override
        public void serialize(Enum value, JsonGenerator out, SerializerProvider unused) throws IOException {
            out.writeFieldName(label(value));
        }
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The whole of it. */
    static String of(Outcome outcome) throws IOException {
        ObjectNode root = JSON.createObjectNode().put("version", VERSION);
        ObjectNode model = root.putObject("model");
        model.put("name", outcome.card().name()).put("digest", outcome.card().digest());
        ObjectNode files = model.putObject("files");
        for (ModelFile file : outcome.card().files()) {
            files.put(file.path(), file.sha256());
        }
        corpus(root.putObject("corpus"), outcome.manifest());
        root.put("seed", outcome.seed());
        root.set("plan", JSON.valueToTree(outcome.plan()));
        root.set("goals", JSON.valueToTree(outcome.goals()));
        Figures figures = outcome.figures();
        root.set("figures", JSON.valueToTree(figures));
        root.set("seconds", JSON.valueToTree(outcome.seconds()));
        return JSON.writeValueAsString(root) + "\n";
    }

    private static void corpus(ObjectNode node, Manifest manifest) throws IOException {
        node.put("manifestSha256", Sha256.of(manifest.folder().resolve(Manifest.FILE)));
        Path card = manifest.folder().resolve(CORPUS);
        if (Files.exists(card)) {
            node.set("card", JSON.readTree(Files.readString(card)));
        }
        ObjectNode splits = node.putObject("songs");
        for (Split split : Split.values()) {
            splits.put(split.label(), manifest.songs(split).size());
        }
    }
}
