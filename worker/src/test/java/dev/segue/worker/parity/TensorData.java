package dev.segue.worker.parity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.segue.worker.weights.SafetensorsFile;
import dev.segue.worker.weights.TensorInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads tensors of a fixture. */
final class TensorData {
    private TensorData() {}

    /** One tensor: floating-point numbers as they are, whole numbers as int64. */
    static NDArray tensor(NDManager manager, SafetensorsFile file, String name) {
        TensorInfo info = info(file, name);
        Shape shape = new Shape(info.shape().stream().mapToLong(n -> n).toArray());
        return switch (info.type()) {
            case F32 -> manager.create(map(file, name), shape, DataType.FLOAT32);
            case F64 -> manager.create(map(file, name), shape, DataType.FLOAT64);
            case F16 -> manager.create(map(file, name), shape, DataType.FLOAT16);
            default -> manager.create(longs(file, name), shape);
        };
    }

    /** All elements of a whole-number tensor, row-major. */
    static long[] longs(SafetensorsFile file, String name) {
        TensorInfo info = info(file, name);
        ByteBuffer data = map(file, name);
        long[] values = new long[Math.toIntExact(info.elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (info.type()) {
                case I64 -> data.getLong();
                case I32 -> data.getInt();
                case I16 -> data.getShort();
                default -> throw new IllegalArgumentException(name + " is " + info.type());
            };
        }
        return values;
    }

    /** All elements of a float32 tensor, row-major. */
    static float[] floats(SafetensorsFile file, String name) {
        float[] values = new float[Math.toIntExact(info(file, name).elements())];
        map(file, name).asFloatBuffer().get(values);
        return values;
    }

    /** Row {@code row} of a matrix of whole numbers. */
    static long[] row(SafetensorsFile file, String name, int row) {
        int columns = info(file, name).shape().get(1).intValue();
        return Arrays.copyOfRange(longs(file, name), row * columns, (row + 1) * columns);
    }

    /** A float32 matrix. */
    static float[][] matrix(SafetensorsFile file, String name) {
        TensorInfo info = info(file, name);
        int rows = info.shape().get(0).intValue();
        int columns = info.shape().get(1).intValue();
        float[] all = floats(file, name);
        float[][] matrix = new float[rows][];
        for (int row = 0; row < rows; row++) {
            matrix[row] = Arrays.copyOfRange(all, row * columns, (row + 1) * columns);
        }
        return matrix;
    }

    private static TensorInfo info(SafetensorsFile file, String name) {
        TensorInfo info = file.tensors().get(name);
        if (info == null) {
            throw new IllegalArgumentException(file.path() + " lacks " + name);
        }
        return info;
    }

    private static ByteBuffer map(SafetensorsFile file, String name) {
        try {
            return file.map(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
