package dev.transpack.uploading;

import dev.transpack.packing.Pack.Grade;
import org.jspecify.annotations.Nullable;

/// A volume that is an object now, and was verified.
///
/// @param version where the bucket keeps versions
public record CompletedVolume(String etag, @Nullable String version, int crc32, int crc32c, Grade grade) {}
