package dev.transpack.librar;

/// Checksums of joined data from the checksums of its pieces, without reading anything again.
public final class Checksums {
    private static final PolynomialRing CRC32 = new PolynomialRing(0xEDB88320);
    private static final PolynomialRing CRC32C = new PolynomialRing(0x82F63B78);

    private Checksums() {}

    /// The CRC32 of `A` followed by `B`, from both CRC32s and the length of `B` in bytes.
    public static int crc32Combine(int crcA, int crcB, long lengthB) {
        return CRC32.shifted(crcA, lengthB) ^ crcB;
    }

    /// The CRC32C of `A` followed by `B`, from both CRC32Cs and the length of `B` in bytes.
    public static int crc32cCombine(int crcA, int crcB, long lengthB) {
        return CRC32C.shifted(crcA, lengthB) ^ crcB;
    }

    /// Polynomials over GF(2) modulo a CRC's generator, bit-reflected: the highest bit is the coefficient of
    /// x^0. A CRC followed by n zero bytes is the CRC times x^8n, and squaring reaches x^8n in log n steps.
    private static final class PolynomialRing {
        private static final int ONE = 1 << 31;
        private static final int X = 1 << 30;

        private final int generator;
        /// Entry k is x^(2^k). Long enough for any length: CRC32C's generator is not primitive, so the table
        /// cannot wrap around after 32 entries as it may for CRC32.
        private final int[] powers = new int[67];

        PolynomialRing(int generator) {
            this.generator = generator;
            powers[0] = X;
            for (var k = 1; k < powers.length; k++) {
                powers[k] = product(powers[k - 1], powers[k - 1]);
            }
        }

        int shifted(int crc, long bytes) {
            if (bytes < 0) {
                throw new IllegalArgumentException("negative length " + bytes);
            }
            if (crc == 0) {
                return 0;
            }
            var factor = ONE;
            var k = 3; // a byte is x^8 = x^(2^3)
            for (var rest = bytes; rest != 0; rest >>>= 1, k++) {
                if ((rest & 1) != 0) {
                    factor = product(powers[k], factor);
                }
            }
            return product(factor, crc);
        }

        private int product(int a, int b) {
            var sum = 0;
            var shifted = b;
            for (var rest = a; rest != 0; rest <<= 1) {
                sum ^= shifted & (rest >> 31);
                shifted = (shifted >>> 1) ^ (generator & -(shifted & 1));
            }
            return sum;
        }
    }
}
