package dev.segue.contracts.model;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** Model cards as JSON, strictly: every field once, none unknown, none missing, nothing guessed. */
final class ModelCardJson {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(EnumFeature.READ_ENUM_KEYS_USING_INDEX)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private ModelCardJson() {}

    static ModelCard read(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    static ModelCard parse(String json) {
        try {
            ModelCard card = JSON.readValue(json, ModelCard.class);
            if (card == null) {
                throw new InvalidModelException("model card", null, "must be a JSON object", "write the card again");
            }
            return card;
        } catch (JsonMappingException e) {
            throw translated(e);
        } catch (JacksonException e) {
            throw because(
                    new InvalidModelException(
                            "model card",
                            "not JSON at line " + e.getLocation().getLineNr() + " (" + e.getOriginalMessage() + ")",
                            "must be one JSON object",
                            "write the card again"),
                    e);
        }
    }

    static void write(ModelCard card, Path file) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(temporary, toJson(card));
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    static String toJson(ModelCard card) {
        try {
            return JSON.writeValueAsString(card).replace("\r\n", "\n") + "\n";
        } catch (JacksonException e) {
            throw new IllegalStateException("a card of records cannot fail to be written", e);
        }
    }

    static String digest(ModelCard card) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(toJson(card).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static RuntimeException translated(JsonMappingException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidModelException invalid) {
                return invalid;
            }
        }
        String field = path(e);
        if (e instanceof UnrecognizedPropertyException unknown) {
            String known = unknown.getKnownPropertyIds().stream()
                    .map(String::valueOf)
                    .sorted()
                    .collect(Collectors.joining(", "));
            return because(
                    new InvalidModelException(
                            field, "not a field of a model card", "only these are known here: " + known, "remove it"),
                    e);
        }
        if (e instanceof InvalidFormatException wrong) {
            return because(
                    new InvalidModelException(
                            field,
                            wrong.getValue(),
                            "must be a " + wrong.getTargetType().getSimpleName(),
                            "correct its type"),
                    e);
        }
        return because(
                new InvalidModelException(
                        field,
                        "missing or of the wrong type",
                        "every field of a model card must be there, with its own type",
                        "add or correct it"),
                e);
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.isEmpty() ? "model card" : path.toString();
    }

    private static InvalidModelException because(InvalidModelException wrong, Exception cause) {
        wrong.initCause(cause);
        return wrong;
    }
}
