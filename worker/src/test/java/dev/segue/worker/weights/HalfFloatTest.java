package dev.segue.worker.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HalfFloatTest {
    @Test
    void everyHalfSurvivesTheWayToFloatAndBack() {
        for (int bits = 0; bits < 0x10000; bits++) {
            short half = (short) bits;
            float value = HalfFloat.toFloat(half);
            if (!Float.isNaN(value)) {
                assertThat(HalfFloat.fromFloat(value)).isEqualTo(half);
            } else {
                assertThat(HalfFloat.toFloat(HalfFloat.fromFloat(value))).isNaN();
            }
        }
    }

    @Test
    void knownNumbersHaveTheirBits() {
        assertThat(HalfFloat.fromFloat(1f)).isEqualTo((short) 0x3c00);
        assertThat(HalfFloat.fromFloat(-2f)).isEqualTo((short) 0xc000);
        assertThat(HalfFloat.fromFloat(65504f)).isEqualTo((short) 0x7bff);
        assertThat(HalfFloat.fromFloat(65519.996f)).isEqualTo((short) 0x7bff);
        assertThat(HalfFloat.fromFloat(65520f)).isEqualTo((short) 0x7c00);
        assertThat(HalfFloat.fromFloat(Float.NEGATIVE_INFINITY)).isEqualTo((short) 0xfc00);
        assertThat(HalfFloat.fromFloat(0x1p-24f)).isEqualTo((short) 1);
        assertThat(HalfFloat.fromFloat(0x1p-25f)).isEqualTo((short) 0);
        assertThat(HalfFloat.fromFloat(0x1.8p-24f)).isEqualTo((short) 2);
        assertThat(HalfFloat.fromFloat(-0f)).isEqualTo((short) 0x8000);
        assertThat(HalfFloat.toBrain(1f)).isEqualTo((short) 0x3f80);
        assertThat(HalfFloat.toBrain(Float.NaN)).isEqualTo((short) 0x7fc0);
    }

    @Test
    void floatsRoundToTheNearestHalfAndToEvenBetweenTwo() {
        Random random = new Random(3);
        for (int i = 0; i < 300_000; i++) {
            int bits = random.nextInt() & (i % 2 == 0 ? -1 : 0xffff_f000);
            float value = Float.intBitsToFloat(bits);
            if (Math.abs(value) < 65504 && !Float.isNaN(value)) {
                short half = HalfFloat.fromFloat(value);
                double error = Math.abs((double) HalfFloat.toFloat(half) - value);
                double above = Math.abs((double) HalfFloat.toFloat((short) (half + 1)) - value);
                double below = (half & 0x7fff) == 0
                        ? Double.MAX_VALUE
                        : Math.abs((double) HalfFloat.toFloat((short) (half - 1)) - value);
                assertThat(error).isLessThanOrEqualTo(Math.min(above, below));
                if (error == above || error == below) {
                    assertThat(half & 1).isZero();
                }
            }
        }
    }

    @Test
    void brainFloatsRoundToTheNearestAndToEvenBetweenTwo() {
        Random random = new Random(4);
        for (int i = 0; i < 100_000; i++) {
            float value = Float.intBitsToFloat(random.nextInt() & (i % 2 == 0 ? -1 : 0xffff_8000));
            if (Float.isFinite(value) && Math.abs(value) < 3e38f && Math.abs(value) > 1e-30f) {
                short brain = HalfFloat.toBrain(value);
                BigDecimal exact = new BigDecimal(value);
                BigDecimal error = distance(brain, exact);
                assertThat(error).isLessThanOrEqualTo(distance((short) (brain + 1), exact));
                assertThat(error).isLessThanOrEqualTo(distance((short) (brain - 1), exact));
                if (error.compareTo(distance((short) (brain + 1), exact)) == 0) {
                    assertThat(brain & 1).isZero();
                }
            }
        }
    }

    @Test
    void doublesAreRoundedOnceAndNotTwice() {
        // Just above the middle between two halves, by less than a float can tell.
        double value = 1 + 0x1p-11 + 0x1p-45;
        ByteBuffer in = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(0, value);
        ByteBuffer out = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
        ElementConversion.convert(in, TensorType.F64, out, TensorType.F16);
        assertThat(out.getShort(0)).isEqualTo((short) 0x3c01);
    }

    private static BigDecimal distance(short brain, BigDecimal value) {
        return new BigDecimal(Float.intBitsToFloat(brain << 16))
                .subtract(value)
                .abs()
                .setScale(200, RoundingMode.UNNECESSARY);
    }
}
