package dev.transpack.uploading;

import dev.transpack.packing.Pack.Grade;
import org.jspecify.annotations.Nullable;

/// A volume that is an object now, and was verified.
///
/// @param version where the bucket keeps versions
/// @param grade null where it is served from its source files, and is no object
public record CompletedVolume(
        String etag,
        @Nullable String version,
        int crc32,
        int crc32c,
        @Nullable Grade grade) {}
