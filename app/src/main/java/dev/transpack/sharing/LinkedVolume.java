package dev.transpack.sharing;

import dev.transpack.uploading.ObjectKey;
import org.jspecify.annotations.Nullable;

/// One volume that a link gives out.
///
/// @param etag as the destination tells it
/// @param crc32 of the whole volume
public record LinkedVolume(
        String name,
        long size,
        ObjectKey key,
        String etag,
        @Nullable Integer crc32) {
    private static final String TYPE = "application/vnd.rar";

    /// What browsers are told that it is.
    public String contentType() {
        return TYPE;
    }

    /// Its checksum as people compare it, eight digits in upper case; empty while it is not known.
    public String crc() {
        return crc32 == null ? "" : "%08X".formatted(crc32);
    }
}
