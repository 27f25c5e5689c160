package dev.segue.worker.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.worker.weights.PickleValue.Call;
import dev.segue.worker.weights.PickleValue.Dictionary;
import dev.segue.worker.weights.PickleValue.Entry;
import dev.segue.worker.weights.PickleValue.Flag;
import dev.segue.worker.weights.PickleValue.Global;
import dev.segue.worker.weights.PickleValue.None;
import dev.segue.worker.weights.PickleValue.Outside;
import dev.segue.worker.weights.PickleValue.Real;
import dev.segue.worker.weights.PickleValue.Sequence;
import dev.segue.worker.weights.PickleValue.Text;
import dev.segue.worker.weights.PickleValue.Whole;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Turns values of a pickle into JSON. Shared values are written out each time, so a small pickle can stand for an
 * endless text: depth and number of values are bounded. Owned by one conversion.
 */
final class PlainValues {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_VALUES = 200_000;

    private final Path file;
    private int values;

    PlainValues(Path file) {
        this.file = file;
    }

    JsonNode json(PickleValue value) throws WeightsException {
        return json(value, 0);
    }

    private JsonNode json(PickleValue value, int depth) throws WeightsException {
        if (depth > MAX_DEPTH || ++values > MAX_VALUES) {
            throw new WeightsException.Hostile(
                    file,
                    "the pickle unfolds to more than %d values or %d levels; no settings need that"
                            .formatted(MAX_VALUES, MAX_DEPTH));
        }
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (value instanceof Sequence sequence) {
            ArrayNode array = nodes.arrayNode();
            for (PickleValue item : sequence.items()) {
                array.add(json(item, depth + 1));
            }
            return array;
        } else if (value instanceof Dictionary dictionary) {
            ObjectNode object = nodes.objectNode();
            for (Entry entry : dictionary.entries()) {
                object.set(key(entry.key()), json(entry.value(), depth + 1));
            }
            return object;
        } else if (value instanceof Call call) {
            return numpyScalar(call).orElseGet(() -> nodes.textNode(call.toString()));
        }
        return scalar(value, nodes);
    }

    private static JsonNode scalar(PickleValue value, JsonNodeFactory nodes) {
        if (value instanceof Text text) {
            return nodes.textNode(text.value());
        } else if (value instanceof Whole whole) {
            return whole.asLong().<JsonNode>map(nodes::numberNode).orElseGet(() -> nodes.numberNode(whole.value()));
        } else if (value instanceof Real real) {
            return nodes.numberNode(real.value());
        } else if (value instanceof Flag flag) {
            return nodes.booleanNode(flag.value());
        } else if (value instanceof None) {
            return nodes.nullNode();
        }
        return nodes.textNode(value.toString());
    }

    private static String key(PickleValue key) {
        if (key instanceof Text text) {
            return text.value();
        } else if (key instanceof Whole whole) {
            return whole.value().toString();
        }
        return key instanceof Global || key instanceof Outside ? key.toString() : String.valueOf(key);
    }

    /** The number of {@code numpy.core.multiarray.scalar(dtype("f8"), encode(bytes as text, "latin1"))}. */
    private static Optional<JsonNode> numpyScalar(Call call) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        List<PickleValue> arguments = call.arguments();
        if (!call.callee().name().equals("scalar")
                || !call.callee().module().startsWith("numpy.")
                || arguments.size() != 2
                || !(arguments.get(0) instanceof Call type)
                || type.arguments().isEmpty()
                || !(type.arguments().get(0) instanceof Text code)) {
            return Optional.empty();
        }
        PickleValue encoded = arguments.get(1);
        if (encoded instanceof Call encode && !encode.arguments().isEmpty()) {
            encoded = encode.arguments().get(0);
        }
        if (!(encoded instanceof Text text)) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(text.value().getBytes(StandardCharsets.ISO_8859_1))
                .order(ByteOrder.LITTLE_ENDIAN);
        return switch (code.value() + ":" + bytes.remaining()) {
            case "f8:8" -> Optional.of(nodes.numberNode(bytes.getDouble()));
            case "f4:4" -> Optional.of(nodes.numberNode(bytes.getFloat()));
            case "i8:8" -> Optional.of(nodes.numberNode(bytes.getLong()));
            case "i4:4" -> Optional.of(nodes.numberNode(bytes.getInt()));
            default -> Optional.empty();
        };
    }
}
