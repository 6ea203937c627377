package dev.transpack.librar;

import org.jspecify.annotations.Nullable;

/// What one part holds of one segment, with its checksum. Kept in a ledger, fragments let a resumed pack know
/// the checksum of bytes it does not read again.
///
/// @param segment index in the plan
/// @param offset of the first byte within the segment
/// @param length bytes
/// @param crc32 of exactly these bytes, as they stand in the part
/// @param encrypted what is behind these bytes, when they are encrypted content; else null
public record Fragment(
        int segment,
        long offset,
        int length,
        int crc32,
        @Nullable Encrypted encrypted) {
    /// A fragment that stands in the clear.
    public Fragment(int segment, long offset, int length, int crc32) {
        this(segment, offset, length, crc32, null);
    }

    /// The content behind a stretch of encrypted bytes, and where its cipher goes on. A block that a part's end cuts
    /// counts to the stretch that it begins in.
    ///
    /// @param plainLength bytes of the file
    /// @param plainCrc32 of those bytes
    /// @param blockHigh the first half, big-endian, of the last encrypted block that begins in or before this
    ///     stretch; 0 where the cipher goes on from the position alone
    /// @param blockLow its second half
    public record Encrypted(int plainLength, int plainCrc32, long blockHigh, long blockLow) {}

    boolean isOf(PartRanges.Span span) {
        return segment == span.segment() && offset == span.offset() && length == span.length();
    }

    /// Bytes of a file behind this stretch of a range.
    int plainLength() {
        return encrypted == null ? length : encrypted.plainLength();
    }

    /// The CRC32 of the bytes of a file behind this stretch of a range.
    int plainCrc32() {
        return encrypted == null ? crc32 : encrypted.plainCrc32();
    }
}
