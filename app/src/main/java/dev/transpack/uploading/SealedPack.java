package dev.transpack.uploading;

import dev.transpack.packing.Pack.Grade;
/// A pack that arrived.
///
/// @param manifest the object that seals it
/// @param grade the weakest of its volumes'

public record SealedPack(ObjectKey manifest, Grade grade) {}
