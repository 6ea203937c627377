package dev.transpack.uploading;

import dev.transpack.packing.Pack.Grade;
import org.jspecify.annotations.Nullable;

/// A pack that arrived.
///
/// @param manifest the object that seals it
/// @param version of that object, where the bucket keeps versions
/// @param sha256 of that object, 64 hexadecimal digits
/// @param grade the weakest of its volumes'
public record SealedPack(ObjectKey manifest, @Nullable String version, String sha256, Grade grade) {}
