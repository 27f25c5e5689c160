package dev.segue.worker.weights;

/** Element types of a safetensors file that Segue reads, by the names the format gives them. */
public enum TensorType {
    F64(8),
    F32(4),
    F16(2),
    BF16(2),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U8(1),
    BOOL(1);

    private final int bytes;

    TensorType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    /** Whether its elements are floating-point numbers. */
    public boolean floating() {
        return this == F64 || this == F32 || this == F16 || this == BF16;
    }
}
