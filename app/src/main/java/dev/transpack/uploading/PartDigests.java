package dev.transpack.uploading;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/// What is computed from the bytes of a part, in one pass.
///
/// @param sha256 64 hexadecimal digits
/// @param crc32c as in RFC 3720
record PartDigests(String sha256, int crc32c) {
    /// Small enough that the second digest finds the bytes in the processor's cache, and that Java compiles both after
    /// a few parts.
    private static final int BITE = 4 << 10;

    static PartDigests of(ByteBuffer bytes) {
        var sha256 = Digests.newSha256();
        var crc32c = new CRC32C();
        for (var at = bytes.position(); at < bytes.limit(); at += BITE) {
            var bite = bytes.slice(at, Math.min(BITE, bytes.limit() - at));
            crc32c.update(bite);
            sha256.update(bite.flip());
        }
        return new PartDigests(HexFormat.of().formatHex(sha256.digest()), (int) crc32c.getValue());
    }
}
