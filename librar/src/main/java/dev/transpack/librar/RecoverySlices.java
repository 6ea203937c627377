package dev.transpack.librar;

import java.util.ArrayList;
import java.util.List;

/// The recovery slices of a volume while its slices pass by: recovery slice e is the sum of all slices, each times
/// its own constant to the power of e, over 16-bit words in GF(2^16) with generator 0x1100B (Parity Volume Set
/// Specification 2.0, "Constants" and "Galois field arithmetic").
///
/// Four recovery slices lie interleaved, four words in a `long`, so that two look-ups multiply a word of the volume
/// for all four. Several slices of the volume are added at a time, a stretch of each after the other, so that a stretch
/// of the sums comes from memory once for all of them.
final class RecoverySlices {
    private static final int LANES = 4;
    private static final int MOST_AT_ONCE = 8;
    private static final int MOST_BYTES_AT_ONCE = 16 << 20;
    /// Words whose sums the processor's nearest cache holds beside the products.
    private static final int STRETCH = 2048;
    private static final int ORDER = 65_535;
    private static final long TOP_BITS = 0x8000_8000_8000_8000L;
    private static final char[] POWERS_OF_TWO = powersOfTwo();

    private final int count;
    private final int size;
    private final List<Quartet> quartets = new ArrayList<>();
    /// The logarithm of the last slice's constant.
    private int logarithm;

    /// @param count how many recovery slices
    /// @param size bytes of each; a multiple of 4
    RecoverySlices(int count, int size) {
        this.count = count;
        this.size = size;
        for (var first = 0; first < count; first += LANES) {
            quartets.add(new Quartet(first, Math.min(LANES, count - first), size / 2, atOnce()));
        }
    }

    /// How many slices are in memory for so many recovery slices: four at a time are worked on.
    static long inMemory(int count) {
        return Math.ceilDiv(count, LANES) * (long) LANES;
    }

    /// How many slices of the volume are best added at a time.
    int atOnce() {
        return Math.clamp(MOST_BYTES_AT_ONCE / size, 1, MOST_AT_ONCE);
    }

    /// Adds the next slices of the volume.
    ///
    /// @param bytes the slices, one behind the other
    /// @param slices how many; at most [#atOnce]
    void add(byte[] bytes, int slices) {
        for (var slice = 0; slice < slices; slice++) {
            nextConstant();
            for (var quartet : quartets) {
                quartet.prepare(slice, logarithm);
            }
        }
        for (var word = 0; word < size / 2; word += STRETCH) {
            var words = Math.min(STRETCH, size / 2 - word);
            for (var quartet : quartets) {
                for (var slice = 0; slice < slices; slice++) {
                    quartet.add(slice, bytes, slice * size + 2 * word, word, words);
                }
            }
        }
    }

    /// Constants are powers of 2 whose exponent has no factor in common with 65,535 = 3 * 5 * 17 * 257.
    private void nextConstant() {
        do {
            logarithm++;
        } while (logarithm % 3 == 0 || logarithm % 5 == 0 || logarithm % 17 == 0 || logarithm % 257 == 0);
    }

    int count() {
        return count;
    }

    /// A recovery slice, once all slices were added.
    byte[] slice(int exponent) {
        return quartets.get(exponent / LANES).lane(exponent % LANES);
    }

    private static char[] powersOfTwo() {
        var powers = new char[ORDER];
        var power = 1;
        for (var i = 0; i < ORDER; i++) {
            powers[i] = (char) power;
            power <<= 1;
            power ^= (power >> 16) * 0x1100B;
        }
        return powers;
    }

    /// Up to four recovery slices, the first in the lowest bits.
    private static final class Quartet {
        private final int first;
        private final int lanes;
        private final long[] sums;
        /// Products of the low and the high byte of a word with the four factors of each slice that is added.
        private final long[][] low;
        private final long[][] high;

        Quartet(int first, int lanes, int words, int slices) {
            this.first = first;
            this.lanes = lanes;
            this.sums = new long[words];
            this.low = new long[slices][256];
            this.high = new long[slices][256];
        }

        void prepare(int slice, int logarithm) {
            var factors = 0L;
            for (var lane = 0; lane < lanes; lane++) {
                var exponent = (int) ((long) logarithm * (first + lane) % ORDER);
                factors |= (long) POWERS_OF_TWO[exponent] << (16 * lane);
            }
            fill(high[slice], fill(low[slice], factors));
        }

        void add(int slice, byte[] bytes, int from, int word, int words) {
            var lows = low[slice];
            var highs = high[slice];
            for (var i = 0; i < words; i++) {
                sums[word + i] ^= lows[bytes[from + 2 * i] & 0xFF] ^ highs[bytes[from + 2 * i + 1] & 0xFF];
            }
        }

        byte[] lane(int lane) {
            var bytes = new byte[2 * sums.length];
            for (var i = 0; i < sums.length; i++) {
                var word = sums[i] >>> (16 * lane);
                bytes[2 * i] = (byte) word;
                bytes[2 * i + 1] = (byte) (word >> 8);
            }
            return bytes;
        }

        /// Products of every byte with four words at once.
        ///
        /// @return the words times 2^8
        private static long fill(long[] products, long words) {
            var shifted = words;
            for (var bit = 1; bit < 256; bit <<= 1) {
                for (var rest = 0; rest < bit; rest++) {
                    products[bit + rest] = products[rest] ^ shifted;
                }
                shifted = doubled(shifted);
            }
            return shifted;
        }

        private static long doubled(long words) {
            var top = words & TOP_BITS;
            return ((words ^ top) << 1) ^ ((top >>> 15) * 0x100B);
        }
    }
}
