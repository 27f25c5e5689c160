package dev.segue.contracts.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class CodeBytesTest {

    @Test
    void codesAreLittleEndianAndUnsigned() {
        ByteBuffer bytes = CodeBytes.of(1, 0xFFFE);

        byte[] plain = new byte[bytes.remaining()];
        bytes.duplicate().get(plain);
        assertThat(plain).containsExactly(1, 0, 0xFE, 0xFF);
        assertThat(CodeBytes.read(bytes)).containsExactly(1, 0xFFFE);
    }

    @Test
    void readingLeavesTheBufferAsItWas() {
        ByteBuffer bytes = CodeBytes.of(7, 8, 9);

        CodeBytes.read(bytes);

        assertThat(CodeBytes.read(bytes)).containsExactly(7, 8, 9);
        assertThat(CodeBytes.count(bytes)).isEqualTo(3);
    }

    @Test
    void aCodeThatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> CodeBytes.of(65536)).hasMessage("code is 65536 but must be from 0 to 65535");
        assertThatThrownBy(() -> CodeBytes.of(-1)).hasMessage("code is -1 but must be from 0 to 65535");
    }

    @Test
    void halfACodeIsRefused() {
        assertThatThrownBy(() -> CodeBytes.read(ByteBuffer.allocate(3)))
                .hasMessage("codes take 3 bytes but must be whole codes of 2 bytes");
    }
}
