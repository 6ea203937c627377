package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.junit.jupiter.api.Test;

/// Combining must agree with reading everything in one go.
class ChecksumsTest {
    @Test
    void combinedPiecesEqualTheWhole() {
        var random = new Random(42);
        for (var i = 0; i < 200; i++) {
            var bytes = new byte[random.nextInt(5000)];
            random.nextBytes(bytes);
            var cut = random.nextInt(bytes.length + 1);

            assertThat(Checksums.crc32Combine(
                            of(CRC32::new, bytes, 0, cut),
                            of(CRC32::new, bytes, cut, bytes.length),
                            bytes.length - cut))
                    .isEqualTo(of(CRC32::new, bytes, 0, bytes.length));
            assertThat(Checksums.crc32cCombine(
                            of(CRC32C::new, bytes, 0, cut),
                            of(CRC32C::new, bytes, cut, bytes.length),
                            bytes.length - cut))
                    .isEqualTo(of(CRC32C::new, bytes, 0, bytes.length));
        }
    }

    @Test
    void lengthsBeyondFourGigabytesAreRight() {
        // Five GiB at once must equal five single GiB: no table may wrap around on the way.
        var gib = 1L << 30;
        var at32 = 0x12345678;
        var at32c = 0x12345678;
        for (var i = 0; i < 5; i++) {
            at32 = Checksums.crc32Combine(at32, 0x9ABCDEF0, gib);
            at32c = Checksums.crc32cCombine(at32c, 0x9ABCDEF0, gib);
        }
        var tail32 = 0;
        var tail32c = 0;
        for (var i = 0; i < 5; i++) {
            tail32 = Checksums.crc32Combine(tail32, 0x9ABCDEF0, gib);
            tail32c = Checksums.crc32cCombine(tail32c, 0x9ABCDEF0, gib);
        }

        assertThat(Checksums.crc32Combine(0x12345678, tail32, 5 * gib)).isEqualTo(at32);
        assertThat(Checksums.crc32cCombine(0x12345678, tail32c, 5 * gib)).isEqualTo(at32c);
    }

    @Test
    void nothingBehindChangesNothing() {
        assertThat(Checksums.crc32Combine(0x12345678, 0, 0)).isEqualTo(0x12345678);
        assertThat(Checksums.crc32cCombine(0x12345678, 0, 0)).isEqualTo(0x12345678);
    }

    @Test
    void aNegativeLengthIsAProgrammingError() {
        assertThatThrownBy(() -> Checksums.crc32Combine(1, 2, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static int of(Supplier<Checksum> kind, byte[] bytes, int from, int to) {
        var checksum = kind.get();
        checksum.update(bytes, from, to - from);
        return (int) checksum.getValue();
    }
}
