package dev.transpack.sharing;

import dev.transpack.uploading.ContentTypes;
import dev.transpack.uploading.ObjectKey;
import org.jspecify.annotations.Nullable;

/// One volume that a link gives out.
///
/// @param n its number in the pack, from 0
/// @param etag as the destination tells it
/// @param crc32 of the whole volume
public record LinkedVolume(
        int n,
        String name,
        long size,
        ObjectKey key,
        String etag,
        @Nullable Integer crc32) {

    /// What browsers are told that it is.
    public String contentType() {
        return ContentTypes.of(name);
    }

    /// What a download of it is called.
    public String fileName() {
        return key.name();
    }

    /// Its checksum as people compare it, eight digits in upper case; empty while it is not known.
    public String crc() {
        return crc32 == null ? "" : "%08X".formatted(crc32);
    }
}
