package dev.segue.worker.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the JSON header of a safetensors file and checks that it describes the data exactly, without hole or overlap. */
final class SafetensorsHeader {
    /** Longest header that is read, in bytes; the largest model's takes 200 kB. */
    static final int MAX_BYTES = 16 << 20;

    static final String METADATA = "__metadata__";

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(8).build())
                    .build())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path file;
    private final long dataStart;
    private final long dataBytes;

    /** A header whose data begins at byte {@code dataStart} of {@code file} and is {@code dataBytes} long. */
    SafetensorsHeader(Path file, long dataStart, long dataBytes) {
        this.file = file;
        this.dataStart = dataStart;
        this.dataBytes = dataBytes;
    }

    Map<String, TensorInfo> read(byte[] json) throws IOException {
        JsonNode root = parse(json);
        if (!root.isObject()) {
            throw malformed("the header is a JSON " + root.getNodeType() + ", not an object of tensors");
        }
        Map<String, TensorInfo> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            if (!entry.getKey().equals(METADATA)) {
                tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue()));
            }
        }
        checkCover(tensors);
        return Collections.unmodifiableMap(tensors);
    }

    private JsonNode parse(byte[] json) throws IOException {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw malformed("the header is not JSON with unique names (" + e.getOriginalMessage() + ")");
        }
    }

    private TensorInfo tensor(String name, JsonNode node) throws WeightsException {
        TensorType type = type(name, node.path("dtype"));
        List<Long> shape = new ArrayList<>();
        JsonNode axes = node.path("shape");
        if (!axes.isArray()) {
            throw malformed("tensor " + name + " has no shape");
        }
        for (JsonNode axis : axes) {
            shape.add(natural(name, "shape", axis));
        }
        JsonNode offsets = node.path("data_offsets");
        if (!offsets.isArray() || offsets.size() != 2) {
            throw malformed("tensor " + name + " needs data_offsets with begin and end, not " + offsets);
        }
        long begin = natural(name, "data_offsets", offsets.get(0));
        long end = natural(name, "data_offsets", offsets.get(1));
        if (begin > end || end > dataBytes) {
            throw malformed("tensor %s claims bytes %d to %d, but the file holds %d bytes of data; it is truncated or"
                            .formatted(name, begin, end, dataBytes)
                    + " damaged, fetch it again");
        }
        TensorInfo info = new TensorInfo(name, type, shape, dataStart + begin);
        checkSize(info, end - begin);
        return info;
    }

    private TensorType type(String name, JsonNode node) throws WeightsException {
        for (TensorType type : TensorType.values()) {
            if (node.isTextual() && type.name().equals(node.textValue())) {
                return type;
            }
        }
        throw new WeightsException.Unsupported(
                file,
                "tensor " + name + " has dtype " + node + "; convert it to one of "
                        + Arrays.toString(TensorType.values()));
    }

    private long natural(String name, String field, JsonNode node) throws WeightsException {
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
            throw malformed(
                    "tensor " + name + " has " + node + " in " + field + ", where only lengths from 0 may stand");
        }
        return node.longValue();
    }

    private void checkSize(TensorInfo info, long claimed) throws WeightsException {
        long needed;
        try {
            needed = info.bytes();
        } catch (ArithmeticException e) {
            needed = -1;
        }
        if (needed != claimed) {
            throw malformed("tensor %s takes %d bytes, but %s × %s needs %s; write the file again"
                    .formatted(
                            info.name(), claimed, info.shape(), info.type(), needed < 0 ? "more than 2^63" : needed));
        }
    }

    private void checkCover(Map<String, TensorInfo> tensors) throws WeightsException {
        List<TensorInfo> inOrder = new ArrayList<>(tensors.values());
        inOrder.sort(Comparator.comparingLong(TensorInfo::position).thenComparingLong(TensorInfo::bytes));
        long at = dataStart;
        for (TensorInfo info : inOrder) {
            if (info.position() != at) {
                throw malformed("tensor %s begins at byte %d of the data, but the one before it ends at %d: %s"
                        .formatted(
                                info.name(),
                                info.position() - dataStart,
                                at - dataStart,
                                info.position() < at ? "they overlap" : "there is a hole between them"));
            }
            at += info.bytes();
        }
        if (at != dataStart + dataBytes) {
            throw malformed("%d bytes follow the last tensor, which belong to none; write the file again"
                    .formatted(dataStart + dataBytes - at));
        }
    }

    private WeightsException malformed(String what) {
        return new WeightsException.Malformed(file, what);
    }
}
