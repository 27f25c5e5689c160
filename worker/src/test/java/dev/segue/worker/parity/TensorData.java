package dev.segue.worker.parity;

import dev.segue.worker.weights.SafetensorsFile;
import dev.segue.worker.weights.TensorInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Tensors of a fixture as Java arrays. */
final class TensorData {
    private TensorData() {}

    /** All elements of a whole-number tensor, row-major. */
    static long[] longs(SafetensorsFile file, String name) {
        TensorInfo info = info(file, name);
        ByteBuffer data = map(file, name);
        long[] values = new long[Math.toIntExact(info.elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (info.type()) {
                case I64 -> data.getLong();
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
